import { randomBytes } from "node:crypto";
import { loginKey } from "../../orders/model/login-key";
import type { Account, CredentialId, LoginKey, Order, OrderId } from "../../orders/model/order";
import type { Clock, StoredPassword, SecretSource } from "../../orders/ports";
import { parseJson, record, text } from "../../shape/shape";
import { withTimeLimit } from "../../orders/checking/time-limit";
import { phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";

/** What SecretStorage offers, so that a test needs no editor. */
export interface Keyring {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/**
 * ms that a call into the window may take. If the window died there is no answer at all, and a missing keyring answers
 * only after a dialog; neither may delay the orders.
 */
export const KEYRING_TIMEOUT = 10_000;

/** Accounts of one login share one password: the CA counts failures per login. */
const passwordKey = (account: Pick<Account, "ca" | "loginName">): string => `login:${loginKey(account.ca, account)}`;
/** Where version 0.1 stored it: per account. */
const formerPasswordKey = ({ id }: Pick<Account, "id">): string => `password:${id}`;
const codeKey = (id: OrderId): string => `collectionCode:${id}`;

/**
 * The only path of secrets: from an input box into SecretStorage, from there into a request's body. A missing secret
 * is a normal state ("sign in again"), not an error.
 */
export class SecretStore implements SecretSource {
  /** Secrets that are only in this window's memory, in the keyring's format. */
  private readonly session = new Map<string, string>();
  /** Passwords that the CA refused while this window was open, by login. */
  private readonly refused = new Map<LoginKey, Set<string>>();

  /**
   * @param keyring the editor's SecretStorage
   * @param used called with each secret that enters or leaves the store, so that the log can mask it
   * @param demo the password of an account that needs no stored one: the sandbox's
   */
  constructor(
    private readonly keyring: Keyring,
    private readonly used: (secret: string) => void,
    private readonly demo: (account: Account) => Promise<string | undefined>,
    private readonly clock: Clock,
  ) {}

  async password(account: Account, wanted?: CredentialId): Promise<StoredPassword | undefined> {
    const key = passwordKey(account);
    const here = readPassword(this.session.get(key));
    if (here !== undefined && (wanted === undefined || here.credential === wanted)) return this.use(here);
    const kept = await this.bounded(this.keyring.get(key)).catch(() => "no answer" as const);
    if (kept === "no answer") return undefined;
    const found = readPassword(kept) ?? (await this.unnamed(account));
    return found !== undefined && (wanted === undefined || found.credential === wanted) ? this.use(found) : undefined;
  }

  async collectionCode(order: Order): Promise<string | undefined> {
    const key = codeKey(order.id);
    const code = this.session.get(key) ?? (await this.bounded(this.keyring.get(key)).catch(() => undefined));
    if (code !== undefined) this.used(code);
    return code;
  }

  /** A newly entered password, with a new name. */
  static named(text: string): StoredPassword {
    return { text, credential: randomBytes(CREDENTIAL_BYTES).toString("base64url") };
  }

  /**
   * Stores the password of a login.
   * @param keep false: for this window only, forgotten when it closes
   * @returns whether it was stored as requested; if the keyring does not accept it, this window keeps it
   */
  async setPassword(
    account: Pick<Account, "id" | "ca" | "loginName">,
    { text, credential }: StoredPassword,
    keep: boolean,
  ): Promise<boolean> {
    this.used(text);
    const kept = await this.write(
      passwordKey(account),
      JSON.stringify({ credential, text } satisfies StoredPassword),
      keep,
    ).then(
      () => true,
      () => false,
    );
    await this.remove(formerPasswordKey(account)).catch(() => undefined);
    return kept;
  }

  /** Notes a password that was typed but not stored yet, since an error may contain it. */
  noteTyped(text: string): void {
    this.used(text);
  }

  /** Whether a login's password is only in this window's memory. */
  isOfWindow(account: Pick<Account, "ca" | "loginName">): boolean {
    return this.session.has(passwordKey(account));
  }

  /** @throws KeyringError when the keyring does not accept it; the code is then kept for this window */
  async setCollectionCode(id: OrderId, code: string): Promise<void> {
    this.used(code);
    await this.write(codeKey(id), code, true);
  }

  /** @throws KeyringError when the keyring does not delete it */
  async forgetCollectionCode(id: OrderId): Promise<void> {
    await this.remove(codeKey(id));
  }

  /** @param isLast false where another account has the same login, whose password stays */
  async forgetPassword(account: Account, isLast: boolean): Promise<void> {
    await this.remove(formerPasswordKey(account));
    if (isLast) await this.remove(passwordKey(account));
  }

  /** Remembers, for as long as this window is open, that the CA refused a password. */
  noteRefused(account: Pick<Account, "ca" | "loginName">, { text }: StoredPassword): void {
    const key = loginKey(account.ca, account);
    this.refused.set(key, (this.refused.get(key) ?? new Set()).add(text));
  }

  /** Undoes {@link noteRefused}, since the CA accepts it now. */
  noteAccepted(account: Pick<Account, "ca" | "loginName">, { text }: StoredPassword): void {
    this.refused.get(loginKey(account.ca, account))?.delete(text);
  }

  /** Whether this window saw the CA refuse a password, or any password if none is given. */
  wasRefused(account: Pick<Account, "ca" | "loginName">, text?: string): boolean {
    const refused = this.refused.get(loginKey(account.ca, account));
    return text === undefined ? (refused?.size ?? 0) > 0 : refused?.has(text) === true;
  }

  /** A password without a name: what version 0.1 stored, or the sandbox's own. */
  private async unnamed(account: Account): Promise<StoredPassword | undefined> {
    const former = await this.bounded(this.keyring.get(formerPasswordKey(account))).catch(() => undefined);
    const text = former ?? (await this.demo(account));
    return text === undefined ? undefined : { text, credential: "" };
  }

  private use(password: StoredPassword): StoredPassword {
    this.used(password.text);
    return password;
  }

  private async write(key: string, secret: string, keep: boolean): Promise<void> {
    this.session.set(key, secret);
    if (!keep) {
      await this.bounded(this.keyring.delete(key)).catch(() => undefined);
      return;
    }
    await this.bounded(this.keyring.store(key, secret));
    this.session.delete(key);
  }

  private async remove(key: string): Promise<void> {
    this.session.delete(key);
    await this.bounded(this.keyring.delete(key));
  }

  private async bounded<T>(call: PromiseLike<T>): Promise<T> {
    try {
      return await withTimeLimit(this.clock, KEYRING_TIMEOUT, undefined, () => Promise.resolve(call));
    } catch {
      throw new KeyringError();
    }
  }
}

/** Bytes of a credential's name, which is random, so that it says nothing about the password. */
const CREDENTIAL_BYTES = 12;

/** Characters of what the keyring stores; the CA allows 128 for a password. */
const MAX_STORED = 4096;

const isStoredPassword = record<StoredPassword>({ text: text(MAX_STORED), credential: text(MAX_STORED) });

/** Parses what the keyring stores of a password; `undefined` if that is not ours. */
function readPassword(kept: string | undefined): StoredPassword | undefined {
  const stored = kept === undefined ? undefined : parseJson(kept);
  return isStoredPassword(stored) ? stored : undefined;
}

/**
 * The keyring refused or did not answer. The editor's own error may contain what it was asked to store, so it is
 * dropped.
 */
class KeyringError extends SaidError {
  override readonly name = "KeyringError";
  readonly code = "keyring";

  constructor() {
    super(phrase("The editor's secret storage did not answer. Check that a keyring is set up on this computer."));
  }
}
