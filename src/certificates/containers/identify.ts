import { readerOf, type Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag, describeIdentifier, explicit } from "../asn1/tag";
import { readOid } from "../asn1/value";

/** What an ASN.1 structure is, judged only by its shape: labels and file names can be wrong. */
export type Structure =
  | "certificate"
  | "certificateRequest"
  | "certificateList"
  | "publicKey"
  | "rsaPublicKey"
  | "privateKey"
  | "encryptedPrivateKey"
  | "signedData"
  | "otherContentInfo"
  | "certificateSequence"
  | "pfx"
  | "ocspResponse"
  | "parameters"
  | "dhParameters"
  | "unknown";

/** ContentInfo types (RFC 5652 section 4 and 5.1; Netscape's). */
export const ContentType = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  netscapeCertificateSequence: "2.16.840.1.113730.2.5",
} as const;

/** How many elements of a structure are enough to tell it from the others. */
const MAX_PROBED = 10;

/**
 * Identifies `element` by the types of the first elements of two levels, so that a structure damaged further inside is
 * still recognised.
 */
export function identify(element: Element): Structure {
  if (element.identifier === Tag.OBJECT_IDENTIFIER) return "parameters";
  if (element.identifier !== Tag.SEQUENCE) return "unknown";
  const parts = probe(element);
  const [first, second] = parts;
  if (first === undefined) return "unknown";
  switch (shape(parts, 3)) {
    case "SEQUENCE,SEQUENCE,BIT STRING":
      return signedStructure(first);
    case "SEQUENCE,BIT STRING":
      return probe(first)[0]?.identifier === Tag.OBJECT_IDENTIFIER ? "publicKey" : "unknown";
    case "SEQUENCE,OCTET STRING":
      return probe(first)[0]?.identifier === Tag.OBJECT_IDENTIFIER ? "encryptedPrivateKey" : "unknown";
    case "OBJECT IDENTIFIER,[0]":
      return contentInfo(first);
    case "OBJECT IDENTIFIER,SEQUENCE":
      return contentInfo(first) === "certificateSequence" ? "certificateSequence" : "unknown";
    case "INTEGER,SEQUENCE,OCTET STRING":
    case "INTEGER,OCTET STRING":
    case "INTEGER,OCTET STRING,[0]":
    case "INTEGER,OCTET STRING,[1]":
      // PKCS #8 (RFC 5958 section 2) and RFC 5915 section 3.
      return "privateKey";
    case "INTEGER,SEQUENCE":
    case "INTEGER,SEQUENCE,SEQUENCE":
      return second === undefined ? "unknown" : pfxOrCurve(second);
    case "INTEGER,INTEGER":
      // RFC 8017 appendix A.1.1; an ECDSA signature has the same shape and two numbers of one size.
      if (second === undefined || second.length > 8 || first.length < 32) return "unknown";
      return isGenerator(second) ? "dhParameters" : "rsaPublicKey";
    case "INTEGER,INTEGER,INTEGER":
      // RFC 8017 appendix A.1.2 has a version and eight numbers, OpenSSL's DSA keys six, parameters three large ones.
      // What may be a truncated key counts as one.
      if (parts.length >= 6 || first.length === 1) return "privateKey";
      return second !== undefined && isGenerator(second) && second.length <= 8 ? "dhParameters" : "parameters";
    case "INTEGER,SET,SEQUENCE":
      return "signedData";
    case "ENUMERATED":
    case "ENUMERATED,[0]":
      return "ocspResponse";
    default:
      return "unknown";
  }
}

/** Identifies the first element of some bytes; "unknown" where there is no readable element. */
export function structureOf(bytes: Uint8Array): Structure {
  try {
    return identify(readerOf(bytes).next());
  } catch (error) {
    if (error instanceof DerError) return "unknown";
    throw error;
  }
}

/** Whether an element is a certificate whose own tag was replaced by a context-specific one below 31. */
export function isTaggedCertificate(element: Element): boolean {
  if ((element.identifier & 0xe0) !== explicit(0) || element.tagNumber > 30) return false;
  const parts = probe(element);
  const [toBeSigned] = parts;
  return (
    toBeSigned !== undefined &&
    parts.length === 3 &&
    shape(parts, 3) === "SEQUENCE,SEQUENCE,BIT STRING" &&
    signedStructure(toBeSigned) === "certificate"
  );
}

/**
 * Whether the second of two numbers is the generator of Diffie-Hellman parameters (PKCS #3) and not an RSA exponent,
 * which is odd: programs use 2 and 5, and also 3. A 3 could be either; a label may decide.
 */
function isGenerator({ content }: Element): boolean {
  const last = content.at(-1) ?? 0;
  return last % 2 === 0 || (content.length === 1 && last === 5);
}

/** Certificate, CertificateList (RFC 5280 sections 4.1 and 5.1) and CertificationRequest (RFC 2986 section 4). */
function signedStructure(toBeSigned: Element): Structure {
  const parts = probe(toBeSigned);
  if (parts[0]?.identifier === explicit(0)) parts.shift();
  const types = shape(parts, 6);
  if (types === "INTEGER,SEQUENCE,SEQUENCE,SEQUENCE,SEQUENCE,SEQUENCE") return "certificate";
  if (/^(INTEGER,)?SEQUENCE,SEQUENCE,(UTCTime|GeneralizedTime)/.test(types)) return "certificateList";
  if (/^INTEGER,SEQUENCE,SEQUENCE(,\[0\])?$/.test(types)) return "certificateRequest";
  return "unknown";
}

/** Fields of curves (RFC 3279 section 2.3.5). */
const FIELD_TYPES = "1.2.840.10045.1.";

/**
 * A PFX has a ContentInfo after its version; a spelled-out curve (SpecifiedECDomain, SEC 1 appendix C.2) has its
 * field.
 */
function pfxOrCurve(second: Element): Structure {
  const [type] = probe(second);
  if (type?.identifier !== Tag.OBJECT_IDENTIFIER) return "unknown";
  return oidOf(type)?.startsWith(FIELD_TYPES) === true ? "parameters" : "pfx";
}

function contentInfo(type: Element): Structure {
  switch (oidOf(type)) {
    case ContentType.signedData:
      return "signedData";
    case ContentType.netscapeCertificateSequence:
      return "certificateSequence";
    case undefined:
      return "unknown";
    default:
      return "otherContentInfo";
  }
}

function oidOf(element: Element): string | undefined {
  try {
    return readOid(element);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** The first elements inside, as far as they can be read. */
function probe(element: Element): Element[] {
  const parts: Element[] = [];
  try {
    for (const reader = element.open(); reader.more && parts.length < MAX_PROBED;) parts.push(reader.next());
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
  }
  return parts;
}

/** The types of the first `count` parts, in ASN.1's words. */
function shape(parts: readonly Element[], count: number): string {
  return parts
    .slice(0, count)
    .map((part) => describeIdentifier(part.identifier, part.tagNumber))
    .join();
}
