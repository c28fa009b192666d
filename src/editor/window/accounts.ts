import { randomUUID } from "node:crypto";
import type { Book } from "../../orders/journal/book";
import type { OrderEvent } from "../../orders/journal/events";
import { loginKey } from "../../orders/model/login-key";
import type { Account, AccountId, CaName, Login, LoginKey, Order } from "../../orders/model/order";
import { SecretStore } from "./secret-store";

/** An account before it has an id. */
export type NewAccount = Omit<Account, "frozen" | "id"> & { readonly id?: AccountId };

/** A password as a person entered it; if `keep` is false, it is for this window only. */
export interface EnteredPassword {
  readonly text: string;
  readonly keep: boolean;
}

/** What is known about a password before it is set for a login. */
export type PasswordState = "other" | "stored" | "refused";

/** The parts that the accounts need. */
export interface AccountsParts {
  readonly book: Book;
  readonly secrets: SecretStore;
  /** Called when a login gets a password or a different one. */
  readonly entered: (login: LoginKey) => void;
  /** Remembers, over restarts, logins whose password a person wants in one window's memory only. */
  readonly ofWindow: { has(login: LoginKey): boolean; note(login: LoginKey, isOfWindow: boolean): void };
}

/** The result of setting an account. */
export interface SetAccount {
  readonly id: AccountId;
  /** False when the keyring did not accept the password; it is then kept in this window's memory. */
  readonly kept: boolean;
}

/** The accounts and their passwords. Accounts of one login at one CA share one password, as they do at the CA. */
export class Accounts {
  constructor(private readonly parts: AccountsParts) {}

  /**
   * Adds an account, or changes it. Setting the password that is already stored changes nothing: the login need not
   * prove itself again, and a refused password stays refused.
   *
   * If it moves to another CA, its orders move along and keep what was answered. The password goes with it, to be
   * proved there: a refusal elsewhere says nothing about it.
   * @throws StorageError when the journal cannot be written; the password is then not used
   */
  async set(account: NewAccount, password?: EnteredPassword): Promise<SetAccount> {
    const { book, secrets } = this.parts;
    const before = account.id === undefined ? undefined : book.account(account.id);
    const { id = randomUUID(), label, loginName, host, ca } = account;
    const owner = { id, label, loginName, host, ca };
    const left = before !== undefined && before.ca !== ca ? before : undefined;
    const events: OrderEvent[] = [{ type: "account-set", account: owner }, ...(left ? this.movesOf(left, ca) : [])];
    const carried = password ?? (left && (await this.carried(left, owner)));
    const kept = carried === undefined || (await this.keep(owner, carried, events));
    await book.record(events);
    this.parts.entered(loginKey(ca, owner));
    if (left !== undefined) await secrets.forgetPassword(left, this.sharing(left).length === 0).catch(() => undefined);
    return { id, kept };
  }

  /** How many orders move when an account goes to another CA. */
  movingWith(account: Account): number {
    return this.ordersOf(account).length;
  }

  /** Removes an account, and its password unless another account has the same login. Its orders stay. */
  async remove(id: AccountId): Promise<void> {
    const account = this.parts.book.account(id);
    if (account === undefined) return;
    await this.parts.book.record([{ type: "account-removed", account: id }]);
    await this.parts.secrets.forgetPassword(account, this.sharing(account).length === 0);
  }

  /** Allows one call with the credentials that the CA refused, since a person says that the cause is fixed. */
  async tryOnce(account: Account): Promise<void> {
    const { key, credential } = this.login(account);
    const of = { login: key, ...(credential !== undefined && { credential }) };
    await this.parts.book.record([{ type: "thawed", ...of, why: "try-once" }]);
  }

  /** The other accounts with the same login at the same CA. */
  sharing(account: Pick<Account, "ca" | "loginName"> & { readonly id?: AccountId }): readonly Account[] {
    const login = loginKey(account.ca, account);
    return this.parts.book.accounts().filter((each) => each.id !== account.id && loginKey(each.ca, each) === login);
  }

  /** Whether this window can get the password that an account's login needs. */
  async hasPassword(account: Account): Promise<boolean> {
    return (await this.parts.secrets.password(account, this.login(account).credential)) !== undefined;
  }

  /** Whether a person wants an account's password in one window's memory only, now or in an earlier window. */
  isKeptApart(account: Account): boolean {
    return this.parts.secrets.isOfWindow(account) || this.parts.ofWindow.has(loginKey(account.ca, account));
  }

  /** See {@link SecretStore.noteTyped}. */
  noteTyped(text: string): void {
    this.parts.secrets.noteTyped(text);
  }

  /** What is known about a password that a person typed, before it is sent. */
  async stateOf(account: NewAccount, text: string): Promise<PasswordState> {
    const { secrets, book } = this.parts;
    if (secrets.wasRefused(account, text)) return "refused";
    const owner = (account.id === undefined ? undefined : book.account(account.id)) ?? this.sharing(account)[0];
    const isSame = owner !== undefined && loginKey(owner.ca, owner) === loginKey(account.ca, account);
    const stored = isSame ? await secrets.password(owner) : undefined;
    // If passwords were stored per account, it is unknown which one was refused.
    const isApart = stored?.credential === "" && this.sharing(account).length > 0;
    if (stored?.text !== text || isApart) return "other";
    const { frozen, credential } = this.login(account);
    return frozen !== undefined && stored.credential === (credential ?? "") ? "refused" : "stored";
  }

  /**
   * Notes whether the CA accepted the password that this window sent, so that a refused one is not entered again
   * unnoticed.
   */
  async noteJudged(account: Account, isRefused: boolean): Promise<void> {
    const { secrets } = this.parts;
    if (!isRefused && !secrets.wasRefused(account)) return;
    const sent = await secrets.password(account, this.login(account).credential);
    if (sent === undefined) return;
    if (isRefused) secrets.noteRefused(account, sent);
    else secrets.noteAccepted(account, sent);
  }

  /**
   * Stores a password as requested. One that is already stored keeps its name: the login need not prove itself again,
   * and a refused password stays refused.
   * @param events receives what happened
   */
  private async keep(account: Account, { text, keep }: EnteredPassword, events: OrderEvent[]): Promise<boolean> {
    const { secrets } = this.parts;
    const { key: login, credential } = this.login(account);
    this.parts.ofWindow.note(login, !keep);
    const stored = await secrets.password(account, credential);
    // A password without a name may belong to another account of the same login: from here on it has a name.
    if (stored?.text === text && stored.credential !== "")
      return secrets.isOfWindow(account) !== keep || secrets.setPassword(account, stored, keep);
    const named = SecretStore.named(text);
    const kept = await secrets.setPassword(account, named, keep);
    events.push({ type: "thawed", login, credential: named.credential, why: "credentials" });
    return kept;
  }

  /** The password that an account takes to another CA, unless another account already has one for that login. */
  private async carried(from: Account, to: Account): Promise<EnteredPassword | undefined> {
    const { secrets } = this.parts;
    // The sandbox's password is in our documentation.
    if (from.ca === "sandbox" || to.ca === "sandbox") return undefined;
    const there = this.sharing(to)[0];
    if (there !== undefined && (await this.hasPassword(there))) return undefined;
    const stored = await secrets.password(from, this.login(from).credential);
    return stored && { text: stored.text, keep: !this.isKeptApart(from) };
  }

  private movesOf(account: Account, ca: CaName): OrderEvent[] {
    return this.ordersOf(account).map(({ id, product, reference, account: owner }) => {
      return { type: "tracked", id, ca, product, reference, ...(owner !== undefined && { account: owner }) };
    });
  }

  /**
   * The orders that are where an account is: its own and, at a host that only this account names, those that a
   * collection code alone fetches.
   */
  private ordersOf({ id, ca }: Account): Order[] {
    const { book } = this.parts;
    const isAlone = ca.startsWith("other:") && book.accounts().every((each) => each.id === id || each.ca !== ca);
    return [...book.orders()].filter((order) => {
      return order.ca === ca && (order.account === id || (isAlone && order.account === undefined));
    });
  }

  private login(account: Pick<Account, "ca" | "loginName">): Login {
    return this.parts.book.login(loginKey(account.ca, account));
  }
}
