import type { Locale } from "../../words/localize";
import { isRevoked, isRevokedByCa } from "../model/concerns";
import type { CollectedCertificate, Order } from "../model/order";
import { dateWords } from "./time-words";

/**
 * What the CA's servers, or its own words about the order, say about a revocation; `undefined` if it was not revoked.
 */
export function revokedWords(order: Order, collected: CollectedCertificate, locale: Locale): string | undefined {
  const { localize } = locale;
  const { revocation } = order;
  if (!isRevoked(order, collected)) return undefined;
  const isNoted = revocation?.leaf === collected.leaf && revocation.state === "revoked";
  // What the CA itself says of the certificate goes before what was found of a CA above it.
  if (!isNoted || (revocation.issuer === true && isRevokedByCa(order, collected))) return localize("Revoked");
  const { since, issuer } = revocation;
  const day = since === undefined ? undefined : dateWords(since, locale);
  if (issuer === true) {
    return day === undefined
      ? localize("A CA above it was revoked")
      : localize("A CA above it was revoked on {0}", day);
  }
  return day === undefined ? localize("Revoked") : localize("Revoked on {0}", day);
}
