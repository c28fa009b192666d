import { extensionOf, isUnreadable, type Certificate } from "./certificate";
import type { Name } from "../names/name";

/** A certificate with its encoding. */
export interface ChainMember {
  readonly der: Uint8Array;
  readonly certificate: Certificate;
}

/** Computed once per name, because names are compared again and again. */
const COMPARABLE = new WeakMap<Name, string>();

/** Names are compared without regard to case and width of spaces (RFC 5280 section 7.1). */
export function comparable(name: Name): string {
  const known = COMPARABLE.get(name);
  if (known !== undefined) return known;
  const text = name.text.replace(/\s+/g, " ").toLowerCase();
  COMPARABLE.set(name, text);
  return text;
}

/** Whether a certificate names itself as its issuer, with the same key as far as it says: a root. */
export function isSelfIssued(certificate: Certificate): boolean {
  return mayHaveIssued(certificate, certificate);
}

/**
 * Whether a certificate may be the issuer of another one, by name and key identifiers. The signature is not checked.
 */
export function mayHaveIssued(issuer: Certificate, subject: Certificate): boolean {
  return (
    !isNameUnreadable(issuer, "subject") &&
    !isNameUnreadable(subject, "issuer") &&
    comparable(issuer.subject) === comparable(subject.issuer) &&
    keysFit(issuer, subject)
  );
}

/** Whether a certificate's name could not be read: then it is empty, and nothing is known about it. */
export const isNameUnreadable = ({ unreadable }: Certificate, name: "issuer" | "subject"): boolean =>
  unreadable?.some(({ field }) => field === name) === true;

/** False if key identifiers, or the issuer's serial number, point to another certificate. */
export function keysFit(issuer: Certificate, subject: Certificate): boolean {
  const authority = extensionOf(subject, "authorityKeyIdentifier");
  const key = extensionOf(issuer, "subjectKeyIdentifier")?.keyIdentifier;
  if (authority?.keyIdentifier !== undefined && key !== undefined) return authority.keyIdentifier === key;
  const serial = authority?.authorityCertSerialNumber;
  return serial === undefined || serial === issuer.serialNumber.hex;
}

/**
 * Whether a certificate says that it is a CA's (RFC 5280 section 4.2.1.9); one of version 1 that names itself also
 * counts, and so does one with unreadable basic constraints whose key may sign certificates (section 4.2.1.3).
 */
export function isCa(certificate: Certificate): boolean {
  const constraints = extensionOf(certificate, "basicConstraints");
  if (constraints !== undefined) return constraints.ca;
  if (isUnreadable(certificate, "basicConstraints")) {
    return extensionOf(certificate, "keyUsage")?.usages.includes("keyCertSign") === true;
  }
  return certificate.version > 0 && certificate.version < 3 && isSelfIssued(certificate);
}
