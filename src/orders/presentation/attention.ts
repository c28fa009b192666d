import type { OrderRow } from "./arrange";
import type { Order, OrderId } from "../model/order";
import type { OrderState } from "./state";

/** What a person is told of: an order became ready, or needs them. */
export interface Notice {
  readonly kind: "ready" | "needs-you";
  readonly orders: readonly OrderId[];
}

/** How much wants the person, for the view's badge and the status bar. */
export interface AttentionCounts {
  /** Orders that need them; those of one account whose sign-in was refused or lost count once. */
  readonly needsYou: number;
  readonly ready: number;
  /** Orders that are shown: not put away. */
  readonly tracked: number;
}

/** Counts what wants the person. */
export function attentionCounts(rows: Iterable<Pick<OrderRow, "order" | "state">>): AttentionCounts {
  let [steps, ready, tracked] = [0, 0, 0];
  const accounts = new Set<string>();
  for (const { order, state } of rows) {
    if (state.archived) continue;
    tracked++;
    if (state.group === "ready") ready++;
    if (!needsPerson(state)) continue;
    if (isOfLogin(state) && order.account !== undefined) accounts.add(order.account);
    else steps++;
  }
  return { needsYou: steps + accounts.size, ready, tracked };
}

/**
 * Whether an order goes on only if a person does something. Of an order that is said to be pending, and that the CA
 * stopped all the same (PRE-SIGN FAILED), nothing else would ever tell.
 */
function needsPerson({ group, status }: OrderState): boolean {
  return group === "needs-you" || status === "not-issued";
}

/** Whether what an order needs is its login's, and the same for all orders of it. */
function isOfLogin({ status }: OrderState): boolean {
  return status === "frozen" || status === "sign-in";
}

/** An order before and after a change. */
export interface Turn {
  readonly order: Order;
  readonly before: OrderState | undefined;
  readonly after: OrderState;
}

/**
 * The notices for changes that happened together, at most one of each kind. What was seen already, what is muted, and
 * what a window learns at its start (no state before) does not count.
 */
export function noticesOf(turns: Iterable<Turn>): Notice[] {
  const found = new Map<Notice["kind"], OrderId[]>();
  for (const { order, before, after } of turns) {
    const { status } = after;
    const kind = after.group === "ready" ? "ready" : needsPerson(after) ? "needs-you" : undefined;
    if (!before || order.muted || after.archived || kind === undefined) continue;
    // Of a frozen or lost sign-in the window tells once for the login, not for each order.
    if (status === before.status || isOfLogin(after)) continue;
    const orders = found.get(kind);
    if (orders) orders.push(order.id);
    else found.set(kind, [order.id]);
  }
  return [...found].map(([kind, orders]) => ({ kind, orders }));
}
