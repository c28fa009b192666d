import type { JournalLine } from "./events";
import { foldLogin, loginOf, reachedAt, silentSince, type LoginLine, type LoginParts } from "./login-parts";
import type { Account, AccountId, Login, LoginKey, Order, OrderId } from "../model/order";
import { isIdAt, numberedOrderId, type OrderName } from "../model/order-id";
import { foldOrder, isPresent, OrderParts, type OrderLine } from "./order-parts";
import { viewOf } from "./order-view";
import { write, type Register } from "./register";
import { SharedValues } from "./shared-values";

/** What a line changed in the fold. Absent fields: nothing of that kind. */
export interface Touched {
  readonly order?: OrderId;
  readonly account?: AccountId;
  readonly login?: LoginKey;
  /** Orders or accounts appeared or disappeared, or all of them changed at once. */
  readonly structure?: boolean;
}

/**
 * The state that results from lines. Folding is commutative and idempotent: any order of the lines, and any number of
 * copies of each, gives the same state, because each part of an order is a register that the latest line writes, and
 * the collected certificates are a set. So several processes may append without coordination, and a line may be read
 * twice.
 */
export class Fold {
  private readonly orders = new Map<OrderId, OrderParts>();
  private readonly accounts = new Map<AccountId, Register<Omit<Account, "frozen"> | undefined>>();
  private readonly logins = new Map<LoginKey, LoginParts>();
  /** The ids of orders that came from another CA, by the id that they would be given where they are. */
  private readonly moved = new Map<OrderId, Register<OrderId>>();
  private checksPaused: Register<boolean> | undefined;
  private readonly shared = new SharedValues();

  /** Folds one line in. @returns what it changed, or `undefined` if it contains nothing new */
  apply(line: JournalLine): Touched | undefined {
    switch (line.type) {
      case "account-set":
        return this.setAccount(line.account.id, line, accountOf(line.account));
      case "account-removed":
        return this.setAccount(line.account, line, undefined);
      case "frozen":
      case "thawed":
      case "report-watch":
        return this.applyToLogin(line);
      case "checks-paused":
      case "checks-resumed":
        return this.setChecksPaused(line);
      case "unchanged":
        return undefined;
      case "service-asked":
      case "service-answered": {
        const { id } = line;
        return id === undefined ? this.applyToLogin(line) : this.applyToOrder({ ...line, id });
      }
      default:
        return this.applyToOrder(line);
    }
  }

  /** The current order, or `undefined` if it is not tracked or was forgotten. */
  order(id: OrderId): Order | undefined {
    const parts = this.orders.get(id);
    return parts && isPresent(parts) ? viewOf(parts) : undefined;
  }

  /** As {@link order}, but only how the CA knows it: nothing is made for it. */
  nameOf(id: OrderId): OrderName | undefined {
    const parts = this.orders.get(id);
    return parts && isPresent(parts) ? parts.get("tracked") : undefined;
  }

  /** The order that came from another CA and would be given that id where it is now; tracked or not. */
  movedTo(id: OrderId): OrderId | undefined {
    return this.moved.get(id)?.value;
  }

  /** Hashes of an order's collected certificates, whether it is still tracked or not. */
  leavesOf(id: OrderId): readonly string[] {
    return this.orders.get(id)?.collected.map(({ value }) => value.leaf) ?? [];
  }

  *orderIds(): Generator<OrderId> {
    for (const [id, parts] of this.orders) if (isPresent(parts)) yield id;
  }

  /** Orders that are no longer tracked and may have had a collection code, and since when. Epoch ms. */
  *forgottenWithCode(): Generator<{ readonly id: OrderId; readonly at: number }> {
    for (const [id, parts] of this.orders) {
      const hadCode = parts.get("tracked")?.reference.kind === "collectionCode" || parts.has("codeSetAt");
      if (parts.get("present") === false && hadCode) yield { id, at: parts.stampOf("present")?.t ?? 0 };
    }
  }

  account(id: AccountId): Omit<Account, "frozen"> | undefined {
    return this.accounts.get(id)?.value;
  }

  *accountIds(): Generator<AccountId> {
    for (const [id, register] of this.accounts) if (register.value) yield id;
  }

  login(key: LoginKey): Login {
    const parts = this.logins.get(key);
    // One object until it changes: thousands of orders are checked with the same login.
    return parts ? (parts.view ??= loginOf(key, parts)) : { key, proved: false };
  }

  /** See {@link silentSince}. */
  silentSince(key: LoginKey): number | undefined {
    const parts = this.logins.get(key);
    return parts && silentSince(parts);
  }

  /** See {@link reachedAt}. */
  reachedAt(key: LoginKey): number | undefined {
    const parts = this.logins.get(key);
    return parts && reachedAt(parts);
  }

  *loginKeys(): Generator<LoginKey> {
    yield* this.logins.keys();
  }

  get paused(): boolean {
    return this.checksPaused?.value === true;
  }

  private applyToLogin(line: LoginLine): Touched | undefined {
    return foldLogin(this.loginParts(line.login), line) ? { login: line.login } : undefined;
  }

  private applyToOrder(line: OrderLine): Touched | undefined {
    let parts = this.orders.get(line.id);
    if (!parts) this.orders.set(line.id, (parts = new OrderParts(line.id)));
    const wasPresent = isPresent(parts);
    let changed = foldOrder(parts, line, this.shared);
    let login: LoginKey | undefined;
    if ("login" in line && foldLogin(this.loginParts(line.login), line)) {
      [changed, login] = [true, line.login];
    }
    if (line.type === "tracked") this.noteMoved(line);
    if (!changed) return undefined;
    parts.view = undefined;
    const structure = wasPresent !== isPresent(parts);
    return { order: line.id, ...(login !== undefined && { login }), ...(structure && { structure }) };
  }

  /** Of several orders that came to one place, the one that was tracked there last counts. */
  private noteMoved(line: Extract<OrderLine, { type: "tracked" }>): void {
    const here = isIdAt(line.ca, line.id) ? undefined : numberedOrderId(line);
    const register = here === undefined ? undefined : write(this.moved.get(here), line, line.id);
    if (here !== undefined && register) this.moved.set(here, register);
  }

  private setAccount(id: AccountId, line: JournalLine, value: Omit<Account, "frozen"> | undefined) {
    const before = this.accounts.get(id);
    const register = write(before, line, value);
    if (!register) return undefined;
    this.accounts.set(id, register);
    return { account: id, ...(Boolean(before?.value) !== Boolean(value) && { structure: true }) };
  }

  private setChecksPaused(line: JournalLine): Touched | undefined {
    const register = write(this.checksPaused, line, line.type === "checks-paused");
    if (!register) return undefined;
    this.checksPaused = register;
    return { structure: true };
  }

  private loginParts(key: LoginKey): LoginParts {
    let parts = this.logins.get(key);
    if (!parts) this.logins.set(key, (parts = { credentials: new Map() }));
    // Whoever asks for the parts is about to change them.
    parts.view = undefined;
    return parts;
  }
}

/** Only the fields of an account: a line may have more. */
function accountOf({ id, label, loginName, host, ca }: Omit<Account, "frozen">): Omit<Account, "frozen"> {
  return { id, label, loginName, host, ca };
}
