import { generateKeyPairSync, sign } from "node:crypto";
import {
  writeAlgorithm,
  writeBitString,
  writeContext,
  writeElement,
  writeInteger,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
  writeSetOf,
} from "../../../src/certificates/asn1/der-writer";
import { Tag, implicit } from "../../../src/certificates/asn1/tag";

/** Elements of a certificate in the place of ours, which are as they should be: whole elements, right or wrong. */
export interface WrittenFields {
  readonly version?: Uint8Array;
  readonly serialNumber?: Uint8Array;
  readonly signature?: Uint8Array;
  readonly issuer?: Uint8Array;
  readonly notBefore?: Uint8Array;
  readonly notAfter?: Uint8Array;
  /** In the place of both times. */
  readonly validity?: Uint8Array;
  readonly subject?: Uint8Array;
  readonly publicKey?: Uint8Array;
  readonly uniqueIds?: readonly Uint8Array[];
  /** Of the list, each one whole. */
  readonly extensions?: readonly Uint8Array[];
  /** In the place of the whole [3]. */
  readonly extensionField?: Uint8Array;
  /** Behind the last field. */
  readonly surplus?: readonly Uint8Array[];
  readonly signatureAlgorithm?: Uint8Array;
  readonly signatureValue?: Uint8Array;
}

const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ECDSA = writeAlgorithm("1.2.840.10045.4.3.2");

export const ascii = (tag: number, text: string): Buffer => writeElement(tag, Buffer.from(text, "latin1"));
export const utf8String = (text: string): Buffer => writeElement(Tag.UTF8_STRING, Buffer.from(text));
export const utcTime = (text: string): Buffer => ascii(Tag.UTC_TIME, text);
export const generalizedTime = (text: string): Buffer => ascii(Tag.GENERALIZED_TIME, text);
export const attributeOf = (oid: string, value: Uint8Array): Buffer => writeSequence(writeObjectIdentifier(oid), value);
export const nameOf = (...rdns: readonly (readonly Uint8Array[])[]): Buffer =>
  writeSequence(...rdns.map((rdn) => writeSetOf(rdn)));
export const named = (text: string): Buffer => nameOf([attributeOf("2.5.4.3", utf8String(text))]);
export const extensionOfType = (oid: string, value: Uint8Array, ...between: readonly Uint8Array[]): Buffer =>
  writeSequence(writeObjectIdentifier(oid), ...between, writeOctetString(value));
export const TRUE = writeElement(Tag.BOOLEAN, Buffer.of(0xff));
export const dnsNames = (...names: readonly string[]): Buffer =>
  extensionOfType("2.5.29.17", writeSequence(...names.map((name) => ascii(implicit(2), name))));
export const purposesOf = (...oids: readonly string[]): Buffer =>
  extensionOfType("2.5.29.37", writeSequence(...oids.map((oid) => writeObjectIdentifier(oid))));
export const policiesOf = (...oids: readonly string[]): Buffer =>
  extensionOfType("2.5.29.32", writeSequence(...oids.map((oid) => writeSequence(writeObjectIdentifier(oid)))));
/** @param bits the content of the BIT STRING, its count of unused bits first */
export const usagesOf = (...bits: readonly number[]): Buffer =>
  extensionOfType("2.5.29.15", writeElement(Tag.BIT_STRING, Buffer.from(bits)), TRUE);
/** @param content of BasicConstraints */
export const constraintsOf = (...content: readonly Uint8Array[]): Buffer =>
  extensionOfType("2.5.29.19", writeSequence(...content), TRUE);

/** The content of a field's element. */
export const ISSUER = named("Example Test CA");
export const SUBJECT = named("case.example.test");
export const PRIVATE_KEY = keys.privateKey.export({ format: "pem", type: "pkcs8" });
export const PUBLIC_KEY = keys.publicKey.export({ format: "der", type: "spki" });

/** A certificate for case.example.test, signed by a key of its own that nobody else has. Valid in 2026 and 2027. */
export function writtenCertificate(fields: WrittenFields = {}): Buffer {
  const { extensions = [dnsNames("case.example.test")], uniqueIds = [], surplus = [] } = fields;
  const notBefore = fields.notBefore ?? utcTime("260101000000Z");
  const tbs = writeSequence(
    fields.version ?? writeContext(0, writeInteger(2)),
    fields.serialNumber ?? writeInteger(0x1122334455),
    fields.signature ?? ECDSA,
    fields.issuer ?? ISSUER,
    fields.validity ?? writeSequence(notBefore, fields.notAfter ?? utcTime("271231235959Z")),
    fields.subject ?? SUBJECT,
    fields.publicKey ?? PUBLIC_KEY,
    ...uniqueIds,
    fields.extensionField ?? writeContext(3, writeSequence(...extensions)),
    ...surplus,
  );
  const signature = fields.signatureValue ?? writeBitString(sign("sha256", tbs, keys.privateKey));
  return writeSequence(tbs, fields.signatureAlgorithm ?? ECDSA, signature);
}
/** Epoch ms, at which it is valid. */
export const WRITTEN_NOW = Date.UTC(2026, 10, 27);
