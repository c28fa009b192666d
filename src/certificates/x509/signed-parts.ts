import { nameIn } from "./certificate";
import { readElement, type Element, type Reader } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag, explicit } from "../asn1/tag";
import { readAlgorithm, unreadableAlgorithm, type AlgorithmIdentifier } from "../keys/algorithm";

/**
 * The signed content and its signature: the three parts that certificates, revocation lists, requests and OCSP
 * responses have in common.
 */
export interface Signed {
  /** The encoding that the signature covers. */
  readonly content: Element;
  readonly algorithm: AlgorithmIdentifier;
  readonly signature: Buffer;
  /** What follows: the responder's certificates of an OCSP response. */
  readonly rest: Reader;
}

/**
 * Reads SEQUENCE { content SEQUENCE, AlgorithmIdentifier, BIT STRING, … } (RFC 5280 sections 4.1 and 5.1, RFC 6960
 * section 4.2.1).
 * @throws DerError
 */
export function readSigned(outer: Element): Signed {
  const parts = outer.open();
  const content = parts.expect(Tag.SEQUENCE, "toBeSigned");
  const algorithmElement = parts.expect(Tag.SEQUENCE, "signatureAlgorithm");
  const algorithm = readable(() => readAlgorithm(algorithmElement)) ?? unreadableAlgorithm(algorithmElement);
  const bits = parts.expect(Tag.BIT_STRING, "signature");
  const signature = readable(() => wholeBytes(bits)) ?? NOTHING;
  return { content, algorithm, signature, rest: parts };
}

/** A signature is a whole number of bytes: OpenSSL, BoringSSL and Go reject one with unused bits. */
function wholeBytes(bits: Element): Buffer {
  const { unused, bytes } = bits.bits();
  return unused === 0 ? bytes : NOTHING;
}

/** Damaged parts are empty, so that signatures with them never verify. */
const NOTHING = Buffer.alloc(0);

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** Encoded parts of a certificate: views of its bytes. */
export interface CertificateParts {
  readonly signed: Signed;
  readonly issuer: Buffer;
  readonly subject: Buffer;
  /** SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Buffer;
  /** Content of the BIT STRING subjectPublicKey. */
  readonly keyBits: Buffer;
  /** The whole INTEGER. */
  readonly serialNumber: Buffer;
}

/**
 * The encoded parts of a certificate, for computations over the encoding.
 * @throws DerError
 */
export function certificateParts(der: Uint8Array): CertificateParts {
  const signed = readSigned(readElement(der, Tag.SEQUENCE, "Certificate"));
  const tbs = signed.content.open();
  tbs.optional(explicit(0));
  const serialNumber = tbs.expect(Tag.INTEGER, "serialNumber");
  tbs.expect(Tag.SEQUENCE, "signature");
  const issuer = nameIn(tbs, "issuer");
  tbs.expect(Tag.SEQUENCE, "validity");
  const subject = nameIn(tbs, "subject");
  const publicKeyInfo = tbs.expect(Tag.SEQUENCE, "subjectPublicKeyInfo");
  return {
    signed,
    issuer: issuer.bytes,
    subject: subject.bytes,
    publicKeyInfo: publicKeyInfo.bytes,
    keyBits: readable(() => keyBitsOf(publicKeyInfo)) ?? NOTHING,
    serialNumber: serialNumber.bytes,
  };
}

function keyBitsOf(publicKeyInfo: Element): Buffer {
  const key = publicKeyInfo.open();
  key.expect(Tag.SEQUENCE, "SubjectPublicKeyInfo.algorithm");
  return key.expect(Tag.BIT_STRING, "subjectPublicKey").bits().bytes;
}
