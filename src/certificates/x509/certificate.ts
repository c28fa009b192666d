import { amount, phrase, type Phrase } from "../../words/phrase";
import { hash } from "node:crypto";
import { readElement, type Element, type Reader } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { CONSTRUCTED, Tag, explicit, implicit } from "../asn1/tag";
import { readTime } from "../asn1/time";
import { readBigInteger, readDecimal, readInteger } from "../asn1/value";
import type { Extension, ExtensionValue } from "../extensions/extension";
import { readExtensions } from "../extensions/reader";
import { readAlgorithm, unreadableAlgorithm, type AlgorithmIdentifier } from "../keys/algorithm";
import { readPublicKey, unreadablePublicKey, type PublicKey } from "../keys/public-key";
import { readName, type Name } from "../names/name";

/**
 * A certificate (RFC 5280 section 4.1), every field decoded. Plain data that can be converted to JSON and back: times
 * are epoch ms, bytes are lower-case hex, big numbers upper-case hex. A field that could not be read is named in
 * {@link unreadable}.
 */
export interface Certificate {
  /** 1, 2 or 3, or any other number as encoded. 0 if it could not be read. */
  readonly version: number;
  readonly serialNumber: SerialNumber;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /**
   * Present if the signed part names a different algorithm from the outer one, which RFC 5280 section 4.1.1.2 forbids.
   */
  readonly innerSignatureAlgorithm?: AlgorithmIdentifier;
  readonly issuer: Name;
  readonly validity: Validity;
  readonly subject: Name;
  readonly publicKey: PublicKey;
  readonly issuerUniqueID?: string;
  readonly subjectUniqueID?: string;
  readonly extensions: readonly Extension[];
  readonly signature: string;
  /** Of the whole encoding. */
  readonly fingerprints: { readonly sha1: string; readonly sha256: string };
  /** Bytes of the encoding. */
  readonly size: number;
  /** Present if the encoding is BER and not DER, which RFC 5280 section 4.1 forbids. */
  readonly beyondDer?: true;
  /** Fields that could not be read; each has an empty value. Absent if all could be read. */
  readonly unreadable?: readonly UnreadableField[];
}

/** A field of a certificate that could not be read, while the others could. */
export interface UnreadableField {
  readonly field: CertificateField;
  /** What is wrong with it, and where: a sentence without its full stop. */
  readonly problem: Phrase;
}

/** Fields by their names in RFC 5280 section 4.1; `tbsCertificate` means what follows its last field. */
export type CertificateField =
  | "version"
  | "serialNumber"
  | "signatureAlgorithm"
  | "signature"
  | "issuer"
  | "notBefore"
  | "notAfter"
  | "subject"
  | "subjectPublicKeyInfo"
  | "issuerUniqueID"
  | "subjectUniqueID"
  | "extensions"
  | "signatureValue"
  | "tbsCertificate";

export interface SerialNumber {
  /** Without leading zero bytes; negative ones begin with "-". Empty if it could not be read. */
  readonly hex: string;
  /** Absent beyond 64 bytes. */
  readonly decimal?: string;
  /** Bytes of the encoding; at most 20 are allowed (RFC 5280 section 4.1.2.2). */
  readonly octets: number;
}

/** Epoch ms; both ends are included (RFC 5280 section 4.1.2.5). An end that could not be read is absent. */
export interface Validity {
  readonly notBefore?: number;
  readonly notAfter?: number;
}

/** Certificates in use are far smaller; mark certificates with a picture have 50 kB. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Decodes a certificate without the crypto engine, which knows fewer types of keys; it only computes hashes. A field
 * that is damaged inside is `unreadable` and does not hide the others.
 * @throws DerError when it does not have the structure of a certificate: the right types of fields, in the right order
 */
export function decodeCertificate(der: Uint8Array): Certificate {
  const frame = readFrame(der);
  try {
    return decodeFields(frame, STRICT);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    const reading = new LenientReading();
    return { ...decodeFields(frame, reading), unreadable: reading.unreadable };
  }
}

/** The elements of a certificate, none of which is read yet. */
function readFrame(der: Uint8Array) {
  const certificate = readElement(der, Tag.SEQUENCE, "Certificate");
  if (der.length > MAX_BYTES) certificate.refuse(phrase("A certificate of {0} bytes is too large", amount(der.length)));
  const outer = certificate.open();
  const tbs = outer.expect(Tag.SEQUENCE, "tbsCertificate").open();
  const signatureAlgorithm = outer.expect(Tag.SEQUENCE, "signatureAlgorithm");
  const signatureValue = outer.expect(Tag.BIT_STRING, "signatureValue");
  outer.finish("Certificate");
  const version = tbs.optional(explicit(0));
  const serialNumber = tbs.expect(Tag.INTEGER, "serialNumber");
  const signature = tbs.expect(Tag.SEQUENCE, "signature");
  const issuer = nameIn(tbs, "issuer");
  const validity = tbs.expect(Tag.SEQUENCE, "validity");
  const subject = nameIn(tbs, "subject");
  const subjectPublicKeyInfo = tbs.expect(Tag.SEQUENCE, "subjectPublicKeyInfo");
  const issuerUniqueID = uniqueId(tbs, 1);
  const subjectUniqueID = uniqueId(tbs, 2);
  const inPlace = tbs.optional(explicit(3));
  const surplus = tbs.more ? restOf(tbs) : [];
  return {
    der,
    certificate,
    signatureAlgorithm,
    signatureValue,
    version,
    serialNumber,
    signature,
    issuer,
    validity,
    subject,
    subjectPublicKeyInfo,
    issuerUniqueID,
    subjectUniqueID,
    // An unexpected element before the extensions must not hide them.
    extensions: inPlace ?? surplus.find(({ identifier }) => identifier === explicit(3)),
    surplus,
  };
}

/** For names, OpenSSL does not check the constructed bit. */
export const nameIn = (tbs: Reader, what: "issuer" | "subject"): Element =>
  tbs.optional(Tag.SEQUENCE & ~CONSTRUCTED) ?? tbs.expect(Tag.SEQUENCE, what);

function restOf(reader: Reader): readonly Element[] {
  const elements: Element[] = [];
  while (reader.more) elements.push(reader.next());
  return elements;
}

function refuseSurplus({ start }: Element): never {
  throw new DerError("trailing", start, phrase("{0} has too many elements", "TBSCertificate"));
}

/** [1] or [2] IMPLICIT BIT STRING; BER may split it into pieces. */
const uniqueId = (tbs: Reader, number: number) => tbs.optional(implicit(number)) ?? tbs.optional(explicit(number));

type Frame = ReturnType<typeof readFrame>;

/** The reader of one field, and the value if it cannot be read. */
interface FieldReading {
  read<T>(field: CertificateField, element: Element, read: (element: Element) => T, empty: (element: Element) => T): T;
}

/** The path for nearly all certificates: it ends at the first damage. */
const STRICT: FieldReading = { read: (_field, element, read) => read(element) };

/** Notes damaged fields and continues. */
class LenientReading implements FieldReading {
  readonly unreadable: UnreadableField[] = [];

  read<T>(field: CertificateField, element: Element, read: (element: Element) => T, empty: (element: Element) => T): T {
    try {
      return read(element);
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      this.unreadable.push({ field, problem: error.said });
      return empty(element);
    }
  }
}

function decodeFields(frame: Frame, reading: FieldReading): Certificate {
  const { certificate, der, signature, signatureAlgorithm, issuerUniqueID, subjectUniqueID, extensions } = frame;
  const decoded = {
    version: frame.version === undefined ? 1 : reading.read("version", frame.version, readVersion, noVersion),
    serialNumber: reading.read("serialNumber", frame.serialNumber, readSerialNumber, noSerialNumber),
    signatureAlgorithm: reading.read("signatureAlgorithm", signatureAlgorithm, readAlgorithm, unreadableAlgorithm),
    issuer: reading.read("issuer", frame.issuer, readName, noName),
    validity: readValidity(frame.validity, reading),
    subject: reading.read("subject", frame.subject, readName, noName),
    publicKey: reading.read("subjectPublicKeyInfo", frame.subjectPublicKeyInfo, readPublicKey, unreadablePublicKey),
    extensions: extensions === undefined ? [] : reading.read("extensions", extensions, readExtensionList, noExtensions),
    signature: reading.read("signatureValue", frame.signatureValue, bitsOf, noBits),
    fingerprints: { sha1: hash("sha1", der), sha256: hash("sha256", der) },
    size: der.length,
  };
  const [surplus] = frame.surplus;
  if (surplus !== undefined) reading.read("tbsCertificate", surplus, refuseSurplus, nothing);
  const sameAlgorithm = signature.wholeHex === signatureAlgorithm.wholeHex;
  const isPlain = sameAlgorithm && issuerUniqueID === undefined && subjectUniqueID === undefined;
  if (isPlain && !certificate.beyondDer) return decoded;
  return {
    ...decoded,
    ...(sameAlgorithm
      ? {}
      : { innerSignatureAlgorithm: reading.read("signature", signature, readAlgorithm, unreadableAlgorithm) }),
    ...(issuerUniqueID === undefined
      ? {}
      : { issuerUniqueID: reading.read("issuerUniqueID", issuerUniqueID, bitsOf, noBits) }),
    ...(subjectUniqueID === undefined
      ? {}
      : { subjectUniqueID: reading.read("subjectUniqueID", subjectUniqueID, bitsOf, noBits) }),
    ...(certificate.beyondDer ? { beyondDer: true } : {}),
  };
}

const nothing = (): undefined => undefined;
const noVersion = (): number => 0;
const noSerialNumber = ({ length }: Element): SerialNumber => ({ hex: "", octets: length });
const noName = (): Name => ({ text: "", rdns: [] });
const noExtensions = (): Extension[] => [];
const bitsOf = (element: Element): string => element.bitsHex();
const noBits = (): string => "";

/** [0] EXPLICIT INTEGER, one less than the version. @throws DerError */
function readVersion(element: Element): number {
  const content = element.open();
  const version = 1 + readInteger(content.expect(Tag.INTEGER, "version"), "version");
  content.finish("version");
  return version;
}

function readExtensionList(element: Element): Extension[] {
  const content = element.open();
  const extensions = readExtensions(content.expect(Tag.SEQUENCE, "extensions"));
  content.finish("extensions");
  return extensions;
}

/** @throws DerError */
function readSerialNumber(element: Element): SerialNumber {
  const hex = readBigInteger(element);
  const number = readDecimal(hex);
  const { length: octets } = element;
  return number === undefined ? { hex, octets } : { hex, decimal: number, octets };
}

function readValidity(element: Element, reading: FieldReading): Validity {
  const parts = element.open();
  const next = () => readTime(parts.next());
  const notBefore = reading.read<number | undefined>("notBefore", element, next, nothing);
  const notAfter = reading.read<number | undefined>("notAfter", element, next, nothing);
  if (parts.more) reading.read("notAfter", element, () => parts.finish("Validity"), nothing);
  if (notBefore !== undefined && notAfter !== undefined) return { notBefore, notAfter };
  return { ...(notBefore !== undefined && { notBefore }), ...(notAfter !== undefined && { notAfter }) };
}

/** Whether a time (epoch ms) lies in a validity; false if its ends are unknown. */
export function isInForce({ notBefore, notAfter }: Validity, at: number): boolean {
  return notBefore !== undefined && notAfter !== undefined && notBefore <= at && at <= notAfter;
}

/**
 * The value of the first extension of a type that could be read, for example `extensionOf(certificate,
 * "subjectAltName")`.
 */
export function extensionOf<T extends ExtensionValue["type"]>(
  holder: { readonly extensions: readonly Extension[] },
  type: T,
): (ExtensionValue & { readonly type: T }) | undefined {
  for (const { value } of holder.extensions) if (isOfType(value, type)) return value;
  return undefined;
}

/**
 * Whether there is an extension of a type, but none of that type could be read: then its value is unknown, but it is
 * not absent. The same applies if the list of extensions could not be read.
 */
export function isUnreadable(
  holder: Pick<Certificate, "extensions" | "unreadable">,
  type: ExtensionValue["type"],
): boolean {
  if (extensionOf(holder, type) !== undefined) return false;
  // One whose type cannot be read may be of any type.
  const isDamaged = holder.extensions.some(
    ({ oid, value }) => value.type === "unreadable" && (oid === "" || value.of?.includes(type) === true),
  );
  return isDamaged || (holder.unreadable?.some(({ field }) => field === "extensions") ?? false);
}

function isOfType<T extends ExtensionValue["type"]>(
  value: ExtensionValue,
  type: T,
): value is ExtensionValue & { readonly type: T } {
  return value.type === type;
}
