import { phrase } from "../../words/phrase";
import type { Element } from "../asn1/der";
import { readTime } from "../asn1/time";
import { readBigInteger, readInteger, readOid } from "../asn1/value";
import { readGeneralNames, type GeneralName } from "../names/general-name";

/** Extensions of revocation lists and their entries (RFC 5280 sections 5.2 and 5.3). */

/** Upper-case hex. */
export interface CrlNumber {
  readonly type: "cRLNumber" | "deltaCRLIndicator";
  readonly number: string;
}

export interface ReasonCode {
  readonly type: "cRLReason";
  readonly reason: CrlReason;
}

/** CRLReason by its numbers; 7 is not used. */
const CRL_REASONS = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "unused",
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

export type CrlReason = (typeof CRL_REASONS)[number];

/** Epoch ms. `expiredCertsOnCRL`: X.509 section 9.5.2.8; `crlNextPublish`: Microsoft's 1.3.6.1.4.1.311.21.4. */
export interface RevocationTime {
  readonly type: "invalidityDate" | "expiredCertsOnCRL" | "crlNextPublish";
  readonly at: number;
}

export interface CertificateIssuer {
  readonly type: "certificateIssuer";
  readonly names: readonly GeneralName[];
}

export interface HoldInstruction {
  readonly type: "holdInstructionCode";
  readonly oid: string;
}

export const crlNumber =
  (type: CrlNumber["type"]) =>
  (element: Element): CrlNumber => ({ type, number: readBigInteger(element) });

export const revocationTime =
  (type: RevocationTime["type"]) =>
  (element: Element): RevocationTime => ({ type, at: readTime(element) });

/** @throws DerError */
export function readReasonCode(element: Element): ReasonCode {
  const reason = CRL_REASONS[readInteger(element, "CRLReason")];
  return { type: "cRLReason", reason: reason ?? element.refuse(phrase("This CRLReason is unknown")) };
}

/** @throws DerError */
export function readCertificateIssuer(element: Element): CertificateIssuer {
  return { type: "certificateIssuer", names: readGeneralNames(element.open()) };
}

/** @throws DerError */
export function readHoldInstruction(element: Element): HoldInstruction {
  return { type: "holdInstructionCode", oid: readOid(element) };
}
