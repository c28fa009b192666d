import { phrase } from "../../words/phrase";
import { readElement, type Element, type Reader } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { identify } from "../containers/identify";
import { CONSTRUCTED, Tag, explicit } from "../asn1/tag";
import { readOid } from "../asn1/value";
import {
  writeAlgorithm,
  writeBitString,
  writeContext,
  writeInteger,
  writeNull,
  writeOctetString,
  writeObjectIdentifier,
  writeSequence,
  writeUnsignedInteger,
} from "../asn1/der-writer";
import { CURVES, KEY_ALGORITHMS } from "./algorithm-names";
import { curveOfParameters } from "./curve-parameters";

/**
 * Keys as the crypto engine may see them: read by our own reader, measured, and encoded again, so that the engine only
 * receives what was measured. What engines do with a stranger's key may take a power of its size: computing the public
 * half of a DSA key of 32,768 bits takes 20 s. DSA and Diffie-Hellman are refused, as are RSA keys beyond these bounds
 * or with more than two primes, and unknown curves and algorithms. A known curve that is spelled out is passed on by
 * name.
 */

/** Bits of an RSA modulus; OpenSSL's own limit for verifying. */
const MAX_RSA_BITS = 16_384;
/** Up to this many bits of the modulus the exponent may be as long as it (OpenSSL's OPENSSL_RSA_SMALL_MODULUS_BITS). */
const SMALL_MODULUS_BITS = 3072;
/** Bits of the public exponent of a longer modulus (OpenSSL's OPENSSL_RSA_MAX_PUBEXP_BITS). */
const MAX_EXPONENT_BITS = 64;
/** Bytes of a key without a structure. ML-DSA's private keys have 4896. */
const MAX_RAW_BYTES = 8192;
/** Bytes of an algorithm's parameters. P-521 spelled out has 450. */
const MAX_PARAMETER_BYTES = 1024;

const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
const RSASSA_PSS = "1.2.840.113549.1.1.10";
const EC_PUBLIC_KEY = "1.2.840.10045.2.1";

/**
 * A SubjectPublicKeyInfo (RFC 5280 section 4.1) for the engine.
 * @returns `undefined` for a key that must not reach it, or that is damaged
 */
export function importablePublicKey(der: Uint8Array): Buffer | undefined {
  return orNothing(() => {
    const info = readElement(der, Tag.SEQUENCE, "SubjectPublicKeyInfo").open();
    const { type, parameters } = readAlgorithmParts(info.expect(Tag.SEQUENCE, "algorithm"));
    const { bytes } = info.expect(Tag.BIT_STRING, "subjectPublicKey").bits();
    switch (type) {
      case RSA_ENCRYPTION:
      case RSASSA_PSS: {
        const parts = readElement(bytes, Tag.SEQUENCE, "RSAPublicKey").open();
        const numbers = rsaPublicNumbers(parts);
        return (
          numbers &&
          writeSequence(
            rsaAlgorithm(type, parameters),
            writeBitString(writeSequence(...numbers.map(writeUnsignedInteger))),
          )
        );
      }
      case EC_PUBLIC_KEY: {
        const curve = namedCurve(parameters);
        if (curve === undefined || bytes.length > 1 + 2 * curve.octets) return undefined;
        return writeSequence(writeAlgorithm(type, writeObjectIdentifier(curve.oid)), writeBitString(bytes));
      }
      default:
        return isRaw(type) && bytes.length <= MAX_RAW_BYTES
          ? writeSequence(writeAlgorithm(type), writeBitString(bytes))
          : undefined;
    }
  });
}

/**
 * A private key in PKCS #8 (RFC 5958 section 2), PKCS #1 (RFC 8017 appendix A.1.2) or SEC 1 (RFC 5915 section 3), for
 * the engine as PKCS #8. The caller must overwrite it.
 * @returns `undefined` for a key that must not reach it, or that is damaged
 */
export function importablePrivateKey(der: Uint8Array): Buffer | undefined {
  return orNothing(() => {
    const key = readElement(der, Tag.SEQUENCE, "PrivateKeyInfo");
    if (identify(key) !== "privateKey") return undefined;
    const parts = key.open();
    const version = parts.expect(Tag.INTEGER, "version");
    switch (parts.peek()) {
      case Tag.SEQUENCE: {
        const { type, parameters } = readAlgorithmParts(parts.next());
        return importableContent(type, parameters, parts.expect(Tag.OCTET_STRING, "privateKey").octets());
      }
      case Tag.OCTET_STRING:
      case Tag.OCTET_STRING | CONSTRUCTED:
        return ecPrivateKey(key, undefined);
      default:
        // Version 1 has further primes (RFC 8017 appendix A.1.2).
        return version.length === 1 && version.content[0] === 0
          ? rsaPrivateKey(RSA_ENCRYPTION, undefined, key)
          : undefined;
    }
  });
}

function importableContent(type: string, parameters: Element | undefined, content: Buffer): Buffer | undefined {
  switch (type) {
    case RSA_ENCRYPTION:
    case RSASSA_PSS:
      return rsaPrivateKey(type, parameters, readElement(content, Tag.SEQUENCE, "RSAPrivateKey"));
    case EC_PUBLIC_KEY:
      return ecPrivateKey(readElement(content, Tag.SEQUENCE, "ECPrivateKey"), parameters);
    default:
      return isRaw(type) && content.length <= MAX_RAW_BYTES ? pkcs8(writeAlgorithm(type), content) : undefined;
  }
}

const pkcs8 = (identifier: Uint8Array, content: Uint8Array): Buffer =>
  writeSequence(writeInteger(0), identifier, writeOctetString(content));

function rsaPrivateKey(type: string, parameters: Element | undefined, key: Element): Buffer | undefined {
  const parts = key.open();
  const version = magnitude(parts.expect(Tag.INTEGER, "version"));
  if (version === undefined || version.length > 0) return undefined;
  const publicNumbers = rsaPublicNumbers(parts, false);
  // d, p, q, and the values derived from them.
  const others = Array.from({ length: 6 }, () => magnitude(parts.expect(Tag.INTEGER, "RSAPrivateKey")));
  if (publicNumbers === undefined || parts.more) return undefined;
  const numbers = others.flatMap((number) => number ?? []);
  const [modulus] = publicNumbers;
  if (numbers.length !== others.length || numbers.some((number) => number.length > modulus.length)) return undefined;
  const content = writeSequence(writeInteger(0), ...[...publicNumbers, ...numbers].map(writeUnsignedInteger));
  return pkcs8(rsaAlgorithm(type, parameters), content);
}

/** Modulus and public exponent, if they are within bounds. */
function rsaPublicNumbers(parts: Reader, alone = true): readonly [Buffer, Buffer] | undefined {
  const modulus = magnitude(parts.expect(Tag.INTEGER, "modulus"));
  const exponent = magnitude(parts.expect(Tag.INTEGER, "publicExponent"));
  if (alone) parts.finish("RSAPublicKey");
  if (modulus === undefined || exponent === undefined) return undefined;
  const bits = bitLength(modulus);
  const longest = bits > SMALL_MODULUS_BITS ? MAX_EXPONENT_BITS : bits;
  return bits > 0 && bits <= MAX_RSA_BITS && bitLength(exponent) <= longest ? [modulus, exponent] : undefined;
}

function rsaAlgorithm(type: string, parameters: Element | undefined): Buffer {
  if (type === RSA_ENCRYPTION) return writeAlgorithm(type, writeNull());
  return parameters === undefined ? writeAlgorithm(type) : writeAlgorithm(type, parameters.bytes);
}

/** @param outer parameters of the PKCS #8 around it; they must name the curve if the key itself does not */
function ecPrivateKey(key: Element, outer: Element | undefined): Buffer | undefined {
  const parts = key.open();
  parts.expect(Tag.INTEGER, "version");
  const secret = parts.expect(Tag.OCTET_STRING, "privateKey").octets();
  const inner = parts.optional(explicit(0))?.open().next();
  const publicKey = parts.optional(explicit(1))?.open().expect(Tag.BIT_STRING, "publicKey").bits().bytes;
  const curve = namedCurve(inner ?? outer);
  // The engine uses the parameters inside the key, whatever the outer ones say.
  if (curve === undefined || (outer !== undefined && namedCurve(outer)?.oid !== curve.oid)) return undefined;
  if (secret.length > curve.octets + 1 || (publicKey?.length ?? 0) > 1 + 2 * curve.octets) return undefined;
  const content = writeSequence(
    writeInteger(1),
    writeOctetString(secret),
    ...(publicKey === undefined ? [] : [writeContext(1, writeBitString(publicKey))]),
  );
  return pkcs8(writeAlgorithm(EC_PUBLIC_KEY, writeObjectIdentifier(curve.oid)), content);
}

function namedCurve(parameters: Element | undefined) {
  const identifier = parameters && curveOfParameters(parameters);
  const bits = identifier === undefined ? undefined : CURVES.get(identifier)?.bits;
  return identifier === undefined || bits === undefined ? undefined : { oid: identifier, octets: Math.ceil(bits / 8) };
}

/** Keys that are bytes of a fixed length. */
const isRaw = (type: string): boolean => /^(?:Ed|X)\d|^(?:ML|SLH)-/.test(KEY_ALGORITHMS.get(type) ?? "");

function readAlgorithmParts(identifier: Element) {
  const parts = identifier.open();
  const type = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "algorithm"));
  const parameters = parts.more ? parts.next() : undefined;
  parts.finish("AlgorithmIdentifier");
  if ((parameters?.length ?? 0) > MAX_PARAMETER_BYTES)
    identifier.refuse(phrase("{0} is too long", "AlgorithmIdentifier.parameters"));
  return { type, parameters };
}

/** Without leading zero bytes; `undefined` for a negative number, which keys do not have. */
function magnitude(number: Element): Buffer | undefined {
  const { content } = number;
  if (content.length === 0 || content.readUInt8(0) >= 0x80) return undefined;
  const first = content.findIndex((octet) => octet !== 0);
  return first < 0 ? Buffer.alloc(0) : content.subarray(first);
}

function bitLength(number: Buffer): number {
  return number.length === 0 ? 0 : number.length * 8 - (Math.clz32(number.readUInt8(0)) - 24);
}

function orNothing(make: () => Buffer | undefined): Buffer | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}
