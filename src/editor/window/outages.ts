import type { OrderRow } from "../../orders/presentation/arrange";
import { outagesOf, type Outage } from "../../orders/presentation/outage";
import type { Collector } from "./collector";

/** The outages that keep rows of this window from being checked. */
export function outagesOfRows(
  { book, sandbox }: Pick<Collector, "book" | "sandbox">,
  rows: Iterable<OrderRow>,
): Outage[] {
  return outagesOf(rows, {
    loginOf: (order) => book.loginOf(order),
    reachedAt: (ca) => book.reachedAt(ca),
    isSandboxRunning: sandbox.isRunning,
  });
}
