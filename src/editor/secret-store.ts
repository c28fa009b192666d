import type { Clock, SecretSource } from "../orders/ports";
import { withTimeLimit } from "../orders/time-limit";
import type { Account, AccountId, Order, OrderId } from "../orders/order";

/** What SecretStorage offers, so that a test needs no editor. */
export interface Keyring {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/**
 * ms a call into the window may take. A host whose window died gets no answer at all, a missing keyring one after a
 * dialog; neither may hold up the orders.
 */
export const KEYRING_TIMEOUT = 10_000;

const passwordKey = (id: AccountId): string => `password:${id}`;
const codeKey = (id: OrderId): string => `collectionCode:${id}`;

/**
 * The one road of secrets: from an input box into SecretStorage, from there into a request's body. A missing secret is
 * a normal state ("sign in again"), not an error.
 */
export class SecretStore implements SecretSource {
  /** Passwords of accounts that are asked each time: this window's memory alone. */
  private readonly session = new Map<string, string>();

  /**
   * @param keyring the editor's SecretStorage
   * @param used told each secret that leaves the store, so that the log can mask it
   * @param demo the password of an account that needs none of its own: the sandbox's
   */
  constructor(
    private readonly keyring: Keyring,
    private readonly used: (secret: string) => void,
    private readonly demo: (account: Account) => Promise<string | undefined>,
    private readonly clock: Clock,
  ) {}

  async password(account: Account): Promise<string | undefined> {
    return (await this.read(passwordKey(account.id))) ?? (await this.demo(account));
  }

  async collectionCode(order: Order): Promise<string | undefined> {
    return this.read(codeKey(order.id));
  }

  /**
   * @param keep false: for this window only, forgotten when it closes
   * @throws KeyringError when the keyring does not take it; the secret is kept for this window then
   */
  async setPassword(id: AccountId, password: string, keep: boolean): Promise<void> {
    await this.write(passwordKey(id), password, keep);
  }

  /** @throws KeyringError as {@link setPassword} does */
  async setCollectionCode(id: OrderId, code: string): Promise<void> {
    await this.write(codeKey(id), code, true);
  }

  async forgetPassword(id: AccountId): Promise<void> {
    await this.remove(passwordKey(id));
  }

  async forgetCollectionCode(id: OrderId): Promise<void> {
    await this.remove(codeKey(id));
  }

  private async read(key: string): Promise<string | undefined> {
    const secret = this.session.get(key) ?? (await this.bounded(this.keyring.get(key)).catch(() => undefined));
    if (secret !== undefined) this.used(secret);
    return secret;
  }

  private async write(key: string, secret: string, keep: boolean): Promise<void> {
    this.used(secret);
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

/** The keyring refused or did not answer. The editor's own error may name what it was asked to keep: it is dropped. */
export class KeyringError extends Error {
  override readonly name = "KeyringError";
  readonly code = "keyring";

  constructor() {
    super("The editor's secret storage did not answer. Is a keyring set up on this computer?");
  }
}
