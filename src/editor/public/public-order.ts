import { concernsOf } from "../../orders/model/concerns";
import type { OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import type { Collector } from "../window/collector";
import type { PublicOrder } from "./public-types";
import type { Locale } from "../../words/localize";

/** An order as other extensions and agents see it. @param locale of its words; by default the display language */
export function publicOrder(
  collector: Pick<Collector, "facts">,
  id: OrderId,
  locale?: Locale,
): PublicOrder | undefined {
  const facts = collector.facts(id, locale);
  if (facts === undefined) return undefined;
  const { order, state, check } = facts;
  const collected = order.certificates[0];
  const concerns = collected === undefined ? [] : concernsOf(order, collected);
  return {
    id,
    product: order.product,
    title: titleOf(order),
    group: state.group,
    words: state.words,
    ...(state.advice !== undefined && { advice: state.advice }),
    ...(order.asked !== undefined && { lastAsked: order.asked.at }),
    ...(check.due !== undefined && { nextCheck: check.due }),
    ...(collected !== undefined && { serialNumber: collected.serialNumber, notAfter: collected.notAfter }),
    ...(concerns.length > 0 && { concerns }),
  };
}
