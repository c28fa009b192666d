import type { OrderRow } from "./arrange";
import type { Order, OrderId } from "../model/order";
import type { OrderState } from "./state";

/** What a person is notified about: an order became ready, or needs them. */
export interface Notice {
  readonly kind: "ready" | "needs-you";
  readonly orders: readonly OrderId[];
}

/** How many orders need the person, for the view's badge and the status bar. */
export interface AttentionCounts {
  /** Orders that need them; those of one account whose sign-in was refused or lost count once. */
  readonly needsYou: number;
  readonly ready: number;
  /** Orders that are not archived. */
  readonly tracked: number;
}

/** Counts what needs the person. */
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
 * Whether an order continues only if a person acts. This is the only sign of an order that the CA calls pending but
 * has stopped (PRE-SIGN FAILED).
 */
export function needsPerson({ group, status }: OrderState): boolean {
  return group === "needs-you" || status === "not-issued";
}

/** Whether the order's login needs the person, which is the same for all its orders. */
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
 * The notices for changes that happened together, at most one of each kind. Changes that were already seen, of muted
 * orders, and those that a window learns at its start (no previous state) do not count.
 */
export function noticesOf(turns: Iterable<Turn>): Notice[] {
  const found = new Map<Notice["kind"], OrderId[]>();
  for (const { order, before, after } of turns) {
    const { status } = after;
    const kind = after.group === "ready" ? "ready" : needsPerson(after) ? "needs-you" : undefined;
    if (!before || order.muted || after.archived || kind === undefined) continue;
    // The window reports a frozen or lost sign-in once for the login, not for each order.
    if (status === before.status || isOfLogin(after)) continue;
    const orders = found.get(kind);
    if (orders) orders.push(order.id);
    else found.set(kind, [order.id]);
  }
  return [...found].map(([kind, orders]) => ({ kind, orders }));
}
