import type { JournalLine, OrderEvent } from "./events";
import { Fold } from "./fold";
import { isLoginOf, loginKey } from "../model/login-key";
import type { Account, AccountId, CaName, CollectedCertificate, Login, LoginKey, Order, OrderId } from "../model/order";
import { formatOrderId, isIdAt, numberedOrderId, type OrderName } from "../model/order-id";
import { boundEvent } from "./line-bounds";
import type { AsideLine, Disposable, Durability, Journal } from "../ports";
import type { Circumstances } from "../model/circumstances";
import { Twins } from "./twins";

/** What changed in the book since the last notification. */
export interface BookChange {
  /** Orders that changed, appeared or disappeared. */
  readonly orders: ReadonlySet<OrderId>;
  readonly accounts: ReadonlySet<AccountId>;
  /** Logins whose state changed; the status of their orders may have changed. */
  readonly logins: ReadonlySet<LoginKey>;
  /** Whether rows appeared or disappeared, or all of them may have changed. */
  readonly structure: boolean;
}

/** All orders and accounts of this user: the fold of the journal, and the only way to append to it. */
export class Book {
  private readonly state = new Fold();
  private readonly listeners = new Set<(change: BookChange) => void>();
  private pending: Pending | undefined;
  /** How many lines about an order were set aside. */
  private readonly asides = new Map<OrderId, number>();
  private readonly twins = new Twins();
  private readonly reached = new Map<CaName, number | undefined>();

  /** @param setAside called with lines that could not be read, once per reading */
  constructor(
    private readonly journal: Journal,
    private readonly setAside: (lines: readonly AsideLine[]) => void = () => undefined,
  ) {}

  /**
   * Reads what any process has appended since the last call; the first call reads everything. Calls do not overlap.
   * @throws StorageError when the journal cannot be read; what was read before stays
   */
  async refresh(): Promise<void> {
    const aside: AsideLine[] = [];
    try {
      await this.journal.read(
        (line) => this.apply(line),
        (line) => aside.push(line),
      );
    } finally {
      for (const { order } of aside) this.noteAside(order);
      if (aside.length > 0) this.setAside(aside);
    }
  }

  /** Keeps reading what other processes append, until disposed. `failed` is called when a read throws. */
  follow(failed: (error: unknown) => void): Disposable {
    return this.journal.watch(() => void this.refresh().catch(failed));
  }

  /**
   * Appends events to the journal, then folds them.
   * @returns their lines
   * @throws StorageError when they could not be written; the book is then unchanged
   */
  async record(events: readonly OrderEvent[], durability: Durability = "durable"): Promise<readonly JournalLine[]> {
    if (events.length === 0) return [];
    const lines = await this.journal.append(events.map(boundEvent), durability);
    for (const line of lines) this.apply(line);
    return lines;
  }

  get(id: OrderId): Order | undefined {
    return this.state.order(id);
  }

  /**
   * The id of an order by its name: that of a tracked one that came from another CA, or else the one it is given.
   * @throws OrderIdError as {@link formatOrderId} does
   */
  idOf(name: OrderName): OrderId {
    const id = formatOrderId(name);
    const moved = this.get(this.state.movedTo(id) ?? "");
    return moved?.ca === name.ca && this.get(id) === undefined ? moved.id : id;
  }

  /** How many lines about an order could not be read: their content is missing from it. */
  asideOf(id: OrderId): number {
    return this.asides.get(id) ?? 0;
  }

  /** Other orders that are the same order at the CA, as far as known: the first few. */
  twinsOf(id: OrderId): Order[] {
    const order = this.get(id);
    if (order === undefined) return [];
    const leaf = order.certificates[0]?.leaf;
    const found = [...this.possibleTwins(id)].flatMap((twin) => this.get(twin) ?? []);
    // The same number with different certificates: the base order number follows renewals.
    const isSame = (newest: CollectedCertificate | undefined) =>
      leaf === undefined || newest === undefined || newest.leaf === leaf;
    return found.filter(({ ca, certificates: [newest] }) => ca === order.ca && isSame(newest));
  }

  /** Every tracked order, in no particular order. */
  *orders(): Generator<Order> {
    for (const id of this.state.orderIds()) {
      const order = this.state.order(id);
      if (order) yield order;
    }
  }

  /** See {@link Fold.forgottenWithCode}. */
  forgottenWithCode(): Iterable<{ readonly id: OrderId; readonly at: number }> {
    return this.state.forgottenWithCode();
  }

  account(id: AccountId): Account | undefined {
    const account = this.state.account(id);
    if (!account) return undefined;
    const { frozen } = this.state.login(loginKey(account.ca, account));
    return frozen ? { ...account, frozen } : account;
  }

  accounts(): Account[] {
    return [...this.state.accountIds()].flatMap((id) => this.account(id) ?? []);
  }

  login(key: LoginKey): Login {
    return this.state.login(key);
  }

  /**
   * When a call to a CA was sent whose answer was never journaled, if any. Under the CA's lock this means that its
   * process died, and the CA may still be working on it. Epoch ms.
   */
  silentSince(ca: CaName): number | undefined {
    const times = [...this.state.loginKeys()].flatMap((key) =>
      isLoginOf(key, ca) ? (this.state.silentSince(key) ?? []) : [],
    );
    return times.length === 0 ? undefined : Math.max(...times);
  }

  /** The login that an order is checked with; `undefined` if its account was removed or is at another CA. */
  loginOf(order: Pick<Order, "ca" | "account">): Login | undefined {
    if (order.account === undefined) return this.state.login(loginKey(order.ca, undefined));
    const account = this.state.account(order.account);
    return account?.ca === order.ca ? this.state.login(loginKey(account.ca, account)) : undefined;
  }

  /** Whether checks are paused for all orders. */
  get paused(): boolean {
    return this.state.paused;
  }

  /** What determines, besides the order itself, when it is checked. */
  circumstances(order: Order, background: "everything" | "status" | "off"): Circumstances {
    const reachedAt = this.reachedAt(order.ca);
    return {
      login: this.loginOf(order),
      background: this.paused ? "paused" : background,
      ...(reachedAt !== undefined && { reachedAt }),
    };
  }

  /** When a CA last answered a login whose calls have not failed since. Epoch ms. */
  reachedAt(ca: CaName): number | undefined {
    // Looked up for each of thousands of orders, and changed by calls alone.
    if (!this.reached.has(ca)) this.reached.set(ca, this.lastReached(ca));
    return this.reached.get(ca);
  }

  private lastReached(ca: CaName): number | undefined {
    let last: number | undefined;
    for (const key of this.state.loginKeys()) {
      const at = isLoginOf(key, ca) ? this.state.reachedAt(key) : undefined;
      if (at !== undefined && at > (last ?? -Infinity)) last = at;
    }
    return last;
  }

  /** Fires once for all changes in one turn of the event loop. */
  onDidChange(listener: (change: BookChange) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  private possibleTwins(id: OrderId): ReadonlySet<OrderId> {
    const found = this.twins.of(id, this.state.leavesOf(id));
    const namesake = this.namesakeOf(id);
    return namesake === undefined ? found : new Set([...found, namesake]);
  }

  /** The same number at the same CA under another id, because one of the two came from another CA. */
  private namesakeOf(id: OrderId): OrderId | undefined {
    const name = this.state.nameOf(id);
    if (name === undefined) return undefined;
    return isIdAt(name.ca, id) ? this.state.movedTo(id) : numberedOrderId(name);
  }

  private noteAside(order: OrderId | undefined): void {
    if (order === undefined) return;
    this.asides.set(order, this.asideOf(order) + 1);
    this.pendingChange().orders.add(order);
  }

  private apply(line: JournalLine): void {
    const touched = this.state.apply(line);
    if (!touched) return;
    const pending = this.pendingChange();
    if (touched.order !== undefined) pending.orders.add(touched.order);
    if (touched.account !== undefined) pending.accounts.add(touched.account);
    if (touched.login !== undefined) {
      pending.logins.add(touched.login);
      this.reached.clear();
    }
    if (touched.structure) pending.structure = true;
  }

  private pendingChange(): Pending {
    if (!this.pending) {
      this.pending = { orders: new Set(), accounts: new Set(), logins: new Set(), structure: false };
      queueMicrotask(() => this.tell());
    }
    return this.pending;
  }

  private tell(): void {
    const change = this.pending;
    this.pending = undefined;
    if (!change) return;
    const changed = [...change.orders];
    for (const id of changed) this.twins.note(id, this.state.leavesOf(id));
    for (const id of changed)
      for (const twin of this.possibleTwins(id)) if (this.state.nameOf(twin) !== undefined) change.orders.add(twin);
    for (const listener of [...this.listeners]) listener(change);
  }
}

interface Pending extends BookChange {
  readonly orders: Set<OrderId>;
  readonly accounts: Set<AccountId>;
  readonly logins: Set<LoginKey>;
  structure: boolean;
}
