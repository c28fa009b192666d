import type { OrderRow } from "./arrange";
import type { Book, BookChange } from "../journal/book";
import type { Login, LoginKey, Order, OrderId } from "../model/order";
import type { Disposable } from "../ports";

/** How an order stood before a change and stands after it; absent: it is not tracked. */
export interface OrderRowChange {
  readonly id: OrderId;
  readonly before?: OrderRow;
  readonly after?: OrderRow;
}

/**
 * Where every order stands for this window, kept from change to change: one look at each order that a change concerns,
 * for all that show or count them.
 */
export class OrderStatusStore implements Disposable {
  private readonly known = new Map<OrderId, OrderRow>();
  private readonly listeners = new Set<(turns: readonly OrderRowChange[]) => void>();
  private readonly gates = new Map<LoginKey, string>();
  private readonly following: Disposable;
  private paused: boolean;

  /** @param look how an order stands now; `undefined` when it is not tracked */
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

  /** Tells of every order that a change concerned, once for all that happened together. */
  onDidChange(listener: (turns: readonly OrderRowChange[]) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /**
   * Looks again, for a reason that no line of the journal tells: time passed, a setting or a secret of this window
   * changed. Tells of what stands differently.
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
    const turns = [...ids].map((id) => this.update(id)).filter(isNews);
    if (turns.length > 0) for (const listener of [...this.listeners]) listener(turns);
  }

  private update(id: OrderId): OrderRowChange {
    const before = this.known.get(id);
    const after = this.look(id);
    if (after) this.known.set(id, after);
    else this.known.delete(id);
    return { id, ...(before && { before }), ...(after && { after }) };
  }

  /** The orders that a change may have put elsewhere: mostly one, since a call that went well changes its own alone. */
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

/** What of a login decides for all its orders when they may be asked. */
function gateOf({ frozen, thawedAt, lastAnswer }: Login): string {
  const isQuiet = lastAnswer && (lastAnswer.failures > 0 || lastAnswer.limited || lastAnswer.retryAfter !== undefined);
  return JSON.stringify([frozen, thawedAt, isQuiet ? lastAnswer : null]);
}

function isSame(a: OrderRow, b: OrderRow): boolean {
  return a.order === b.order && JSON.stringify([a.state, a.check]) === JSON.stringify([b.state, b.check]);
}
