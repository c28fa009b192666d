import { extensionOf, isUnreadable } from "../x509/certificate";
import { findRevoked, readCertificateList, type CertificateList } from "../x509/certificate-list";
import { isCa, type ChainMember } from "../x509/issuing";
import { readElement } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag } from "../asn1/tag";
import { judgeSignature } from "./ocsp";
import { signatureState } from "../x509/signature";
import { certificateParts, readSigned } from "../x509/signed-parts";
import { staleness, unusable, type Freshness, type StatusAnswer, type Unusable } from "./status-answer";
import { phrase } from "../../words/phrase";

/** Most bytes of a revocation list. Those of large public CAs have about 10 MB. */
export const MAX_LIST_BYTES = 32 * 1024 * 1024;

/** Extensions of a list that are processed here, so that they may be critical (RFC 5280 section 5.2). */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  "authorityKeyIdentifier",
  "issuerAltName",
  "cRLNumber",
  "issuingDistributionPoint",
  "authorityInfoAccess",
]);

/**
 * Checks a revocation list and looks a certificate up in it (RFC 5280 section 6.3.3): that it is from the
 * certificate's issuer, covers this kind of certificate, and is complete, signed and current. Never rejects.
 * @param url where it was fetched from, one of the certificate's distribution points
 * @param now epoch ms
 */
export async function readRevocationList(
  body: Uint8Array,
  url: string,
  subject: ChainMember,
  issuer: ChainMember,
  now: number,
): Promise<StatusAnswer> {
  try {
    const list = await readCertificateList(body);
    const freshness: Freshness =
      list.nextUpdate === undefined
        ? { thisUpdate: list.thisUpdate }
        : { thisUpdate: list.thisUpdate, nextUpdate: list.nextUpdate };
    return (
      judgeScope(list, url, subject, issuer) ??
      (await judgeListSignature(body, issuer)) ??
      staleness(freshness, now) ??
      (await lookUp(body, subject, freshness))
    );
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return unusable(
      "malformed",
      phrase("The downloaded data is not a revocation list, or is damaged: {0}.", error.said),
    );
  }
}

/** Whether the list covers such certificates completely. */
function judgeScope(
  list: CertificateList,
  url: string,
  { certificate }: ChainMember,
  issuer: ChainMember,
): Unusable | undefined {
  if (list.issuer.text !== certificate.issuer.text) {
    return unusable("wrong-signer", phrase("The revocation list is from another issuer."));
  }
  const usages = extensionOf(issuer.certificate, "keyUsage")?.usages;
  if (usages?.includes("cRLSign") === false) {
    return unusable("wrong-signer", phrase("The issuer's key may not sign revocation lists."));
  }
  if (list.extensions.some(({ critical, value }) => critical && !UNDERSTOOD.has(value.type))) {
    return unusable(
      "malformed",
      phrase("The revocation list has a critical extension that is unknown here, or is only a part of the whole list."),
    );
  }
  if (isUnreadable(list, "issuingDistributionPoint")) {
    return unusable(
      "malformed",
      phrase("The part of the revocation list that says which certificates it covers could not be read."),
    );
  }
  const scope = extensionOf(list, "issuingDistributionPoint");
  if (scope === undefined) return undefined;
  const kind = isCa(certificate) ? "caCerts" : "userCerts";
  const isOther = scope.onlyContains !== undefined && scope.onlyContains !== kind;
  const addresses = scope.fullName?.map((name) => (name.type === "uniformResourceIdentifier" ? name.value : ""));
  // The address identifies the part of a partitioned list.
  const isElsewhere = addresses !== undefined && !addresses.includes(url);
  if (isOther || isElsewhere || scope.indirectCRL || scope.onlySomeReasons !== undefined) {
    return unusable("other-certificate", phrase("The revocation list does not cover this certificate."));
  }
  return undefined;
}

async function judgeListSignature(body: Uint8Array, issuer: ChainMember): Promise<Unusable | undefined> {
  const signed = readSigned(readElement(body, Tag.SEQUENCE, "CertificateList"));
  return judgeSignature(await signatureState(signed, certificateParts(issuer.der).publicKeyInfo));
}

async function lookUp(body: Uint8Array, { certificate }: ChainMember, freshness: Freshness): Promise<StatusAnswer> {
  const entry = await findRevoked(body, certificate.serialNumber.hex);
  if (entry === undefined) return { status: "good", ...freshness };
  const reason = extensionOf(entry, "cRLReason")?.reason;
  const since = entry.revocationDate;
  return { status: "revoked", since, ...(reason === undefined ? {} : { reason }), ...freshness };
}
