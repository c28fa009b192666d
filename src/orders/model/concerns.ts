import { caWord } from "./ca-words";
import type { CollectedCertificate, Order } from "./order";
import { english, type Localize } from "../localize";

/** Whether a certificate of an order is known to be revoked: by its status services, or by the CA's words. */
export function isRevoked(
  { revocation, detail, certificates: [newest] }: Order,
  { leaf }: CollectedCertificate,
): boolean {
  if (revocation?.leaf === leaf && revocation.state === "revoked") return true;
  return newest?.leaf === leaf && caWord(detail?.detail)?.word === "revoked";
}

/** The CA's answer for a certificate that it has revoked (CollectSSL page, errorCode). */
const REVOKED = -21;
const REPLACED = -23;

/** As {@link isRevoked}, or by the code of the CA's last answer. */
export const isCalledRevoked = (order: Order, collected: CollectedCertificate): boolean =>
  refusedWith(order, collected) === REVOKED || isRevoked(order, collected);

/** Whether the CA says that it replaced a certificate of an order with another one. */
export const isReplaced = (order: Order, collected: CollectedCertificate): boolean =>
  refusedWith(order, collected) === REPLACED ||
  (order.certificates[0]?.leaf === collected.leaf && caWord(order.detail?.detail)?.word === "replaced");

/** The code of the CA's last answer, if that is about this certificate. */
function refusedWith({ answer, certificates: [newest] }: Order, { leaf }: CollectedCertificate): number | undefined {
  const outcome = answer?.outcome;
  return newest?.leaf === leaf && outcome?.kind === "refused" ? outcome.code : undefined;
}

/**
 * Reasons not to use a collected certificate, shown when it is opened or saved.
 * @returns sentences, the most important first; empty if there are none
 */
export function concernsOf(
  order: Order,
  collected: CollectedCertificate,
  localize: Localize = english,
): readonly string[] {
  return [
    ...(isCalledRevoked(order, collected) ? [localize("It was revoked.")] : []),
    ...(isReplaced(order, collected) ? [localize("The CA replaced it with another certificate.")] : []),
    ...(collected.doubts ?? []).map(({ message }) => message),
  ];
}
