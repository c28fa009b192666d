import { createHash, randomBytes } from "node:crypto";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
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
} from "../../src/certificates/asn1/der-writer";
import { pemText } from "../../src/certificates/pem-text";
import type { Family } from "./hostile";

/** Files of certificates and keys that are made to be expensive: each family grows to any size. */

const utf8 = (text: string): Buffer => writeElement(0x0c, Buffer.from(text));
const attribute = (oid: string, value: Buffer): Buffer => writeSequence(writeObjectIdentifier(oid), value);
const name = (...rdns: readonly Buffer[]): Buffer => writeElement(0x30, ...rdns.map((each) => writeSetOf([each])));
export const commonName = (text: string): Buffer => name(attribute("2.5.4.3", utf8(text)));
const RSA = writeAlgorithm("1.2.840.113549.1.1.1", writeNull());
const SHA256_RSA = writeAlgorithm("1.2.840.113549.1.1.11", writeNull());
const VALIDITY = writeSequence(
  writeElement(0x17, Buffer.from("250101000000Z")),
  writeElement(0x17, Buffer.from("350101000000Z")),
);
const rsa = (bits: number): Buffer =>
  writeSequence(RSA, writeBitString(writeSequence(number(bits), writeInteger(65537))));
const number = (bits: number): Buffer => {
  const octets = randomBytes(bits / 8);
  octets[0]! |= 0x80;
  octets[octets.length - 1]! |= 1;
  return writeUnsignedInteger(octets);
};
const KEY = rsa(2048);

interface Parts {
  readonly serial?: Buffer;
  readonly issuer?: Buffer;
  readonly subject?: Buffer;
  readonly key?: Buffer;
  readonly extensions?: readonly Buffer[];
}

export function certificateOf({ serial, issuer, subject, key, extensions }: Parts): Buffer {
  const tbs = writeSequence(
    writeContext(0, writeInteger(2)),
    serial ?? writeInteger(1),
    SHA256_RSA,
    issuer ?? commonName("Hostile CA"),
    VALIDITY,
    subject ?? commonName("hostile.example"),
    key ?? KEY,
    ...(extensions === undefined ? [] : [writeContext(3, list(extensions))]),
  );
  return writeSequence(tbs, SHA256_RSA, writeBitString(Buffer.alloc(256, 1)));
}

/** A SEQUENCE of any number of elements: more than a call may have arguments. */
const list = (elements: readonly Buffer[]): Buffer => writeElement(0x30, Buffer.concat(elements));
export const extension = (oid: string, value: Buffer): Buffer =>
  writeSequence(writeObjectIdentifier(oid), writeOctetString(value));
const times = <T>(size: number, each: number, make: (index: number) => T): T[] =>
  Array.from({ length: Math.max(1, Math.floor(size / each)) }, (_, index) => make(index));
const fill = (size: number, piece: Buffer): Buffer => Buffer.concat(times(size, piece.length, () => piece));

/** A certificate with one extension whose value is a list of equal or numbered elements. */
const extended =
  (oid: string, item: (index: number) => Buffer): Family =>
  (size) =>
    certificateOf({ extensions: [extension(oid, list(times(size, item(1000).length, item)))] });
const withNames = (item: (index: number) => Buffer): Family => extended("2.5.29.17", item);
const dns = (text: string): Buffer => writeElement(0x82, Buffer.from(text));

const UNKNOWN = "1.2.3.4.5";

/** OCTET STRINGs in each other as deep as is read, the last one broken behind what is whole. */
function brokenNest(size: number): Buffer {
  let inner: Buffer = Buffer.concat([fill(size, Buffer.of(0x04, 0x02, 0x05, 0x00)), Buffer.of(0x04, 0x7f)]);
  for (let depth = 0; depth < 50; depth++)
    inner = writeOctetString(depth % 2 === 0 ? writeElement(0x30, inner) : inner);
  return inner;
}

export const svg = (content: string, attributes = ""): string =>
  `<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${content}</svg>`;

/** A mark certificate with pictures. */
export function mark(pictures: readonly Buffer[], type = "image/svg+xml"): Buffer {
  const ia5 = (text: string | Buffer): Buffer => writeElement(0x16, Buffer.from(text));
  const images = pictures.map((picture) => {
    const hash = writeSequence(
      writeAlgorithm("2.16.840.1.101.3.4.2.1"),
      writeOctetString(createHash("sha256").update(picture).digest()),
    );
    const uri = ia5(`data:${type};base64,${picture.toString("base64")}`);
    return writeSequence(writeSequence(ia5(type), writeSequence(hash), writeSequence(uri)));
  });
  const direct = writeElement(0xa0, list(images));
  return certificateOf({ extensions: [extension("1.3.6.1.5.5.7.1.12", writeSequence(writeElement(0xa2, direct)))] });
}
const picture =
  (make: (size: number) => string): Family =>
  (size) =>
    mark([Buffer.from(make(Math.floor(size * 0.7)))]);

/** An archive whose directory has many entries; `local` makes what each of them points to. */
function archive(count: number, data: Buffer, entry: { size: number; checksum: number; method: number }): Buffer {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50);
  const central = Buffer.alloc(46 + 1);
  central.writeUInt32LE(0x02014b50);
  central.writeUInt16LE(entry.method, 10);
  central.writeUInt32LE(entry.checksum, 16);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(entry.size, 24);
  central.writeUInt16LE(1, 28);
  central.write("a", 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(local.length + data.length, 16);
  return Buffer.concat([local, data, ...Array.from({ length: count }, () => central), end]);
}

/** A PKCS #12 file without an authentication code that holds these bags in clear. */
const store = (...bags: readonly Buffer[]): Buffer => {
  const data = (content: Buffer) =>
    writeSequence(writeObjectIdentifier("1.2.840.113549.1.7.1"), writeContext(0, writeOctetString(content)));
  return writeSequence(writeInteger(3), data(writeSequence(data(list(bags)))));
};
const bag = (type: string, value: Buffer): Buffer =>
  writeSequence(writeObjectIdentifier(`1.2.840.113549.1.12.10.1.${type}`), writeContext(0, value));
const shrouded = (rounds: number, data: number): Buffer =>
  bag(
    "2",
    writeSequence(
      writeAlgorithm("1.2.840.113549.1.12.1.5", writeSequence(writeOctetString(Buffer.alloc(8)), writeInteger(rounds))),
      writeOctetString(Buffer.alloc(data)),
    ),
  );

const pems = (ders: readonly Buffer[]): Buffer => Buffer.from(ders.map((der) => pemText(der)).join(""));
const sameName = (size: number, make: (index: number) => Parts): Buffer =>
  pems(times(size, 1000, (index) => certificateOf({ serial: writeInteger(index + 1), ...make(index) })));
const keyIdentifier = (index: number): Buffer => Buffer.from(index.toString(16).padStart(8, "0"), "hex");
export const subjectKey = (index: number) => extension("2.5.29.14", writeOctetString(keyIdentifier(index)));
export const issuerKey = (index: number) =>
  extension("2.5.29.35", writeSequence(writeElement(0x80, keyIdentifier(index))));
export const CA = extension("2.5.29.19", writeSequence(writeElement(0x01, Buffer.of(0xff))));

const revoked = writeSequence(writeInteger(7), writeElement(0x17, Buffer.from("250101000000Z")));
export const revocationList = (entries: readonly Buffer[]): Buffer =>
  writeSequence(
    writeSequence(SHA256_RSA, commonName("CA"), writeElement(0x17, Buffer.from("250101000000Z")), list(entries)),
    SHA256_RSA,
    writeBitString(Buffer.alloc(256)),
  );

const dsa = (bits: number): Buffer =>
  writeAlgorithm("1.2.840.10040.4.1", writeSequence(number(bits), number(256), number(bits)));

export const FILES: Readonly<Record<string, Family>> = {
  "an OID without end": (size) =>
    certificateOf({ extensions: [writeSequence(writeElement(6, Buffer.alloc(size, 0x81)), writeNull())] }),
  "OIDs of large numbers": extended("2.5.29.37", () =>
    writeElement(6, Buffer.concat([Buffer.alloc(250, 0xff), Buffer.of(1)])),
  ),
  "a serial number without end": (size) => certificateOf({ serial: writeUnsignedInteger(randomBytes(size)) }),
  "a negative serial number without end": (size) =>
    certificateOf({ serial: writeElement(2, Buffer.alloc(size, 0x80)) }),
  "a key without end": (size) => certificateOf({ key: rsa(8 * Math.floor(size / 8)) }),
  "a curve written out without end": (size) =>
    certificateOf({
      key: writeSequence(
        writeAlgorithm("1.2.840.10045.2.1", writeSequence(writeInteger(1), number(size))),
        writeBitString(Buffer.of(4)),
      ),
    }),
  "a name of one long text": (size) => certificateOf({ subject: commonName("é".repeat(size / 2)) }),
  "a name of spaces": (size) =>
    certificateOf({ subject: commonName(`a${" ".repeat(size)}b`), issuer: commonName(" ") }),
  "a name of directions": (size) => certificateOf({ subject: commonName("\u202e".repeat(size / 3)) }),
  "a name of ideographs in A-labels": (size) => certificateOf({ subject: commonName(`xn--${"9".repeat(size)}`) }),
  "a name in UTF-16": (size) =>
    certificateOf({ subject: name(attribute("2.5.4.3", writeElement(0x1e, Buffer.alloc(size & ~1, 0xd8)))) }),
  "a name in UTF-32": (size) =>
    certificateOf({ subject: name(attribute("2.5.4.3", writeElement(0x1c, Buffer.alloc(size & ~3, 1)))) }),
  "a name of many parts": (size) =>
    certificateOf({ subject: writeElement(0x30, fill(size, writeSetOf([attribute("2.5.4.3", utf8("a"))]))) }),
  "a part of a name with many attributes": (size) =>
    certificateOf({ subject: writeSequence(writeElement(0x31, fill(size, attribute("2.5.4.3", utf8("a"))))) }),
  "many names": withNames((index) => dns(`host${index}.example`)),
  "many empty names": withNames(() => dns("")),
  "one name of points": (size) =>
    certificateOf({ extensions: [extension("2.5.29.17", writeSequence(dns(".".repeat(size))))] }),
  "one name of labels": (size) =>
    certificateOf({ extensions: [extension("2.5.29.17", writeSequence(dns("a.".repeat(size / 2))))] }),
  "one name of asterisks": (size) =>
    certificateOf({ extensions: [extension("2.5.29.17", writeSequence(dns("*".repeat(size))))] }),
  "many internationalised names": withNames((index) => dns(`xn--${"a9".repeat(100)}${index}.example`)),
  "many addresses": withNames(() => writeElement(0x87, Buffer.alloc(32, 0x55))),
  "many directory names": withNames(() => writeElement(0xa4, commonName("a"))),
  "many other names": withNames(() =>
    writeContext(0, writeObjectIdentifier("1.3.6.1.5.5.7.8.9"), writeContext(0, utf8("ä"))),
  ),
  "many lookalikes": withNames(() => dns("аpple.example")),
  "many extensions": (size) => certificateOf({ extensions: times(size, 20, () => extension(UNKNOWN, writeNull())) }),
  "many critical extensions of one kind": (size) =>
    certificateOf({
      extensions: times(size, 22, () =>
        writeSequence(
          writeObjectIdentifier("2.5.29.14"),
          writeElement(1, Buffer.of(255)),
          writeOctetString(writeNull()),
        ),
      ),
    }),
  "extensions full of elements": (size) =>
    certificateOf({
      extensions: times(size, 5000, () => extension(UNKNOWN, writeElement(0x30, fill(4900, writeNull())))),
    }),
  "strings that are almost encodings": (size) => certificateOf({ extensions: [extension(UNKNOWN, brokenNest(size))] }),
  "many strings that are almost encodings": (size) =>
    certificateOf({ extensions: times(size, 4000, () => extension(UNKNOWN, brokenNest(3000))) }),
  "many purposes": extended("2.5.29.37", () => writeObjectIdentifier("1.3.6.1.5.5.7.3.1")),
  "many unknown purposes": extended("2.5.29.37", (index) => writeObjectIdentifier(`1.2.3.${index}`)),
  "many policies": extended("2.5.29.32", () => writeSequence(writeObjectIdentifier("2.23.140.1.2.1"))),
  "a policy of many qualifiers": (size) =>
    certificateOf({
      extensions: [
        extension(
          "2.5.29.32",
          writeSequence(
            writeSequence(
              writeObjectIdentifier("1.2.3"),
              list(
                times(size, 22, () =>
                  writeSequence(writeObjectIdentifier("1.3.6.1.5.5.7.2.1"), writeElement(0x16, Buffer.from("http"))),
                ),
              ),
            ),
          ),
        ),
      ],
    }),
  "many distribution points": extended("2.5.29.31", (index) =>
    writeSequence(writeContext(0, writeContext(0, writeElement(0x86, Buffer.from(`http://crl.example/${index}`))))),
  ),
  "many addresses of services": extended("1.3.6.1.5.5.7.1.1", (index) =>
    writeSequence(
      writeObjectIdentifier("1.3.6.1.5.5.7.48.1"),
      writeElement(0x86, Buffer.from(`http://a.example/${index}`)),
    ),
  ),
  "addresses of services in ideographs": extended("1.3.6.1.5.5.7.1.1", (index) =>
    writeSequence(
      writeObjectIdentifier("1.3.6.1.5.5.7.48.1"),
      writeElement(
        0x86,
        Buffer.from(
          `http://${Array.from({ length: 600 }, (_, at) => String.fromCodePoint(0x4e00 + at + (index % 7))).join("")}`,
        ),
      ),
    ),
  ),
  "many timestamps": (size) => {
    const one = Buffer.concat([Buffer.of(0, 47), Buffer.alloc(41), Buffer.of(0, 0, 4, 3, 0, 0)]);
    const all = fill(Math.min(size, 65_000), one);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(all.length);
    const value = extension("1.3.6.1.4.1.11129.2.4.2", writeOctetString(Buffer.concat([length, all])));
    return certificateOf({ extensions: times(size, value.length, () => value) });
  },
  "many directory attributes": extended("2.5.29.9", () => attribute("1.3.6.1.5.5.7.9.4", writeSetOf([utf8("a")]))),
  "many statements": extended("1.3.6.1.5.5.7.1.3", () => writeSequence(writeObjectIdentifier("0.4.0.1862.1.1"))),
  "a picture of letters": picture((size) => svg(`<rect fill="${"a".repeat(size)}"/>`)),
  "a picture of letters, packed": (size) =>
    mark([gzipSync(svg(`<rect fill="${"a".repeat(Math.min(20 * size, 900_000))}"/>`))]),
  "a picture of brackets": picture((size) => svg(`<rect fill="${"(".repeat(size)}"/>`)),
  "a picture of spaces": picture((size) => svg(`<rect${" ".repeat(size)}x="1"/>`)),
  "a picture of ampersands": picture((size) => svg(`<title>${"&a".repeat(size / 2)}</title>`)),
  "a picture of attributes": picture((size) => svg(`<g ${times(size, 8, (index) => `a${index}="1"`).join(" ")}/>`)),
  "a picture of declarations": picture((size) => svg(`<g style="${"fill:red;".repeat(size / 9)}"/>`)),
  "a picture of elements": picture((size) => svg("<g/>".repeat(size / 4))),
  "a picture of arcs": picture((size) => svg(`<path d="M0 0${"a1 1 0 1 1 9 9".repeat(size / 14)}"/>`)),
  "a picture of comments": picture((size) => svg("<!---->".repeat(size / 7))),
  "a picture of uses": picture((size) =>
    svg(`<g id="a">${"<path d='M0 0h1'/>".repeat(size / 40)}</g>${'<use href="#a"/>'.repeat(size / 40)}`),
  ),
  "many pictures": (size) => mark(times(size, 400, () => Buffer.from(svg("<rect/>")))),
  "many pictures that unpack to megabytes": (size) => {
    const bomb = gzipSync(svg(`<desc>${" ".repeat(1_000_000)}</desc>`));
    return mark(times(size, 1800, () => bomb));
  },
  "certificates that could all be each other's issuers": (size) =>
    sameName(size, () => ({ issuer: commonName("Same"), subject: commonName("Same"), key: KEY })),
  "certificates of one name by keys": (size) =>
    sameName(size, (index) => ({
      issuer: commonName("Same"),
      subject: commonName("Same"),
      extensions: [CA, subjectKey(index), issuerKey(index + 1)],
    })),
  "a chain without end": (size) =>
    sameName(size, (index) => ({
      issuer: commonName(`CA ${index + 1}`),
      subject: commonName(`CA ${index}`),
      extensions: [CA],
    })),
  "cross-signed CAs": (size) =>
    sameName(size, (index) => ({
      issuer: commonName(`CA ${(index % 7) + 1}`),
      subject: commonName(`CA ${index % 7}`),
      extensions: [CA],
    })),
  "keys of 16,384 bits": (size) =>
    pems(
      times(size, 4500, (index) =>
        certificateOf({
          serial: writeInteger(index + 1),
          subject: commonName("A"),
          issuer: commonName("A"),
          key: rsa(16_384),
          extensions: [subjectKey(index), issuerKey(index + 1)],
        }),
      ),
    ),
  "names and constraints": (size) => {
    const subtrees = writeElement(0xa0, fill(size / 3, writeSequence(dns("a.example"))));
    const constraints = extension("2.5.29.30", writeSequence(subtrees));
    const leaf = certificateOf({
      subject: commonName("leaf"),
      issuer: commonName("CA"),
      extensions: [extension("2.5.29.17", list(times(size / 3, 14, (index) => dns(`h${index}.example`))))],
    });
    return pems([
      leaf,
      certificateOf({ subject: commonName("CA"), issuer: commonName("CA"), extensions: [CA, constraints] }),
    ]);
  },
  "many small certificates": (size) =>
    Buffer.concat(times(size, 500, (index) => certificateOf({ serial: writeInteger(index + 1) }))),
  "many damaged certificates": (size) => pems(times(size, 800, () => certificateOf({ serial: writeElement(2) }))),
  "starts of certificates that are cut": (size) =>
    Buffer.concat([
      Buffer.from("3084000fffff", "hex"),
      fill(size, Buffer.concat([Buffer.from("3082fff03080", "hex"), Buffer.alloc(60, 0x30)])),
    ]),
  "indefinite lengths in pieces": (size) =>
    Buffer.concat([
      Buffer.of(0x30, 0x80),
      fill(size, Buffer.from("2480040100" + "0401000000", "hex")),
      Buffer.alloc(2),
    ]),
  "a revocation list": (size) => revocationList(times(size, revoked.length, () => revoked)),
  "a revocation list of reasons": (size) => {
    const reason = writeSequence(
      writeInteger(7),
      writeElement(0x17, Buffer.from("250101000000Z")),
      writeSequence(extension("2.5.29.21", writeElement(0x0a, Buffer.of(1)))),
    );
    return revocationList(times(size, reason.length, () => reason));
  },
  "a request of many attributes": (size) => {
    const attributes = writeContext(0, fill(size, attribute("1.2.840.113549.1.9.2", writeSetOf([utf8("a")]))));
    return writeSequence(
      writeSequence(writeInteger(0), commonName("a"), KEY, attributes),
      SHA256_RSA,
      writeBitString(Buffer.alloc(8)),
    );
  },
  "a request of many lists of extensions": (size) => {
    const one = list(times(10_000, 20, () => extension(UNKNOWN, writeNull())));
    const attributes = writeContext(0, attribute("1.2.840.113549.1.9.14", writeElement(0x31, fill(size, one))));
    return writeSequence(
      writeSequence(writeInteger(0), commonName("a"), KEY, attributes),
      SHA256_RSA,
      writeBitString(Buffer.alloc(8)),
    );
  },
  "an archive of one file, a thousand times with a wrong checksum": (size) => {
    const unpacked = Buffer.alloc(Math.min(16 * 1024 * 1024, 95 * size));
    return archive(1000, deflateRawSync(unpacked), { size: unpacked.length, checksum: 1, method: 8 });
  },
  "an archive of one file, a thousand times": (size) => {
    const text = Buffer.alloc(size, "-----BEGIN CERTIFICATE-----\n");
    return archive(1000, text, { size: text.length, checksum: crc32(text), method: 0 });
  },
  "an archive that unpacks to lines": (size) => {
    const text = Buffer.alloc(Math.min(16 * 1024 * 1024, 50 * size), "-----BEGIN CERTIFICATE-----\n");
    return archive(3, deflateRawSync(text, { level: 9 }), { size: text.length, checksum: crc32(text), method: 8 });
  },
  "an archive of nothing, packed at length": (size) => {
    // Blocks of no bytes, each five bytes long.
    const packed = Buffer.concat([fill(size, Buffer.from("000000ffff", "hex")), Buffer.from("010000ffff", "hex")]);
    return archive(1000, packed, { size: 0, checksum: 0, method: 8 });
  },
  "a store of many bags": (size) =>
    store(
      ...times(Math.min(size, 200_000), 60, () =>
        bag("3", writeSequence(writeObjectIdentifier("1.2.3"), writeContext(0, writeOctetString(Buffer.alloc(8))))),
      ),
    ),
  "a store of rounds": (size) => store(...times(Math.min(size, 20_000), 80, () => shrouded(2_000_000, 8))),
  "a store in RC2": (size) => store(shrouded(1, size & ~7)),
  "a key for DSA": (size) =>
    writeSequence(writeInteger(0), dsa(8 * Math.floor(size / 3)), writeOctetString(number(8 * Math.floor(size / 3)))),
  "keys for DSA": (size) =>
    Buffer.from(
      times(size, 12_000, () =>
        pemText(writeSequence(writeInteger(0), dsa(32_768), writeOctetString(number(32_768))), "PRIVATE KEY"),
      ).join(""),
    ),
  "a key for Diffie-Hellman": (size) =>
    writeSequence(
      writeInteger(0),
      writeAlgorithm("1.2.840.113549.1.3.1", writeSequence(number(8 * Math.floor(size / 3)), writeInteger(2))),
      writeOctetString(number(8 * Math.floor(size / 3))),
    ),
  "an RSA key of large numbers": (size) => {
    const one = number(8 * Math.floor(size / 8));
    return writeSequence(writeInteger(0), ...Array.from({ length: 8 }, () => one));
  },
};
