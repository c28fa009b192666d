import type { OrderRow } from "./arrange";
import type { Book, BookChange } from "../journal/book";
import type { Login, LoginKey, Order, OrderId } from "../model/order";
import type { Disposable } from "../ports";

/** An order's row before and after a change; absent if it is not tracked. */
export interface OrderRowChange {
  readonly id: OrderId;
  readonly before?: OrderRow;
  readonly after?: OrderRow;
}

/**
 * The status of every order for this window, updated incrementally: each order that a change concerns is computed
 * once, for everything that shows or counts orders.
 */
export class OrderStatusStore implements Disposable {
  private readonly known = new Map<OrderId, OrderRow>();
  private readonly listeners = new Set<(changes: readonly OrderRowChange[]) => void>();
  private readonly gates = new Map<LoginKey, string>();
  private readonly following: Disposable;
  private paused: boolean;

  /** @param look computes an order's current row; `undefined` if it is not tracked */
  constructor(
    private readonly book: Book,
    private readonly look: (id: OrderId) => OrderRow | undefined,
  ) {
    this.paused = book.paused;
    for (const { id } of book.orders()) this.update(id);
    for (const key of new Set([...book.orders()].flatMap((order) => book.loginOf(order)?.key ?? []))) {
      this.hasTurned(key);
    }
    this.following = book.onDidChange((change) => this.tell(this.concerned(change)));
  }

  /** Every tracked order, in no particular order. */
  get rows(): ReadonlyMap<OrderId, OrderRow> {
    return this.known;
  }

  /** Fires with every order that a change concerned, once for all changes that happened together. */
  onDidChange(listener: (changes: readonly OrderRowChange[]) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /**
   * Recomputes orders for a reason that is not in the journal: time passed, a setting or a secret of this window
   * changed. Fires for orders that changed.
   * @param concerns which orders
   */
  refresh(concerns: (order: Order) => boolean = () => true): void {
    const ids = [...this.book.orders()].filter(concerns).map(({ id }) => id);
    this.tell(ids, ({ before, after }) => !before || !after || !isSame(before, after));
  }

  dispose(): void {
    this.following.dispose();
    this.listeners.clear();
  }

  private tell(ids: Iterable<OrderId>, isNews: (turn: OrderRowChange) => boolean = () => true): void {
    const changes = [...ids].map((id) => this.update(id)).filter(isNews);
    if (changes.length > 0) for (const listener of [...this.listeners]) listener(changes);
  }

  private update(id: OrderId): OrderRowChange {
    const before = this.known.get(id);
    const after = this.look(id);
    if (after) this.known.set(id, after);
    else this.known.delete(id);
    return { id, ...(before && { before }), ...(after && { after }) };
  }

  /** The orders whose status a change may affect: usually one, since a successful call only changes its own order. */
  private concerned({ orders, accounts, logins }: BookChange): Iterable<OrderId> {
    const turned = new Set([...logins].filter((key) => this.hasTurned(key)));
    const isPausedAnew = this.paused !== this.book.paused;
    this.paused = this.book.paused;
    if (accounts.size === 0 && turned.size === 0 && !isPausedAnew) return orders;
    const concerned = new Set(orders);
    for (const order of this.book.orders()) {
      const isOfAccount = order.account !== undefined && accounts.has(order.account);
      const isOfLogin = turned.size > 0 && turned.has(this.book.loginOf(order)?.key ?? "");
      if (isPausedAnew || isOfAccount || isOfLogin) concerned.add(order.id);
    }
    return concerned;
  }

  private hasTurned(key: LoginKey): boolean {
    const gate = gateOf(this.book.login(key));
    if (this.gates.get(key) === gate) return false;
    this.gates.set(key, gate);
    return true;
  }
}

/** The part of a login that determines when its orders may be checked. */
function gateOf({ frozen, thawedAt, lastAnswer }: Login): string {
  const isQuiet = lastAnswer && (lastAnswer.failures > 0 || lastAnswer.limited || lastAnswer.retryAfter !== undefined);
  return JSON.stringify([frozen, thawedAt, isQuiet ? lastAnswer : null]);
}

function isSame(a: OrderRow, b: OrderRow): boolean {
  return a.order === b.order && JSON.stringify([a.state, a.check]) === JSON.stringify([b.state, b.check]);
}
