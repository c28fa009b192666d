import { randomUUID } from "node:crypto";
import type { Book } from "../../orders/journal/book";
import type { OrderEvent } from "../../orders/journal/events";
import { loginKey } from "../../orders/model/login-key";
import type { Account, AccountId, Login, LoginKey } from "../../orders/model/order";
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
}

/** The accounts and their passwords. Accounts of one login at one CA share one password, as they do at the CA. */
export class Accounts {
  constructor(private readonly parts: AccountsParts) {}

  /**
   * Adds an account, or changes it. Setting the password that is already stored changes nothing: the login need not
   * prove itself again, and a refused password stays refused.
   * @returns `kept` false when the keyring did not accept the password; it is then kept in this window's memory
   * @throws StorageError when the journal cannot be written; the password is then not used
   */
  async set(
    account: NewAccount,
    password?: EnteredPassword,
  ): Promise<{ readonly id: AccountId; readonly kept: boolean }> {
    const id = account.id ?? randomUUID();
    const owner = { ...account, id };
    const events: OrderEvent[] = [{ type: "account-set", account: owner }];
    const login = loginKey(account.ca, account);
    const kept = password === undefined || (await this.keep(owner, password, events));
    await this.parts.book.record(events);
    this.parts.entered(login);
    return { id, kept };
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

  /** Whether an account's password is only in this window's memory. */
  isOfWindow(account: Account): boolean {
    return this.parts.secrets.isOfWindow(account);
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
    const stored = await secrets.password(account, credential);
    // A password without a name may belong to another account of the same login: from here on it has a name.
    if (stored?.text === text && stored.credential !== "")
      return secrets.isOfWindow(account) !== keep || secrets.setPassword(account, stored, keep);
    const named = SecretStore.named(text);
    const kept = await secrets.setPassword(account, named, keep);
    events.push({ type: "thawed", login, credential: named.credential, why: "credentials" });
    return kept;
  }

  private login(account: Pick<Account, "ca" | "loginName">): Login {
    return this.parts.book.login(loginKey(account.ca, account));
  }
}
