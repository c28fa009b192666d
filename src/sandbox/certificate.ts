import { createHash, randomBytes } from "node:crypto";
import { derBitString, derContext, derInteger, derSequence, derTime } from "./der";
import { signature, signatureAlgorithm, subjectPublicKey, type KeyPair } from "./keys";

/** The content of a certificate of any kind. */
export interface ToBeSigned {
  /** A Name in DER. */
  readonly subject: Uint8Array;
  readonly keys: Pick<KeyPair, "publicKeyInfo">;
  /** Epoch ms, as is the next. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly issuer: { readonly name: Uint8Array; readonly keys: KeyPair };
  readonly serialNumber: Uint8Array;
  /** Each an Extension in DER. */
  readonly extensions: readonly Uint8Array[];
}

/** 128 random bits, the first one 0 and the second 1: positive, and of constant length (RFC 5280 section 4.1.2.2). */
export function newSerialNumber(): Uint8Array {
  const octets = randomBytes(16);
  octets.writeUInt8((octets.readUInt8(0) & 0x3f) | 0x40, 0);
  return octets;
}

/** The TBSCertificate in DER (RFC 5280 section 4.1.2). */
export function encodeToBeSigned(parts: ToBeSigned): Uint8Array {
  return derSequence(
    derContext(0, derInteger(2)),
    derInteger(parts.serialNumber),
    signatureAlgorithm(parts.issuer.keys.kind),
    parts.issuer.name,
    derSequence(derTime(parts.notBefore), derTime(parts.notAfter)),
    parts.subject,
    parts.keys.publicKeyInfo,
    derContext(3, derSequence(...parts.extensions)),
  );
}

/** The certificate in DER, signed by its issuer. */
export function signCertificate(parts: ToBeSigned): Uint8Array {
  return signed(encodeToBeSigned(parts), parts.issuer.keys);
}

/** What is signed, with the algorithm and the signature: a certificate, a request, a revocation list. */
export function signed(content: Uint8Array, keys: KeyPair): Uint8Array {
  return derSequence(content, signatureAlgorithm(keys.kind), derBitString(signature(keys, content)));
}

/** RFC 5280 section 4.2.1.2, method 1: SHA-1 of the subjectPublicKey's bits. */
export function keyIdentifier(keys: Pick<KeyPair, "publicKeyInfo">): Uint8Array {
  return createHash("sha1").update(subjectPublicKey(keys)).digest();
}
