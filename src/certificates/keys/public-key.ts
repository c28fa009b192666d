import { type Phrase } from "../../words/phrase";
import { hash } from "node:crypto";
import { readElement, type Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag } from "../asn1/tag";
import { readDecimal, isNegative, readOid, readUnsignedInteger } from "../asn1/value";
import { readAlgorithm, unreadableAlgorithm, type AlgorithmIdentifier } from "./algorithm";
import { CURVES } from "./algorithm-names";

/** A SubjectPublicKeyInfo (RFC 5280 section 4.1). */
export interface PublicKey {
  readonly algorithm: AlgorithmIdentifier;
  readonly key: KeyMaterial;
  /** SHA-256 of the SubjectPublicKeyInfo's encoding, lower-case hex; in base64 it is the pin of RFC 7469. */
  readonly sha256: string;
  /** SHA-1 of the bits of subjectPublicKey, lower-case hex: method 1 of RFC 5280 section 4.2.1.2. */
  readonly keyIdentifier: string;
}

/** The key itself, by kind. Numbers in upper-case hex, bytes in lower-case hex. */
export type KeyMaterial = RsaKey | EcKey | DsaKey | RawKey | UnreadableKey;

export interface RsaKey {
  readonly type: "RSA";
  /** Of the modulus. */
  readonly bits: number;
  readonly modulus: string;
  /** Decimal; hex where it has more than 64 bytes. */
  readonly exponent: string;
  /** Present where a number is encoded as negative because the leading zero byte is missing. */
  readonly negative?: true;
}

export interface EcKey {
  readonly type: "EC";
  /** By name, or by OID; absent where the parameters are spelled out. */
  readonly curve?: string;
  /** Of the field; absent for an unknown curve. */
  readonly bits?: number;
  readonly compressed: boolean;
  readonly point: string;
}

export interface DsaKey {
  readonly type: "DSA";
  /** Of p; absent where the parameters are inherited from the issuer. */
  readonly bits?: number;
  readonly p?: string;
  readonly q?: string;
  readonly g?: string;
  readonly y: string;
  /** As in {@link RsaKey}. */
  readonly negative?: true;
}

/** A key that is bytes without a structure: Ed25519, Ed448, X25519, X448, ML-DSA, SLH-DSA, ML-KEM. */
export interface RawKey {
  readonly type: "raw";
  readonly name: string;
  readonly value: string;
}

export interface UnreadableKey {
  readonly type: "unreadable";
  /** Absent for an unknown algorithm. */
  readonly problem?: Phrase;
  readonly value: string;
}

/**
 * Reads a SubjectPublicKeyInfo. A key of an unknown type, or one that is damaged inside, is `unreadable`.
 * @throws DerError when the outer structure is wrong
 */
export function readPublicKey(element: Element): PublicKey {
  const parts = element.open();
  const algorithmElement = parts.expect(Tag.SEQUENCE, "SubjectPublicKeyInfo.algorithm");
  const algorithm = readAlgorithm(algorithmElement);
  const bitString = parts.expect(Tag.BIT_STRING, "subjectPublicKey");
  parts.finish("SubjectPublicKeyInfo");
  const bits = bitString.bits().bytes;
  return {
    algorithm,
    key: keyMaterial(algorithm, algorithmElement, bitString),
    sha256: hash("sha256", element.bytes),
    keyIdentifier: hash("sha1", bits),
  };
}

/** What is known about a SubjectPublicKeyInfo that {@link readPublicKey} rejects: the hash of its encoding. */
export function unreadablePublicKey(element: Element): PublicKey {
  const first = firstSequence(element);
  return {
    algorithm: first === undefined ? { oid: "" } : unreadableAlgorithm(first),
    key: { type: "unreadable", value: element.hex },
    sha256: hash("sha256", element.bytes),
    keyIdentifier: "",
  };
}

function firstSequence(element: Element): Element | undefined {
  try {
    return element.open().optional(Tag.SEQUENCE);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** @throws DerError */
export function decodePublicKey(der: Uint8Array): PublicKey {
  return readPublicKey(readElement(der, Tag.SEQUENCE, "SubjectPublicKeyInfo"));
}

/**
 * A PKCS #1 RSAPublicKey (RFC 8017 appendix A.1.1) as the SubjectPublicKeyInfo that contains it, so that both have the
 * same hashes.
 * @throws DerError
 */
export function wrapRsaPublicKey(der: Uint8Array): Uint8Array {
  readElement(der, Tag.SEQUENCE, "RSAPublicKey");
  // SEQUENCE { SEQUENCE { rsaEncryption, NULL }, BIT STRING }
  const algorithm = Buffer.from("300d06092a864886f70d0101010500", "hex");
  const bits = Buffer.concat([header(Tag.BIT_STRING, der.length + 1), Buffer.of(0), der]);
  return Buffer.concat([header(Tag.SEQUENCE, algorithm.length + bits.length), algorithm, bits]);
}

function header(identifier: number, length: number): Buffer {
  if (length < 0x80) return Buffer.of(identifier, length);
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(length);
  const significant = octets.subarray(octets.findIndex((octet) => octet !== 0));
  return Buffer.concat([Buffer.of(identifier, 0x80 | significant.length), significant]);
}

function keyMaterial(algorithm: AlgorithmIdentifier, element: Element, bits: Element): KeyMaterial {
  try {
    switch (algorithm.name) {
      case "rsaEncryption":
      case "id-RSASSA-PSS":
      case "id-RSAES-OAEP":
        return rsaKey(bits);
      case "id-ecPublicKey":
      case "id-ecDH":
        return ecKey(element, bits);
      case "id-dsa":
        return dsaKey(element, bits);
      case undefined:
        return { type: "unreadable", value: bits.bitsHex() };
      default:
        return isRaw(algorithm.name)
          ? { type: "raw", name: algorithm.name, value: bits.bitsHex() }
          : { type: "unreadable", value: bits.bitsHex() };
    }
  } catch (error) {
    if (error instanceof DerError) return { type: "unreadable", problem: error.said, value: bits.bitsHex() };
    throw error;
  }
}

const isRaw = (name: string) => /^(Ed|X)\d|^(ML|SLH)-/.test(name);

/** RFC 8017 appendix A.1.1 */
function rsaKey(bits: Element): RsaKey {
  const content = bits.openEncoded();
  const parts = content.expect(Tag.SEQUENCE, "RSAPublicKey").open();
  content.finish("RSAPublicKey");
  const modulusElement = parts.expect(Tag.INTEGER, "modulus");
  const exponentElement = parts.expect(Tag.INTEGER, "publicExponent");
  parts.finish("RSAPublicKey");
  const modulus = readUnsignedInteger(modulusElement);
  const exponent = readUnsignedInteger(exponentElement);
  const key: RsaKey = { type: "RSA", bits: bitLength(modulus), modulus, exponent: readDecimal(exponent) ?? exponent };
  return isNegative(modulusElement) || isNegative(exponentElement) ? { ...key, negative: true } : key;
}

/** RFC 5480 section 2: parameters of a named curve, or the whole curve spelled out (SEC 1 appendix C.2). */
function ecKey(algorithm: Element, bits: Element): EcKey {
  const hex = bits.bitsHex();
  const point = { compressed: hex.startsWith("02") || hex.startsWith("03"), point: hex };
  const parts = algorithm.open();
  parts.next();
  const parameters = parts.next();
  if (parameters.identifier === Tag.OBJECT_IDENTIFIER) {
    const identifier = readOid(parameters);
    const curve = CURVES.get(identifier);
    if (curve === undefined) return { type: "EC", curve: identifier, ...point };
    return { type: "EC", curve: curve.name, bits: curve.bits, compressed: point.compressed, point: hex };
  }
  const specified = parameters.open();
  specified.expect(Tag.INTEGER, "ECParameters.version");
  const field = specified.expect(Tag.SEQUENCE, "fieldID").open();
  field.expect(Tag.OBJECT_IDENTIFIER, "fieldType");
  if (field.peek() !== Tag.INTEGER) return { type: "EC", ...point };
  return { type: "EC", bits: bitLength(readUnsignedInteger(field.next())), ...point };
}

/** RFC 3279 section 2.3.2 */
function dsaKey(algorithm: Element, bits: Element): DsaKey {
  const value = bits.openEncoded().expect(Tag.INTEGER, "DSAPublicKey");
  const y = readUnsignedInteger(value);
  const parts = algorithm.open();
  parts.next();
  const parameters = parts.optional(Tag.SEQUENCE)?.open();
  if (parameters === undefined) return { type: "DSA", y, ...(isNegative(value) && { negative: true }) };
  const numbers = ["p", "q", "g"].map((name) => parameters.expect(Tag.INTEGER, name));
  parameters.finish("Dss-Parms");
  const [p = "", q = "", g = ""] = numbers.map(readUnsignedInteger);
  const negative = [value, ...numbers].some(isNegative);
  return { type: "DSA", bits: bitLength(p), p, q, g, y, ...(negative && { negative: true }) };
}

/** Bits of a number in hex, without leading zero bits. */
function bitLength(hex: string): number {
  const first = Number.parseInt(hex.slice(0, 2), 16);
  return hex.length * 4 - (Math.clz32(first) - 24);
}
