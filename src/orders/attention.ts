import type { Order, OrderId } from "./order";
import type { OrderState } from "./state";

/** What a person is told of: an order became ready, or needs them. */
export interface Notice {
  readonly kind: "ready" | "needs-you";
  readonly orders: readonly OrderId[];
}

/** How many orders want the person: those that need them, and those that are ready. For the view's badge. */
export function badgeOf(states: Iterable<OrderState>): { readonly needsYou: number; readonly ready: number } {
  let [needsYou, ready] = [0, 0];
  for (const { group, archived } of states) {
    if (archived) continue;
    if (group === "needs-you") needsYou++;
    if (group === "ready") ready++;
  }
  return { needsYou, ready };
}

/** An order before and after a change. */
export interface Turn {
  readonly order: Order;
  readonly before: OrderState | undefined;
  readonly after: OrderState;
}

/**
 * The notices for changes that happened together, at most one of each kind. What was seen already, what is muted, and
 * what a window learns at its start (no state before) is none.
 */
export function noticesOf(turns: Iterable<Turn>): Notice[] {
  const found = new Map<Notice["kind"], OrderId[]>();
  for (const { order, before, after } of turns) {
    const { group, standing } = after;
    if (!before || order.muted || after.archived || (group !== "ready" && group !== "needs-you")) continue;
    // Of a frozen or lost sign-in the window tells once for the login, not for each order.
    if (standing === before.standing || standing === "frozen" || standing === "sign-in") continue;
    const orders = found.get(group);
    if (orders) orders.push(order.id);
    else found.set(group, [order.id]);
  }
  return [...found].map(([kind, orders]) => ({ kind, orders }));
}
