import { hash } from "node:crypto";
import { readElement, type Element } from "./containers/der";
import { Tag, explicit, implicit } from "./containers/tag";
import { time } from "./containers/time";
import { bigInteger, decimal, integer } from "./containers/value";
import type { Extension, ExtensionValue } from "./extensions/extension";
import { readExtensions } from "./extensions/reader";
import { readAlgorithm, type AlgorithmIdentifier } from "./keys/algorithm";
import { readPublicKey, type PublicKey } from "./keys/public-key";
import { readName, type Name } from "./names/name";

/**
 * A certificate (RFC 5280 section 4.1), every field decoded. Plain data that survives JSON: times are epoch ms, bytes
 * are lower-case hex, big numbers upper-case hex.
 */
export interface Certificate {
  /** 1, 2 or 3. */
  readonly version: number;
  readonly serialNumber: SerialNumber;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /**
   * Present where the signed part names another algorithm than the one around it, which RFC 5280 section 4.1.1.2
   * forbids.
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
  /** Present where the encoding is BER and not DER, which RFC 5280 section 4.1 forbids. */
  readonly beyondDer?: true;
}

export interface SerialNumber {
  /** Without leading zero bytes; negative ones begin with "-". */
  readonly hex: string;
  /** Absent beyond 64 bytes. */
  readonly decimal?: string;
  /** Bytes of the encoding; at most 20 are allowed (RFC 5280 section 4.1.2.2). */
  readonly octets: number;
}

/** Epoch ms; both ends are included (RFC 5280 section 4.1.2.5). */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** No certificate in use comes near; mark certificates with a picture have 50 kB. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Decodes a certificate without the crypto engine, which knows fewer kinds of keys; it is asked for hashes alone.
 * @throws DerError when it is no certificate or is damaged; damage inside one extension or key is told there instead
 */
export function decodeCertificate(der: Uint8Array): Certificate {
  const certificate = readElement(der, Tag.SEQUENCE, "Certificate");
  if (der.length > MAX_BYTES) certificate.refuse(`A certificate of ${der.length} bytes is too large`);
  const outer = certificate.open();
  const tbs = outer.expect(Tag.SEQUENCE, "tbsCertificate").open();
  const outerAlgorithm = outer.expect(Tag.SEQUENCE, "signatureAlgorithm");
  const signature = outer.expect(Tag.BIT_STRING, "signatureValue");
  outer.finish("Certificate");

  const version = tbs.optional(explicit(0));
  const serialNumber = tbs.expect(Tag.INTEGER, "serialNumber");
  const innerAlgorithm = tbs.expect(Tag.SEQUENCE, "signature");
  const issuer = tbs.expect(Tag.SEQUENCE, "issuer");
  const validity = tbs.expect(Tag.SEQUENCE, "validity");
  const subject = tbs.expect(Tag.SEQUENCE, "subject");
  const publicKey = tbs.expect(Tag.SEQUENCE, "subjectPublicKeyInfo");
  const issuerUniqueID = tbs.optional(implicit(1));
  const subjectUniqueID = tbs.optional(implicit(2));
  const extensions = tbs.optional(explicit(3));
  tbs.finish("TBSCertificate");

  const decoded = {
    version: version === undefined ? 1 : 1 + integer(version.open().expect(Tag.INTEGER, "version"), "version"),
    serialNumber: readSerialNumber(serialNumber),
    signatureAlgorithm: readAlgorithm(outerAlgorithm),
    issuer: readName(issuer),
    validity: readValidity(validity),
    subject: readName(subject),
    publicKey: readPublicKey(publicKey),
    extensions: extensions === undefined ? [] : readExtensions(extensions.open().expect(Tag.SEQUENCE, "extensions")),
    signature: signature.bitsHex(),
    fingerprints: { sha1: hash("sha1", der), sha256: hash("sha256", der) },
    size: der.length,
  };
  const sameAlgorithm = innerAlgorithm.wholeHex === outerAlgorithm.wholeHex;
  const isPlain = sameAlgorithm && issuerUniqueID === undefined && subjectUniqueID === undefined;
  if (isPlain && !certificate.beyondDer) return decoded;
  return {
    ...decoded,
    ...(sameAlgorithm ? {} : { innerSignatureAlgorithm: readAlgorithm(innerAlgorithm) }),
    ...(issuerUniqueID === undefined ? {} : { issuerUniqueID: issuerUniqueID.bitsHex() }),
    ...(subjectUniqueID === undefined ? {} : { subjectUniqueID: subjectUniqueID.bitsHex() }),
    ...(certificate.beyondDer ? { beyondDer: true } : {}),
  };
}

/** @throws DerError */
export function readSerialNumber(element: Element): SerialNumber {
  const hex = bigInteger(element);
  const number = decimal(hex);
  const { length: octets } = element;
  return number === undefined ? { hex, octets } : { hex, decimal: number, octets };
}

function readValidity(element: Element): Validity {
  const parts = element.open();
  const notBefore = time(parts.next());
  const notAfter = time(parts.next());
  parts.finish("Validity");
  return { notBefore, notAfter };
}

/**
 * The value of the first extension of a type that could be read, for instance `extensionOf(certificate,
 * "subjectAltName")`.
 */
export function extensionOf<T extends ExtensionValue["type"]>(
  holder: { readonly extensions: readonly Extension[] },
  type: T,
): (ExtensionValue & { readonly type: T }) | undefined {
  for (const { value } of holder.extensions) if (isOfType(value, type)) return value;
  return undefined;
}

function isOfType<T extends ExtensionValue["type"]>(
  value: ExtensionValue,
  type: T,
): value is ExtensionValue & { readonly type: T } {
  return value.type === type;
}
