import { inRow, type Locale } from "../../words/localize";
import type { Order } from "../../orders/model/order";
import { domainsToProve } from "../../orders/presentation/domains-to-prove";
import { referenceWords } from "../../orders/presentation/order-words";
import { titleOf } from "../../orders/presentation/state";
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
  memory: Pick<RecordMemory, "get">,
  locale: Locale,
): SubjectRequestsParts["servedBy"] {
  return async ({ token, keyIdentity }, domains) => {
    const issued = [...collector.book.orders()].filter(({ certificates }) => certificates.length > 0);
    const keptOf = ({ id }: Order): KeptRecords | undefined => memory.get(subjectKey({ order: id }));
    // What is chosen for an order that waits for another certificate has not served yet.
    const chosen = issued.find(
      (order) => keptOf(order)?.request?.token.sha256 === token.sha256 && domainsToProve(order).length === 0,
    );
    if (chosen !== undefined) return { by: calledOrder(chosen, locale), ...valueOf(keptOf(chosen)) };
    if (keyIdentity === undefined) return undefined;
    const names = new Set(domains.map((domain) => domain.toLowerCase()));
    const hasName = ({ certificates: [newest] }: Order): boolean =>
      newest?.names.some((name) => names.has(name.toLowerCase())) === true;
    for (const order of issued.filter(hasName).slice(0, MAX_LOOKED_AT)) {
      const [newest] = order.certificates;
      const chain = newest && (await collector.chain(newest).catch(() => undefined));
      const key = chain && (await collector.reading.run("leafKey", chain));
      if (key?.identity === keyIdentity) return { by: calledOrder(order, locale), isByKey: true };
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

const calledOrder = (order: Order, locale: Locale): string =>
  inRow([titleOf(order, locale.localize), referenceWords(order, locale)], locale.localize);
