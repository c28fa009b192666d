import { messageSaid } from "./said-message";
import { caWord } from "./ca-words";
import type { RevocationState } from "../../certificates/revocation/revocation";
import { lastStanding } from "./said";
import type { CollectedCertificate, Order, RevocationNote } from "./order";
import { english, type Localize } from "../../words/localize";

/** Whether a certificate of an order is known to be revoked: by its status services, or by the CA's words or answer. */
export function isRevoked(order: Order, collected: CollectedCertificate): boolean {
  const { revocation } = order;
  return (revocation?.leaf === collected.leaf && revocation.state === "revoked") || isRevokedByCa(order, collected);
}

/** Whether the CA says in its words or answer about an order that it revoked the order's certificate. */
export function isRevokedByCa(order: Order, collected: CollectedCertificate): boolean {
  const { detail, certificates } = order;
  const isNewest = certificates[0]?.leaf === collected.leaf;
  return refusedWith(order, collected) === REVOKED || (isNewest && caWord(detail?.detail)?.word === "revoked");
}

/**
 * What a check of its revocation leaves with an order; `undefined` if what is known stays: a revoked certificate is
 * revoked until a server says that it is good (a hold ends, RFC 5280 section 5.3.1), whatever else it does not say.
 */
export function revocationToNote(
  found: RevocationState,
  known: RevocationNote["state"] | undefined,
): RevocationNote["state"] | undefined {
  if (found === "good" || found === "revoked") return found;
  return known === "revoked" ? undefined : "unknown";
}

/** The CA's answer for a certificate that it has revoked (CollectSSL page, errorCode). */
const REVOKED = -21;
const REPLACED = -23;

/** Whether the CA says that it replaced a certificate of an order with another one. */
export const isReplaced = (order: Order, collected: CollectedCertificate): boolean =>
  refusedWith(order, collected) === REPLACED ||
  (order.certificates[0]?.leaf === collected.leaf && caWord(order.detail?.detail)?.word === "replaced");

/**
 * The code by which the CA refused to give this certificate, if that is the last it said of the order: whatever check
 * failed since, and however, takes nothing back.
 */
function refusedWith(order: Order, { leaf }: CollectedCertificate): number | undefined {
  const outcome = lastStanding(order)?.outcome;
  return order.certificates[0]?.leaf === leaf && outcome?.kind === "refused" ? outcome.code : undefined;
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
    ...(isRevoked(order, collected) ? [revokedSentence(order, collected, localize)] : []),
    ...(isReplaced(order, collected) ? [localize("The CA replaced it with another certificate.")] : []),
    ...(collected.doubts ?? []).map((doubt) => localize("{0}", messageSaid(doubt))),
  ];
}

function revokedSentence(order: Order, collected: CollectedCertificate, localize: Localize): string {
  return order.revocation?.issuer === true && !isRevokedByCa(order, collected)
    ? localize("A CA above it was revoked.")
    : localize("It was revoked.");
}
