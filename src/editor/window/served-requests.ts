import type { Order } from "../../orders/model/order";
import { referenceWords } from "../../orders/presentation/order-words";
import { titleOf } from "../../orders/presentation/state";
import { locale } from "../base/localize";
import type { ServedOrder } from "../../validation/look";
import type { Collector } from "./collector";
import { subjectKey } from "./subject-name";
import type { KeptRecords, RecordMemory } from "./record-memory";
import type { SubjectRequestsParts } from "./subject-requests";

/** Orders with a name in common whose certificates are looked at. */
const MAX_LOOKED_AT = 20;

/**
 * Finds an order that was issued for the same request: one for which it was chosen, or whose certificate has its key
 * and a name in common. The CA takes a token once (docs.sectigo.com, "Request Token").
 */
export function servedRequests(
  collector: Pick<Collector, "book" | "chain" | "reading">,
  memory: RecordMemory,
): SubjectRequestsParts["servedBy"] {
  return async ({ token, keyIdentity }, domains) => {
    const issued = [...collector.book.orders()].filter(({ certificates }) => certificates.length > 0);
    const chosen = issued.find(
      ({ id }) => memory.get(subjectKey({ order: id }))?.request?.token.sha256 === token.sha256,
    );
    if (chosen !== undefined)
      return { by: calledOrder(chosen), ...valueOf(memory.get(subjectKey({ order: chosen.id }))) };
    if (keyIdentity === undefined) return undefined;
    const names = new Set(domains.map((domain) => domain.toLowerCase()));
    const hasName = ({ certificates: [newest] }: Order): boolean =>
      newest?.names.some((name) => names.has(name.toLowerCase())) === true;
    for (const order of issued.filter(hasName).slice(0, MAX_LOOKED_AT)) {
      const [newest] = order.certificates;
      const chain = newest && (await collector.chain(newest).catch(() => undefined));
      const key = chain && (await collector.reading.run("leafKey", chain));
      if (key?.identity === keyIdentity) return { by: calledOrder(order), isByKey: true };
    }
    return undefined;
  };
}

/** The unique value that a person named for an order, else the one that was last seen published for it. */
function valueOf(kept: KeptRecords | undefined): Pick<ServedOrder, "uniqueValue"> {
  const ways = kept?.looks.flatMap(({ cname, file }) => [cname?.uniqueValue, file?.uniqueValue]) ?? [];
  const uniqueValue = kept?.request?.token.uniqueValue ?? ways.find((each) => each !== undefined);
  return uniqueValue === undefined ? {} : { uniqueValue };
}

const calledOrder = (order: Order): string => `${titleOf(order)}, ${referenceWords(order, locale)}`;
