import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import {
  writeElement,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
} from "../../../../src/certificates/asn1/der-writer";
import { Tag, explicit } from "../../../../src/certificates/asn1/tag";
import type { CtLog, CtLogList } from "../../../../src/certificates/transparency/log-list";

/** Logs and certificates of the tests' own. The signed bytes are put together here by a second reading of RFC 6962. */

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 10, 28);
const BEGIN = Date.UTC(2026, 10, 1);
/** When a leaf of 90 days ends. */
export const ENDS = BEGIN + 90 * DAY - 1000;

export interface OwnLog {
  readonly id: Buffer;
  readonly log: CtLog;
  readonly privateKey: KeyObject;
}

const EC = Array.from({ length: 4 }, () => generateKeyPairSync("ec", { namedCurve: "P-256" }));
const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 });

const USABLE = { name: "usable", since: 0, asOf: "2026-11-20" } as const;

export function ownLog(index: number | "rsa", more: Partial<CtLog> = {}): OwnLog {
  const { publicKey, privateKey } = (index === "rsa" ? RSA : EC[index]) ?? RSA;
  const key = publicKey.export({ format: "der", type: "spki" });
  const log: CtLog = {
    name: `Log ${index}`,
    operator: `Operator ${index}`,
    key: key.toString("base64"),
    type: "rfc6962",
    interval: { start: Date.UTC(2027, 0, 1), end: Date.UTC(2027, 6, 1) },
    chrome: USABLE,
    apple: USABLE,
    ...more,
  };
  return { id: createHash("sha256").update(key).digest(), log, privateKey };
}

export const listOf = (...logs: readonly OwnLog[]): CtLogList => ({
  asOf: "2026-11-20",
  logs: new Map(logs.map(({ id, log }) => [id.toString("base64"), log])),
});

export interface Stamp {
  readonly by: OwnLog;
  readonly at?: number;
  readonly extensions?: Buffer;
  readonly algorithm?: readonly [hash: number, signature: number];
  readonly version?: number;
}

const vector = (octets: number, content: Uint8Array): Buffer => {
  const length = Buffer.alloc(octets);
  length.writeUIntBE(content.length, 0, octets);
  return Buffer.concat([length, content]);
};

function stampBytes(
  { by, at = BEGIN, extensions = Buffer.alloc(0), ...stamp }: Stamp,
  tbs: Buffer,
  issuerHash: Buffer,
) {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(at));
  const entry = Buffer.concat([Buffer.from([0, 1]), issuerHash, vector(3, tbs), vector(2, extensions)]);
  const signature = sign("sha256", Buffer.concat([Buffer.from([0, 0]), time, entry]), by.privateKey);
  const algorithm = stamp.algorithm ?? [4, by.privateKey.asymmetricKeyType === "rsa" ? 1 : 3];
  const head = Buffer.concat([Buffer.from([stamp.version ?? 0]), by.id, time, vector(2, extensions)]);
  return vector(2, Buffer.concat([head, Buffer.from(algorithm), vector(2, signature)]));
}

export const leafIndexOf = (index: number): Buffer => {
  const bytes = Buffer.from([0, 0, 5, 0, 0, 0, 0, 0]);
  bytes.writeUIntBE(index, 3, 5);
  return bytes;
};

const ISSUER = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ECDSA = writeSequence(writeObjectIdentifier("1.2.840.10045.4.3.2"));
const text = (tag: number, value: string) => writeElement(tag, Buffer.from(value));
const name = (value: string) =>
  writeSequence(writeElement(Tag.SET, writeSequence(writeObjectIdentifier("2.5.4.3"), text(0x0c, value))));
const time = (at: number) =>
  text(
    0x17,
    new Date(at)
      .toISOString()
      .replace(/[-:T]|\.\d+/g, "")
      .slice(2),
  );
const extension = (oid: string, value: Buffer) => writeSequence(writeObjectIdentifier(oid), writeOctetString(value));

const serverAuth = () => extension("2.5.29.37", writeSequence(writeObjectIdentifier("1.3.6.1.5.5.7.3.1")));
const domainValidated = () =>
  extension("2.5.29.32", writeSequence(writeSequence(writeObjectIdentifier("2.23.140.1.2.1"))));

export const issuerKey: Buffer = ISSUER.publicKey.export({ format: "der", type: "spki" });

/** The issuer, self-signed. */
export const issuerDer = (): Buffer =>
  signed(
    tbsOf(name("Test CA"), issuerKey, BEGIN - 900 * DAY, NOW + 900 * DAY, [
      extension("2.5.29.19", writeSequence(Buffer.from([1, 1, 255]))),
    ]),
  );

export interface Leaf {
  readonly der: Buffer;
  /** The signed part without the list. */
  readonly tbs: Buffer;
}

/** A leaf with these timestamps, between its other extensions. @param days of its validity, both ends included */
export function leafWith(stamps: readonly Stamp[], days = 90, hashOf: Buffer = issuerKey): Leaf {
  const key = EC[0]?.publicKey.export({ format: "der", type: "spki" }) ?? Buffer.alloc(0);
  const ends = BEGIN + days * DAY - 1000;
  const make = (middle: readonly Buffer[]) =>
    tbsOf(name("leaf.example"), key, BEGIN, ends, [serverAuth(), ...middle, domainValidated()]);
  const tbs = make([]);
  const hash = createHash("sha256").update(hashOf).digest();
  const list = vector(2, Buffer.concat(stamps.map((stamp) => stampBytes(stamp, tbs, hash))));
  return { tbs, der: signed(make([extension("1.3.6.1.4.1.11129.2.4.2", writeOctetString(list))])) };
}

function tbsOf(subject: Buffer, key: Buffer, from: number, to: number, extensions: readonly Buffer[]): Buffer {
  return writeSequence(
    Buffer.from("a003020102", "hex"),
    Buffer.from("020107", "hex"),
    ECDSA,
    name("Test CA"),
    writeSequence(time(from), time(to)),
    subject,
    key,
    writeElement(explicit(3), writeSequence(...extensions)),
  );
}

function signed(tbs: Buffer): Buffer {
  const signature = sign("sha256", tbs, ISSUER.privateKey);
  return writeSequence(tbs, ECDSA, writeElement(Tag.BIT_STRING, Buffer.of(0), signature));
}
