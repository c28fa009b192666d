import { caWord } from "./ca-words";
import { lastSaid } from "./said";
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

/**
 * Reasons not to use a collected certificate, shown when it is opened or saved.
 * @returns sentences, the most important first; empty if there are none
 */
export function concernsOf(
  order: Order,
  collected: CollectedCertificate,
  localize: Localize = english,
): readonly string[] {
  const isNewest = order.certificates[0]?.leaf === collected.leaf;
  const outcome = lastSaid(order)?.outcome;
  const code = isNewest && outcome?.kind === "refused" ? outcome.code : undefined;
  const isReplaced = isNewest && (code === REPLACED || caWord(order.detail?.detail)?.word === "replaced");
  return [
    ...(code === REVOKED || isRevoked(order, collected) ? [localize("It was revoked.")] : []),
    ...(isReplaced ? [localize("The CA replaced it with another certificate.")] : []),
    ...(collected.doubts ?? []).map(({ message }) => message),
  ];
}
