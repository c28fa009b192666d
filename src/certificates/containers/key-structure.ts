import { keyFormOfBytes, type KeyForm } from "./key-forms";
import { CONSTRUCTED, Tag, explicit } from "../asn1/tag";

/** A private key or a key store that was recognised by its structure. */
export interface RecognisedKey {
  readonly encrypted: boolean;
  /** Present if it is in a format that is not supported here. */
  readonly form?: KeyForm;
}

const PLAIN: RecognisedKey = { encrypted: false };
const ENCRYPTED: RecognisedKey = { encrypted: true };

/**
 * Finds private key material that begins anywhere in `bytes`: after stray bytes, inside an OCTET STRING, without its
 * end or its first bytes. It knows PKCS #1 and the old form of DSA (a version and large numbers), SEC 1 (RFC 5915),
 * PKCS #8 and OneAsymmetricKey (RFC 5958), both encrypted forms of it, PKCS #12, the keys of RFC 8410, OpenSSH's and
 * SSH.com's own forms, Microsoft's and Java's key stores. A part of a key without a structure, such as the middle of
 * an exponent, looks like any other number. Linear in the bytes.
 */
export function findPrivateKey(bytes: Uint8Array): RecognisedKey | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return fileOfKeys(buffer) ?? keyByVersion(buffer) ?? keyByAlgorithm(buffer) ?? keyByNumbers(buffer);
}

const OPENSSH = Buffer.from("openssh-key-v1\0", "latin1");
/** The first bytes of Java key stores: JKS and JCEKS. */
const JAVA: ReadonlySet<number> = new Set([0xfeedfeed, 0xcececece]);

function fileOfKeys(bytes: Buffer): RecognisedKey | undefined {
  const openSsh = bytes.indexOf(OPENSSH);
  if (openSsh >= 0) {
    const cipher = openSsh + OPENSSH.length;
    return { encrypted: bytes.toString("latin1", cipher + 4, cipher + 8) !== "none", form: "openssh" };
  }
  if (bytes.length >= 4 && JAVA.has(bytes.readUInt32BE(0))) return { encrypted: true, form: "java" };
  return keyFormOfBytes(bytes);
}

/** Fewest bytes of a number that counts as large: an RSA modulus of 512 bits has 64, its primes half of that. */
const MIN_LARGE = 32;
/** Bytes of a private key of RFC 5915: from the curves of 112 bits to those of 571. */
const MIN_SCALAR = 14;
const MAX_SCALAR = 72;

/** Keys that begin with a version: an INTEGER of one byte, and what follows it. */
function keyByVersion(bytes: Buffer): RecognisedKey | undefined {
  for (let at = bytes.indexOf(Tag.INTEGER); at >= 0; at = bytes.indexOf(Tag.INTEGER, at + 1)) {
    if (bytes[at + 1] !== 1) continue;
    const version = bytes[at + 2];
    const next = headerAt(bytes, at + 3);
    if (version === undefined || next === undefined) continue;
    if (version <= 1 && isLargeNumber(next)) {
      // A certificate's serial number may be as long, but is not followed by another number.
      const then = bytes[next.end];
      if (then === undefined || then === Tag.INTEGER) return PLAIN;
    }
    if (version === 1 && next.tag === Tag.OCTET_STRING && next.length >= MIN_SCALAR && next.length <= MAX_SCALAR) {
      const then = bytes[next.end];
      const whole = at >= 2 ? headerAt(bytes, at - 2) : undefined;
      const isEnd = whole?.tag === Tag.SEQUENCE && whole.end === next.end;
      if (then === undefined || then === explicit(0) || then === explicit(1) || isEnd) return PLAIN;
    }
    if (next.tag !== Tag.SEQUENCE || bytes[next.start] !== Tag.OBJECT_IDENTIFIER) continue;
    const then = bytes[next.end];
    if (version <= 1 && (then === Tag.OCTET_STRING || then === (Tag.OCTET_STRING | CONSTRUCTED))) return PLAIN;
    if (version === 3 && isData(bytes, next.start)) return ENCRYPTED;
  }
  return undefined;
}

/** The content types 1.2.840.113549.1.7.1 and .2: of a PKCS #12 file, which has the version 3. */
const DATA = Buffer.from("06092a864886f70d0107", "hex");

function isData(bytes: Buffer, at: number): boolean {
  const last = bytes[at + DATA.length];
  return bytes.subarray(at, at + DATA.length).equals(DATA) && (last === 1 || last === 2);
}

/** 1.2.840.113549.1.5, of which 1 to 13 are password-based encryption, and 1.2.840.113549.1.12.1. */
const PASSWORD_BASED = [Buffer.from("06092a864886f70d0105", "hex"), Buffer.from("060a2a864886f70d010c01", "hex")];
/** 1.3.101: of its algorithms 110 to 113 are X25519, X448, Ed25519 and Ed448 (RFC 8410). */
const CURVES = Buffer.from("06032b65", "hex");

/** Keys that are recognised by their algorithm: encrypted ones, and those of RFC 8410 without their version. */
function keyByAlgorithm(bytes: Buffer): RecognisedKey | undefined {
  for (const algorithm of PASSWORD_BASED) {
    for (let at = bytes.indexOf(algorithm); at >= 0; at = bytes.indexOf(algorithm, at + 1)) {
      const end = endOfIdentifier(bytes, at);
      if (end !== undefined && (end >= bytes.length || bytes[end] === Tag.OCTET_STRING)) return ENCRYPTED;
    }
  }
  for (let at = bytes.indexOf(CURVES); at >= 0; at = bytes.indexOf(CURVES, at + 1)) {
    const outer = headerAt(bytes, at + CURVES.length + 1);
    if (outer?.tag === Tag.OCTET_STRING && bytes[outer.start] === Tag.OCTET_STRING) return PLAIN;
  }
  return undefined;
}

/** The end of the AlgorithmIdentifier whose OBJECT IDENTIFIER is at `oid`. */
function endOfIdentifier(bytes: Buffer, oid: number): number | undefined {
  for (const octets of [2, 3, 4]) {
    const header = oid >= octets ? headerAt(bytes, oid - octets) : undefined;
    if (header?.tag === Tag.SEQUENCE && header.start === oid) return header.end;
  }
  return undefined;
}

/**
 * How many consecutive large numbers only a private key has: DSA parameters have three, and no other structure has
 * more.
 */
const MIN_NUMBERS = 4;

function keyByNumbers(bytes: Buffer): RecognisedKey | undefined {
  for (let at = bytes.indexOf(Tag.INTEGER); at >= 0; at = bytes.indexOf(Tag.INTEGER, at + 1)) {
    let next = headerAt(bytes, at);
    for (let numbers = 1; next !== undefined && isLargeNumber(next); numbers++) {
      if (numbers === MIN_NUMBERS) return PLAIN;
      next = headerAt(bytes, next.end);
    }
  }
  return undefined;
}

interface Header {
  readonly tag: number;
  /** Of the content. */
  readonly start: number;
  readonly length: number;
  /** Past the content, present or not. */
  readonly end: number;
}

const isLargeNumber = ({ tag, length }: Header): boolean => tag === Tag.INTEGER && length >= MIN_LARGE;

/** Tag and definite length, as far as they are present; `undefined` for anything else. */
function headerAt(bytes: Buffer, at: number): Header | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { tag, start: at + 2, length: first, end: at + 2 + first };
  const octets = first & 0x7f;
  if (octets === 0 || octets > 4 || at + 2 + octets > bytes.length) return undefined;
  const length = bytes.readUIntBE(at + 2, octets);
  const start = at + 2 + octets;
  return { tag, start, length, end: start + length };
}
