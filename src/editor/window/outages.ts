import type { Order } from "../../orders/model/order";
import { outagesOf, type Outage } from "../../orders/presentation/outage";
import type { Collector } from "./collector";

/** The outages that keep orders of this window from being checked. @param orders those that would be */
export function outagesHere(
  { book, sandbox }: Pick<Collector, "book" | "sandbox">,
  orders: Iterable<Pick<Order, "ca" | "account">>,
): Outage[] {
  return outagesOf(orders, {
    loginOf: (order) => book.loginOf(order),
    reachedAt: (ca) => book.reachedAt(ca),
    isSandboxRunning: sandbox.isRunning,
  });
}
