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
} from "../../src/certificates/asn1/der-writer";
import type { TestKey } from "./key-layouts";

/** ecdsa-with-SHA256, whose values here are made up: nobody checks them. */
const SIGNATURE = writeAlgorithm("1.2.840.10045.4.3.2");
const utf8 = (text: string): Buffer => writeElement(0x0c, Buffer.from(text));
const time = (text: string): Buffer => writeElement(0x17, Buffer.from(text));
const name = (oid: string, value: string): Buffer =>
  writeSequence(writeSetOf([writeSequence(writeObjectIdentifier(oid), utf8(value))]));
const COMMON_NAME = "2.5.4.3";
const DESCRIPTION = "2.5.4.13";
/** Of nobody. */
const UNKNOWN = "1.3.6.1.4.1.99999.7";

const ED25519_INFO = writeSequence(writeAlgorithm("1.3.101.112"), writeBitString(Buffer.alloc(32, 9)));

interface Parts {
  readonly subject?: Buffer;
  readonly publicKey?: Buffer;
  readonly extension?: Buffer;
  readonly signature?: Buffer;
  readonly validity?: Buffer;
  /** Behind the public key. */
  readonly surplus?: Buffer;
}

function certificate({ subject, publicKey, extension, signature, validity, surplus }: Parts): Buffer {
  const issuer = name(COMMON_NAME, "Example CA");
  const tbs = writeSequence(
    writeContext(0, writeInteger(2)),
    writeInteger(7),
    SIGNATURE,
    issuer,
    validity ?? writeSequence(time("260101000000Z"), time("301231235959Z")),
    subject ?? name(COMMON_NAME, "inside.example"),
    publicKey ?? ED25519_INFO,
    ...(surplus === undefined ? [] : [surplus]),
    ...(extension === undefined ? [] : [writeContext(3, writeSequence(extension))]),
  );
  return writeSequence(tbs, SIGNATURE, writeBitString(signature ?? Buffer.alloc(64, 5)));
}

function request(...attributes: readonly Buffer[]): Buffer {
  const info = writeSequence(
    writeInteger(0),
    name(COMMON_NAME, "inside.example"),
    ED25519_INFO,
    writeContext(0, ...attributes),
  );
  return writeSequence(info, SIGNATURE, writeBitString(Buffer.alloc(64, 5)));
}

const extension = (oid: string, value: Buffer): Buffer =>
  writeSequence(writeObjectIdentifier(oid), writeOctetString(value));
const attribute = (oid: string, value: Buffer): Buffer =>
  writeSequence(writeObjectIdentifier(oid), writeSetOf([value]));
const base64 = ({ pkcs8 }: TestKey): string => pkcs8.toString("base64");

/** Public objects in which somebody has put a private key. */
export const KEYS_INSIDE: readonly (readonly [name: string, kind: string, der: (key: TestKey) => Buffer])[] = [
  ["an unknown extension", "Certificate", ({ pkcs8 }) => certificate({ extension: extension(UNKNOWN, pkcs8) })],
  [
    "an unknown extension, the older form",
    "Certificate",
    ({ traditional }) => certificate({ extension: extension(UNKNOWN, writeOctetString(traditional)) }),
  ],
  [
    "an unknown extension as text",
    "Certificate",
    (key) => certificate({ extension: extension(UNKNOWN, utf8(base64(key))) }),
  ],
  [
    "a known extension that is damaged",
    "Certificate",
    ({ pkcs8 }) => certificate({ extension: extension("2.5.29.15", pkcs8) }),
  ],
  [
    "another name",
    "Certificate",
    ({ pkcs8 }) =>
      certificate({
        extension: extension(
          "2.5.29.17",
          writeSequence(writeContext(0, writeObjectIdentifier(UNKNOWN), writeContext(0, pkcs8))),
        ),
      }),
  ],
  ["the common name", "Certificate", (key) => certificate({ subject: name(COMMON_NAME, base64(key)) })],
  ["a description", "Certificate", (key) => certificate({ subject: name(DESCRIPTION, `key=${base64(key)}`) })],
  [
    "the public key",
    "Certificate",
    ({ pkcs8 }) => certificate({ publicKey: writeSequence(writeAlgorithm(UNKNOWN), writeBitString(pkcs8)) }),
  ],
  ["the signature", "Certificate", ({ pkcs8 }) => certificate({ signature: pkcs8 })],
  ["an attribute of a request", "Certificate request", ({ pkcs8 }) => request(attribute(UNKNOWN, pkcs8))],
  ["an attribute of a request as text", "Certificate request", (key) => request(attribute(UNKNOWN, utf8(base64(key))))],
  [
    "an extension of a request",
    "Certificate request",
    ({ pkcs8 }) => request(attribute("1.2.840.113549.1.9.14", writeSequence(extension(UNKNOWN, pkcs8)))),
  ],
  // Fields that cannot be read, of a certificate that is shown all the same.
  ["a public key", "Certificate", ({ pkcs8 }) => certificate({ publicKey: writeSequence(writeOctetString(pkcs8)) })],
  ["a subject", "Certificate", ({ pkcs8 }) => certificate({ subject: writeSequence(writeOctetString(pkcs8)) })],
  ["a validity", "Certificate", ({ pkcs8 }) => certificate({ validity: writeSequence(writeOctetString(pkcs8)) })],
  ["extensions", "Certificate", ({ pkcs8 }) => certificate({ extension: writeOctetString(pkcs8) })],
  ["a surplus field", "Certificate", ({ pkcs8 }) => certificate({ surplus: writeOctetString(pkcs8) })],
  ["a surplus field itself", "Certificate", ({ pkcs8 }) => certificate({ surplus: pkcs8 })],
  ["an identifier", "Certificate", ({ pkcs8 }) => certificate({ surplus: writeContext(1, pkcs8) })],
];
