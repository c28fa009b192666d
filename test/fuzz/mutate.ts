import type { Random } from "./random";

/** What stands at the joints of the forms, and what readers stumble over. */
const TOKENS = [
  "\n",
  "\r\n",
  "\r",
  " ",
  "\0",
  "\ufeff",
  "\u200b",
  "&",
  "=",
  "+",
  "%",
  "%2B",
  "%00",
  "'",
  '"',
  "\\",
  "\\u",
  "{",
  "}",
  "[",
  "(",
  ")",
  ";",
  ",",
  "//",
  "/*",
  "<",
  "-----BEGIN CERTIFICATE-----",
  "-----END CERTIFICATE-----",
  "-----BEGIN PKCS7-----",
  "----- BEGIN",
  "errorCode=",
  "errorCode",
  "certificate=",
  "g_ccc",
  "var ",
  "0",
  "1",
  "2",
  "-4",
  "-16",
  "VALIDATED,",
  "NOTVALIDATED",
  "14/05/2013 13/05/2014",
  "1761696000 1793232000",
  "PK\x03\x04",
  "MIIB",
  "====",
].map((token) => Buffer.from(token));

/** Lengths and tags that DER readers stumble over. */
const OCTETS = [0x00, 0x01, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x88, 0xa0, 0xff];

type Mutation = (bytes: Buffer, random: Random, corpus: readonly Uint8Array[]) => Buffer;

function splice(bytes: Buffer, at: number, removed: number, inserted: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
}

const MUTATIONS: readonly Mutation[] = [
  // Cut off.
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.subarray(random.below(bytes.length + 1)),
  // A piece lost, doubled, or moved.
  (bytes, random) => splice(bytes, random.below(bytes.length + 1), random.below(64), Buffer.alloc(0)),
  (bytes, random) => {
    const from = random.below(bytes.length + 1);
    return splice(bytes, random.below(bytes.length + 1), 0, bytes.subarray(from, from + random.below(512)));
  },
  // Bits and octets.
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    const at = random.below(bytes.length || 1);
    if (at < changed.length) changed.writeUInt8(changed.readUInt8(at) ^ (1 << random.below(8)), at);
    return changed;
  },
  (bytes, random) => splice(bytes, random.below(bytes.length + 1), random.below(2), Buffer.of(random.pick(OCTETS))),
  // Words of the forms.
  (bytes, random) => splice(bytes, random.below(bytes.length + 1), random.below(8), random.pick(TOKENS)),
  (bytes, random) => splice(bytes, 0, random.below(8), random.pick(TOKENS)),
  // Another answer's end.
  (bytes, random, corpus) => {
    const other = random.pick(corpus);
    return Buffer.concat([
      bytes.subarray(0, random.below(bytes.length + 1)),
      other.subarray(random.below(other.length + 1)),
    ]);
  },
];

/** Bytes of a mutated input, at most: mutations that double must not run away. */
const MAX_BYTES = 64 * 1024;

/** One of the corpus, changed in up to four ways. */
export function mutate(corpus: readonly Uint8Array[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(random.pick(corpus));
  for (let count = 1 + random.below(4); count > 0; count--) bytes = random.pick(MUTATIONS)(bytes, random, corpus);
  return bytes.subarray(0, MAX_BYTES);
}
