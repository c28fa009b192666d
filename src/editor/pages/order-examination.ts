import { readContainers } from "../../certificates/containers/read";
import { pemText } from "../../certificates/pem-text";
import type { Order } from "../../orders/order";
import type { PageReports } from "./check-reports";
import { examine, type Examination } from "./examination";
import { compareCollected } from "./order-comparison";
import type { Findings } from "../saving/workspace-search";

/**
 * What the details page shows of what was collected for an order, compared with what was ordered.
 * @param chain DER, leaf first
 * @param previous DER of the leaf that was collected before
 * @param found in the workspace; absent while it is searched
 * @param asked what servers answered
 */
export function examineOrder(
  order: Order,
  chain: readonly Uint8Array[],
  previous: Uint8Array | undefined,
  found: Findings | undefined,
  asked: PageReports,
): Promise<Examination> {
  const [leaf = Buffer.alloc(0)] = chain;
  const { productTermStart: start, productTermEnd: end } = order.detail?.detail ?? {};
  return examine(readContainers(Buffer.from(chain.map((der) => pemText(der)).join(""))), {
    productTerm: { ...(start !== undefined && { start }), ...(end !== undefined && { end }) },
    compared: [compareCollected(order, leaf, previous, found)],
    asked,
  });
}
