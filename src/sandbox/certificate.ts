import { createHash, randomBytes } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  Extensions,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
  type Extension,
  type Name,
} from "@peculiar/asn1-x509";
import { derBitString, derSequence } from "./der";
import { bufferOf, signature, signatureAlgorithm, type KeyPair } from "./keys";

/** The content of a certificate of any kind. */
export interface ToBeSigned {
  readonly subject: Name;
  readonly keys: Pick<KeyPair, "publicKeyInfo">;
  /** Epoch ms, as is the next. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly issuer: { readonly name: Name; readonly keys: KeyPair };
  readonly serialNumber: Uint8Array;
  readonly extensions: readonly Extension[];
}

/** 128 random bits, the first one 0 and the second 1: positive, and of constant length (RFC 5280 section 4.1.2.2). */
export function newSerialNumber(): Uint8Array {
  const octets = randomBytes(16);
  octets.writeUInt8((octets.readUInt8(0) & 0x3f) | 0x40, 0);
  return octets;
}

function toBeSigned(parts: ToBeSigned): TBSCertificate {
  return new TBSCertificate({
    version: Version.v3,
    serialNumber: bufferOf(parts.serialNumber),
    signature: signatureAlgorithm(parts.issuer.keys.kind),
    issuer: parts.issuer.name,
    validity: new Validity({ notBefore: new Date(parts.notBefore), notAfter: new Date(parts.notAfter) }),
    subject: parts.subject,
    subjectPublicKeyInfo: AsnConvert.parse(parts.keys.publicKeyInfo, SubjectPublicKeyInfo),
    extensions: new Extensions([...parts.extensions]),
  });
}

/** The TBSCertificate in DER (RFC 5280 section 4.1.2). */
export function encodeToBeSigned(parts: ToBeSigned): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(toBeSigned(parts)));
}

/** The certificate in DER, signed by its issuer. */
export function signCertificate(parts: ToBeSigned): Uint8Array {
  const { keys } = parts.issuer;
  // The library would encode the first part, which is nearly everything, again.
  const tbsCertificate = encodeToBeSigned(parts);
  const algorithm = new Uint8Array(AsnConvert.serialize(signatureAlgorithm(keys.kind)));
  return derSequence(tbsCertificate, algorithm, derBitString(new Uint8Array(signature(keys, tbsCertificate))));
}

/** RFC 5280 section 4.2.1.2, method 1: SHA-1 of the subjectPublicKey's bits. */
export function keyIdentifier(keys: Pick<KeyPair, "publicKeyInfo">): Uint8Array {
  const { subjectPublicKey } = AsnConvert.parse(keys.publicKeyInfo, SubjectPublicKeyInfo);
  return createHash("sha1").update(new Uint8Array(subjectPublicKey)).digest();
}
