import { hash } from "node:crypto";
import { readElement } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag } from "../asn1/tag";
import {
  writeAlgorithm,
  writeBitString,
  writeNull,
  writeObjectIdentifier,
  writeSequence,
  writeUnsignedInteger,
} from "../asn1/der-writer";
import type { AlgorithmIdentifier } from "./algorithm";
import { curveOfParameters } from "./curve-parameters";
import { uncompressedPoint } from "./point";
import { decodePublicKey, type KeyMaterial, type PublicKey, type UnreadableKey } from "./public-key";

/**
 * The identity of a public key, however it is encoded: SHA-256 in lower-case hex of its standard SubjectPublicKeyInfo.
 * All comparisons of keys use this; the hash of the actual encoding (a pin) is `PublicKey.sha256`, which is the same
 * for a key in its standard encoding.
 *
 * One key may be encoded in several ways: rsaEncryption with NULL or, though RFC 3279 section 2.3.1 forbids it,
 * without parameters; numbers with leading zeros; a point compressed or not (RFC 5480 section 2.2), on a curve that is
 * named or spelled out (SEC 1 appendix C.2).
 *
 * The algorithm is part of it: a key for RSASSA-PSS differs from an rsaEncryption key with the same numbers, because
 * RFC 4055 section 1.2 keeps the two apart, and so do servers (OpenSSL refuses a certificate of one with a private key
 * of the other: "key type mismatch"). The hash function to which it is restricted is not part of it.
 */
export function keyIdentity(publicKey: PublicKey): string {
  const known = identities.get(publicKey);
  if (known !== undefined) return known;
  const { key } = publicKey;
  // For unknown algorithms, nobody can tell which encodings are the same key.
  const identity =
    key.type === "unreadable" ? publicKey.sha256 : hash("sha256", canonicalForm(publicKey.algorithm, key));
  identities.set(publicKey, identity);
  return identity;
}

const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";

const identities = new WeakMap<PublicKey, string>();

/** @see keyIdentity */
export function isSameKey(one: PublicKey, other: PublicKey): boolean {
  return one.sha256 === other.sha256 || keyIdentity(one) === keyIdentity(other);
}

/** {@link keyIdentity} of a SubjectPublicKeyInfo. @throws DerError */
export function keyIdentityOf(publicKeyInfo: Uint8Array): string {
  return keyIdentity(decodePublicKey(publicKeyInfo));
}

/** The SubjectPublicKeyInfo of a key, or a text that represents one without a standard form. */
function canonicalForm(
  { oid, parameters }: AlgorithmIdentifier,
  key: Exclude<KeyMaterial, UnreadableKey>,
): Buffer | string {
  switch (key.type) {
    case "RSA": {
      const exponent = hexOf(key.exponent);
      if (exponent === undefined || key.modulus.startsWith("-")) return [oid, key.modulus, key.exponent].join();
      const numbers = writeSequence(...[key.modulus, exponent].map(number));
      return publicKeyInfo(oid === RSA_ENCRYPTION ? writeAlgorithm(oid, writeNull()) : writeAlgorithm(oid), numbers);
    }
    case "EC": {
      const curve = curveOf(parameters);
      if (curve === undefined) return [oid, parameters, key.point].join();
      return publicKeyInfo(
        writeAlgorithm(oid, writeObjectIdentifier(curve)),
        bytesOf(uncompressedPoint(curve, key.point)),
      );
    }
    case "DSA": {
      const { p, q, g, y } = key;
      if (p === undefined || q === undefined || g === undefined) return [oid, y].join();
      return publicKeyInfo(writeAlgorithm(oid, writeSequence(...[p, q, g].map(number))), number(y));
    }
    case "raw":
      return publicKeyInfo(writeAlgorithm(oid), bytesOf(key.value));
  }
}

const publicKeyInfo = (identifier: Buffer, bits: Buffer): Buffer => writeSequence(identifier, writeBitString(bits));

const bytesOf = (hex: string): Buffer => Buffer.from(hex, "hex");

/** @param hex of a non-negative number, without leading zero bytes */
const number = (hex: string): Buffer => writeUnsignedInteger(bytesOf(hex));

/** An exponent of up to 64 bits, the most that engines accept, from its decimal form. */
function hexOf(exponent: string): string | undefined {
  if (!/^\d{1,20}$/.test(exponent)) return undefined;
  const hex = BigInt(exponent).toString(16);
  return hex.length % 2 === 1 ? `0${hex}` : hex;
}

/** The OID of the curve that parameters name or spell out; `undefined` if unknown. */
function curveOf(parameters: string | undefined): string | undefined {
  if (parameters === undefined) return undefined;
  const bytes = Buffer.from(parameters, "hex");
  try {
    const identifier = bytes[0] === Tag.OBJECT_IDENTIFIER ? Tag.OBJECT_IDENTIFIER : Tag.SEQUENCE;
    return curveOfParameters(readElement(bytes, identifier, "ECParameters"));
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}
