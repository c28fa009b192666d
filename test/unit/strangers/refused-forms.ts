import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { certificateParts } from "../../../src/certificates/x509/signed-parts";
import { implicit, Tag } from "../../../src/certificates/asn1/tag";
import {
  writeAlgorithm,
  writeBitString,
  writeContext,
  writeElement,
  writeInteger,
  writeNull,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
  writeSetOf,
  writeUnsignedInteger,
} from "../../../src/certificates/asn1/der-writer";
import { decodePublicKey } from "../../../src/certificates/keys/public-key";
import type { RefusedForm } from "../../../src/certificates/checks/refusers";
import { pemFixture } from "../certificates/fixtures";
import {
  ascii,
  attributeOf,
  constraintsOf,
  extensionOfType,
  generalizedTime,
  nameOf,
  TRUE,
  usagesOf,
  utcTime,
  utf8String,
  type WrittenFields,
} from "./written-certificate";

/** Certificates of forms that programs refuse: for the findings about them, and for the programs themselves. */

export const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

/** By hand: an EC key with that point. */
export const ecKey = (curve: string, point: Uint8Array): Buffer =>
  writeSequence(writeAlgorithm("1.2.840.10045.2.1", writeObjectIdentifier(curve)), writeBitString(point));
export const CURVES = {
  "P-224": "1.3.132.0.33",
  "P-256": "1.2.840.10045.3.1.7",
  "P-384": "1.3.132.0.34",
  "P-521": "1.3.132.0.35",
  secp256k1: "1.3.132.0.10",
  brainpoolP256r1: "1.3.36.3.3.2.8.1.1.7",
  brainpoolP384r1: "1.3.36.3.3.2.8.1.1.11",
  brainpoolP512r1: "1.3.36.3.3.2.8.1.1.13",
} as const;
export const pointOn = (name: string): Buffer => {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: name });
  const key = decodePublicKey(publicKey.export({ format: "der", type: "spki" })).key;
  assert.ok(key.type === "EC");
  return hex(key.point);
};
const P256 = pointOn("P-256");
export const flipped = (point: Buffer): Buffer => {
  const copy = Buffer.from(point);
  copy[copy.length - 1]! ^= 1;
  return copy;
};
const hybrid = (point: Buffer): Buffer => Buffer.concat([Buffer.of(6 + (point.at(-1)! & 1)), point.subarray(1)]);
const compressed = (point: Buffer): Buffer =>
  Buffer.concat([Buffer.of(2 + (point.at(-1)! & 1)), point.subarray(1, 1 + (point.length - 1) / 2)]);
export const rsaKey = (
  modulus: Uint8Array,
  parameters: readonly Uint8Array[] = [writeNull()],
  exponent: Uint8Array = writeInteger(65537),
): Buffer =>
  writeSequence(
    writeAlgorithm("1.2.840.113549.1.1.1", ...parameters),
    writeBitString(writeSequence(modulus, exponent)),
  );
export const MODULUS = Buffer.alloc(256, 0xc1);
export const NEGATIVE = writeElement(Tag.INTEGER, MODULUS);

/** Its last bit is unused. */
const EVEN_P256 = (() => {
  for (;;) {
    const point = pointOn("P-256");
    if ((point.at(-1)! & 1) === 0) return point;
  }
})();

const ED25519 = "1.3.101.112";
/** P-256 with its parameters written out (SEC 1 appendix C.2), by OpenSSL. */
const WRITTEN_OUT = certificateParts(pemFixture("keys/explicit-curve.pem")).publicKeyInfo;

const PADDED_OID = writeElement(Tag.OBJECT_IDENTIFIER, hex("5504 8003"));
export const cn = (value: Buffer): Buffer => nameOf([attributeOf("2.5.4.3", value)]);

/** How OpenSSL takes it: `refused` when it reads it, `unverified` when it verifies, `taken`. */
export type Openssl = "refused" | "unverified" | "keyless" | "taken";

export const REFUSED_FORMS: readonly (readonly [
  what: string,
  fields: WrittenFields,
  /** {@link Finding.id} */
  id: string,
  says: RegExp,
  form: RefusedForm,
  openssl: Openssl,
])[] = [
  [
    "a padded serial number",
    { serialNumber: hex("0203 000012") },
    "encoding.integer",
    /serial number/,
    "integer",
    "refused",
  ],
  [
    "a padded negative serial number",
    { serialNumber: hex("0203 ffff85") },
    "encoding.integer",
    /./,
    "integer",
    "refused",
  ],
  [
    "a padded version",
    { version: writeContext(0, hex("0202 0002")) },
    "encoding.integer",
    /version/,
    "integer version",
    "refused",
  ],
  [
    "a padded path length",
    { extensions: [constraintsOf(TRUE, hex("0202 0001"))] },
    "encoding.integer",
    /Basic Constraints/,
    "integer extension",
    "taken",
  ],
  [
    "a padded OID of an attribute",
    { subject: nameOf([writeSequence(PADDED_OID, utf8String("a"))]) },
    "encoding.oid",
    /subject/,
    "oid",
    "refused",
  ],
  [
    "a padded OID of an extension",
    {
      extensions: [
        writeSequence(
          writeElement(Tag.OBJECT_IDENTIFIER, hex("551d 8011")),
          writeOctetString(writeSequence(ascii(implicit(2), "a.test"))),
        ),
      ],
    },
    "encoding.oid",
    /./,
    "oid",
    "refused",
  ],
  [
    "a padded OID that begins so",
    { signature: writeSequence(writeElement(Tag.OBJECT_IDENTIFIER, hex("80 2a0304"))) },
    "encoding.oid",
    /signature algorithm/,
    "oid",
    "refused",
  ],
  [
    "a padded purpose",
    {
      extensions: [
        extensionOfType("2.5.29.37", writeSequence(writeElement(Tag.OBJECT_IDENTIFIER, hex("2b0601050507 038001")))),
      ],
    },
    "encoding.oid",
    /Extended Key Usage|Purposes|Key/,
    "oid extension",
    "taken",
  ],
  [
    "a start without seconds",
    { notBefore: utcTime("2601010000Z") },
    "encoding.time",
    /no seconds/,
    "utc-seconds",
    "unverified",
  ],
  [
    "an end with an offset",
    { notAfter: utcTime("491231235959+0100") },
    "encoding.time",
    /offset/,
    "utc-offset",
    "unverified",
  ],
  [
    "a GeneralizedTime without seconds",
    { notAfter: generalizedTime("205112312359Z") },
    "encoding.time",
    /no seconds/,
    "time-seconds",
    "unverified",
  ],
  [
    "a GeneralizedTime with a fraction",
    { notAfter: generalizedTime("20511231235959.5Z") },
    "encoding.time",
    /fraction/,
    "time-fraction",
    "unverified",
  ],
  [
    "a GeneralizedTime with an offset",
    { notAfter: generalizedTime("20511231235959-0500") },
    "encoding.time",
    /offset/,
    "time-offset",
    "unverified",
  ],
  [
    "a critical flag of 01",
    {
      extensions: [
        extensionOfType(
          "2.5.29.37",
          writeSequence(writeObjectIdentifier(SERVER_AUTH)),
          writeElement(Tag.BOOLEAN, Buffer.of(1)),
        ),
      ],
    },
    "encoding.boolean",
    /./,
    "boolean",
    "taken",
  ],
  [
    "a CA flag of 01",
    { extensions: [constraintsOf(writeElement(Tag.BOOLEAN, Buffer.of(1)))] },
    "encoding.boolean",
    /Basic Constraints/,
    "boolean",
    "taken",
  ],
  [
    "a PrintableString with an at sign",
    { subject: cn(ascii(Tag.PRINTABLE_STRING, "a@b.test")) },
    "encoding.string",
    /PrintableString/,
    "characters",
    "taken",
  ],
  [
    "a PrintableString with an umlaut",
    { issuer: cn(ascii(Tag.PRINTABLE_STRING, "B\u00e4cker")) },
    "encoding.string",
    /issuer/,
    "characters",
    "taken",
  ],
  [
    "an IA5String with eight bits",
    { subject: cn(ascii(Tag.IA5_STRING, "B\u00e4cker")) },
    "encoding.string",
    /IA5String/,
    "characters",
    "taken",
  ],
  [
    "a NumericString of letters",
    { subject: cn(ascii(Tag.NUMERIC_STRING, "12a")) },
    "encoding.string",
    /NumericString/,
    "characters",
    "taken",
  ],
  [
    "a UTF8String that is Latin-1",
    { subject: cn(ascii(Tag.UTF8_STRING, "B\u00e4cker")) },
    "encoding.string",
    /UTF8String/,
    "utf8",
    "refused",
  ],
  [
    "a BMPString of half a character",
    { subject: cn(writeElement(Tag.BMP_STRING, hex("004100"))) },
    "encoding.string",
    /BMPString/,
    "half-character",
    "refused",
  ],
  [
    "a BMPString with surrogates",
    { subject: cn(writeElement(Tag.BMP_STRING, hex("d83dde00"))) },
    "encoding.string",
    /surrogates/,
    "surrogates",
    "refused",
  ],
  [
    "a UniversalString of three bytes",
    { subject: cn(writeElement(Tag.UNIVERSAL_STRING, hex("000041"))) },
    "encoding.string",
    /UniversalString/,
    "part-of-character",
    "refused",
  ],
  [
    "an empty part of the issuer",
    { issuer: writeSequence(writeElement(Tag.SET), writeSetOf([attributeOf("2.5.4.3", utf8String("CA"))])) },
    "encoding.rdn",
    /issuer, a part is empty/,
    "rdn",
    "taken",
  ],
  [
    "an empty part of the subject",
    { subject: writeSequence(writeElement(Tag.SET), writeSetOf([attributeOf("2.5.4.3", utf8String("a"))])) },
    "encoding.rdn",
    /subject, a part is empty/,
    "rdn",
    "taken",
  ],
  [
    "a value that is a number",
    { subject: cn(writeInteger(4)) },
    "encoding.value",
    /subject, a value is not text but of the type INTEGER/,
    "value-type",
    "refused",
  ],
  [
    "a value of the issuer that has a tag of its own",
    { issuer: cn(ascii(implicit(0), "a")) },
    "encoding.value",
    /issuer/,
    "value-type",
    "refused",
  ],
  [
    "a value that is an OID",
    { subject: cn(writeObjectIdentifier("1.2.3")) },
    "encoding.value",
    /./,
    "value-type",
    "refused",
  ],
  [
    "a value that is a VisibleString",
    { subject: cn(ascii(Tag.VISIBLE_STRING, "a")) },
    "encoding.value",
    /VisibleString/,
    "value-type",
    "refused",
  ],
  [
    "a value that is an EMBEDDED PDV",
    { subject: cn(ascii(0x0b, "a")) },
    "encoding.value",
    /./,
    "value-type-boring",
    "taken",
  ],
  [
    "a value of nine unused bits",
    { subject: cn(hex("030209aa")) },
    "encoding.value",
    /more bits than it has/,
    "value-bits",
    "refused",
  ],
  [
    "an RSA key without NULL",
    { publicKey: rsaKey(writeUnsignedInteger(MODULUS), []) },
    "encoding.rsa-null",
    /./,
    "rsa-null",
    "taken",
  ],
  [
    "a point off the curve",
    { publicKey: ecKey(CURVES["P-256"], flipped(P256)) },
    "encoding.ec-point",
    /is not on its curve/,
    "point-off-the-curve",
    "keyless",
  ],
  [
    "a point that is too short",
    { publicKey: ecKey(CURVES["P-521"], pointOn("P-384")) },
    "encoding.ec-point",
    /number of bytes/,
    "point-size",
    "keyless",
  ],
  [
    "the point at infinity",
    { publicKey: ecKey(CURVES["P-256"], Buffer.of(0)) },
    "encoding.ec-point",
    /infinity/,
    "point-infinity",
    "taken",
  ],
  [
    "a point in hybrid form",
    { publicKey: ecKey(CURVES["P-256"], hybrid(P256)) },
    "encoding.ec-point",
    /hybrid form/,
    "point-hybrid",
    "taken",
  ],
  [
    "a compressed point",
    { publicKey: ecKey(CURVES["P-256"], compressed(P256)) },
    "encoding.ec-point",
    /compressed form/,
    "point-compressed",
    "taken",
  ],
  [
    "a curve that is not known",
    { publicKey: ecKey("1.2.3.4", P256) },
    "encoding.ec-curve",
    /1\.2\.3\.4/,
    "curve",
    "keyless",
  ],
  [
    "a curve that is written out",
    { publicKey: WRITTEN_OUT },
    "encoding.ec-parameters",
    /spells out its curve instead of naming it/,
    "written-curve",
    "taken",
  ],
  [
    "a signature that is not made of bytes",
    { signatureValue: hex("0303 04 aab0") },
    "encoding.signature-bits",
    /./,
    "signature-bits",
    "taken",
  ],
  [
    "a key that is not made of bytes",
    {
      publicKey: writeSequence(
        writeAlgorithm("1.2.840.10045.2.1", writeObjectIdentifier(CURVES["P-256"])),
        writeElement(Tag.BIT_STRING, Buffer.of(1), EVEN_P256),
      ),
    },
    "encoding.key-bits",
    /./,
    "key-bits",
    "taken",
  ],
  [
    "an Ed25519 key with NULL",
    { publicKey: writeSequence(writeAlgorithm(ED25519, writeNull()), writeBitString(Buffer.alloc(32, 0x42))) },
    "encoding.key-parameters",
    /Ed25519/,
    "key-parameters",
    "keyless",
  ],
  [
    "an Ed25519 key of 31 bytes",
    { publicKey: writeSequence(writeAlgorithm(ED25519), writeBitString(Buffer.alloc(31, 0x42))) },
    "encoding.key-length",
    /31 bytes instead of 32/,
    "key-length",
    "keyless",
  ],
  [
    "a key usage whose unused bits are set",
    { extensions: [usagesOf(5, 0x87)] },
    "encoding.bits",
    /Key Usage/,
    "bits",
    "taken",
  ],
  ["a negative modulus", { publicKey: rsaKey(NEGATIVE) }, "key.negative", /./, "negative", "taken"],
];
