import type { Order, OrderId } from "../model/order";
import type { OrderState } from "./state";

/** What a person is notified about: an order became ready, or needs them. */
export interface Notice {
  readonly kind: "ready" | "needs-you";
  readonly orders: readonly OrderId[];
}

/**
 * How many orders there are, for the view's badge and the status bar: as many as there are rows below the view's
 * headings, where these are states and nothing is filtered. Muted orders count, since a person sees their rows: muting
 * ends notifications, archiving takes a row out of view and count.
 */
export interface AttentionCounts {
  readonly needsYou: number;
  readonly trouble: number;
  readonly ready: number;
  /** Orders that are not archived. */
  readonly tracked: number;
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
  /** The certificate that was here before: {@link Order.certificates} leaf. */
  readonly held?: string | undefined;
  readonly after: OrderState;
}

/**
 * The notices for changes that happened together, at most one of each kind. Changes that were already seen, of muted
 * orders, and those that a window learns at its start (no previous state) do not count.
 */
export function noticesOf(turns: Iterable<Turn>): Notice[] {
  const found = new Map<Notice["kind"], OrderId[]>();
  for (const { order, before, held, after } of turns) {
    const { status } = after;
    const kind =
      after.status === "new" || after.status === "ready-to-collect"
        ? "ready"
        : needsPerson(after)
          ? "needs-you"
          : undefined;
    if (!before || order.muted || after.archived || kind === undefined) continue;
    // The window reports a frozen or lost sign-in once for the login, not for each order.
    const isAnother = kind === "ready" && order.certificates[0]?.leaf !== held;
    if ((status === before.status && !isAnother) || isOfLogin(after)) continue;
    const orders = found.get(kind);
    if (orders) orders.push(order.id);
    else found.set(kind, [order.id]);
  }
  return [...found].map(([kind, orders]) => ({ kind, orders }));
}
