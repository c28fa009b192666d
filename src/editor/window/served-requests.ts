import type { Order } from "../../orders/model/order";
import { referenceWords } from "../../orders/presentation/order-words";
import { titleOf } from "../../orders/presentation/state";
import { locale } from "../base/localize";
import type { Collector } from "./collector";
import { subjectKey } from "./subject-name";
import type { RecordMemory } from "./record-memory";
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
    if (chosen !== undefined) return calledOrder(chosen);
    if (keyIdentity === undefined) return undefined;
    const names = new Set(domains.map((domain) => domain.toLowerCase()));
    const hasName = ({ certificates: [newest] }: Order): boolean =>
      newest?.names.some((name) => names.has(name.toLowerCase())) === true;
    for (const order of issued.filter(hasName).slice(0, MAX_LOOKED_AT)) {
      const [newest] = order.certificates;
      const chain = newest && (await collector.chain(newest).catch(() => undefined));
      const key = chain && (await collector.reading.run("leafKey", chain));
      if (key?.identity === keyIdentity) return calledOrder(order);
    }
    return undefined;
  };
}

const calledOrder = (order: Order): string => `${titleOf(order)}, ${referenceWords(order, locale)}`;
