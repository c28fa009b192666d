import { generateKeyPairSync, sign } from "node:crypto";
import {
  algorithm,
  bitString,
  context,
  element,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
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
const ECDSA = algorithm("1.2.840.10045.4.3.2");

export const ascii = (tag: number, text: string): Buffer => element(tag, Buffer.from(text, "latin1"));
export const utf8String = (text: string): Buffer => element(Tag.UTF8_STRING, Buffer.from(text));
export const utcTime = (text: string): Buffer => ascii(Tag.UTC_TIME, text);
export const generalizedTime = (text: string): Buffer => ascii(Tag.GENERALIZED_TIME, text);
export const attributeOf = (oid: string, value: Uint8Array): Buffer => sequence(objectIdentifier(oid), value);
export const nameOf = (...rdns: readonly (readonly Uint8Array[])[]): Buffer =>
  sequence(...rdns.map((rdn) => setOf(rdn)));
export const named = (text: string): Buffer => nameOf([attributeOf("2.5.4.3", utf8String(text))]);
export const extensionOfType = (oid: string, value: Uint8Array, ...between: readonly Uint8Array[]): Buffer =>
  sequence(objectIdentifier(oid), ...between, octetString(value));
export const TRUE = element(Tag.BOOLEAN, Buffer.of(0xff));
export const dnsNames = (...names: readonly string[]): Buffer =>
  extensionOfType("2.5.29.17", sequence(...names.map((name) => ascii(implicit(2), name))));
export const purposesOf = (...oids: readonly string[]): Buffer =>
  extensionOfType("2.5.29.37", sequence(...oids.map((oid) => objectIdentifier(oid))));
export const policiesOf = (...oids: readonly string[]): Buffer =>
  extensionOfType("2.5.29.32", sequence(...oids.map((oid) => sequence(objectIdentifier(oid)))));
/** @param bits the content of the BIT STRING, its count of unused bits first */
export const usagesOf = (...bits: readonly number[]): Buffer =>
  extensionOfType("2.5.29.15", element(Tag.BIT_STRING, Buffer.from(bits)), TRUE);
/** @param content of BasicConstraints */
export const constraintsOf = (...content: readonly Uint8Array[]): Buffer =>
  extensionOfType("2.5.29.19", sequence(...content), TRUE);

/** The content of a field's element. */
export const ISSUER = named("Example Test CA");
export const SUBJECT = named("case.example.test");
export const PUBLIC_KEY = keys.publicKey.export({ format: "der", type: "spki" });

/** A certificate for case.example.test, signed by a key of its own that nobody else has. Valid in 2026 and 2027. */
export function writtenCertificate(fields: WrittenFields = {}): Buffer {
  const { extensions = [dnsNames("case.example.test")], uniqueIds = [], surplus = [] } = fields;
  const notBefore = fields.notBefore ?? utcTime("260101000000Z");
  const tbs = sequence(
    fields.version ?? context(0, integer(2)),
    fields.serialNumber ?? integer(0x1122334455),
    fields.signature ?? ECDSA,
    fields.issuer ?? ISSUER,
    fields.validity ?? sequence(notBefore, fields.notAfter ?? utcTime("271231235959Z")),
    fields.subject ?? SUBJECT,
    fields.publicKey ?? PUBLIC_KEY,
    ...uniqueIds,
    fields.extensionField ?? context(3, sequence(...extensions)),
    ...surplus,
  );
  const signature = fields.signatureValue ?? bitString(sign("sha256", tbs, keys.privateKey));
  return sequence(tbs, fields.signatureAlgorithm ?? ECDSA, signature);
}
/** Epoch ms, at which it is valid. */
export const WRITTEN_NOW = Date.UTC(2026, 10, 27);
