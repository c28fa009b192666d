import type { OrderRow } from "./arrange";
import type { Book, BookChange } from "../journal/book";
import { isRecord } from "../../shape/shape";
import { LoginGates } from "../checking/login-gates";
import type { Order, OrderId } from "../model/order";
import { MutableDisposable } from "../mutable-disposable";
import type { Clock, Disposable } from "../ports";

/** Orders that are computed in one go: a few ms of the editor's thread. */
const SLICE = 500;

/** An order's row before and after a change; absent if it is not tracked. */
export interface OrderRowChange {
  readonly id: OrderId;
  readonly before?: OrderRow;
  readonly after?: OrderRow;
}

/**
 * The status of every order for this window, updated incrementally: each order that a change concerns is computed
 * once, for everything that shows or counts orders. What concerns very many is computed in slices.
 */
export class OrderStatusStore implements Disposable {
  private readonly known = new Map<OrderId, OrderRow>();
  private readonly listeners = new Set<(changes: readonly OrderRowChange[]) => void>();
  private readonly gates: LoginGates;
  private readonly following: Disposable;
  /** Orders that are yet to be computed, after the first slice. */
  private readonly waiting = new Set<OrderId>();
  private readonly slicing = new MutableDisposable();
  private readonly wholeWaits: (() => void)[] = [];
  private paused: boolean;

  /** @param look computes an order's current row; `undefined` if it is not tracked */
  constructor(
    private readonly book: Book,
    private readonly look: (id: OrderId) => OrderRow | undefined,
    private readonly clock: Pick<Clock, "after">,
  ) {
    this.paused = book.paused;
    this.gates = new LoginGates(book);
    const orders = [...book.orders()];
    this.gates.turned(new Set(orders.flatMap((order) => book.loginOf(order)?.key ?? [])));
    this.tell(orders.map(({ id }) => id));
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
    this.tell(ids, isNews);
  }

  /** Resolves when every order was computed that is to be. */
  whole(): Promise<void> {
    if (this.waiting.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.wholeWaits.push(resolve));
  }

  dispose(): void {
    this.following.dispose();
    this.slicing.dispose();
    this.listeners.clear();
  }

  /** @param isTold whether an order of the first slice is told of; a later one is if anything about it changed */
  private tell(ids: Iterable<OrderId>, isTold: (turn: OrderRowChange) => boolean = () => true): void {
    const now: OrderId[] = [];
    for (const id of ids) {
      if (now.length < SLICE) now.push(id);
      else this.waiting.add(id);
    }
    for (const id of now) this.waiting.delete(id);
    this.fire(now, isTold);
    if (this.waiting.size > 0 && this.slicing.value === undefined) this.goOn();
  }

  private goOn(): void {
    this.slicing.value = this.clock.after(0, () => {
      this.slicing.value = undefined;
      const ids: OrderId[] = [];
      for (const id of this.waiting) {
        if (ids.length === SLICE) break;
        ids.push(id);
        this.waiting.delete(id);
      }
      this.fire(ids, isNews);
      if (this.waiting.size > 0) this.goOn();
      else for (const resolve of this.wholeWaits.splice(0)) resolve();
    });
  }

  private fire(ids: readonly OrderId[], isTold: (turn: OrderRowChange) => boolean): void {
    const changes = ids.map((id) => this.update(id)).filter(isTold);
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
    const turned = this.gates.turned(logins);
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
}

function isNews({ before, after }: OrderRowChange): boolean {
  if (!before || !after) return true;
  return before.order !== after.order || !isAlike(before.state, after.state) || !isAlike(before.check, after.check);
}

/** Whether two values have equal members all the way down. */
function isAlike(a: unknown, b: unknown): boolean {
  if (!isRecord(a) || !isRecord(b)) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && isAlike(a[name], b[name]));
}
