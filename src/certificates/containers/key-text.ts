import { hasEncodedData } from "./encoded-data";
import { keyFormOf, type KeyForm } from "./key-forms";
import { findPrivateKey, type RecognisedKey } from "./key-structure";

/** How many layers of encoding are removed: PEM in base64 in a JSON value has several, for example. */
const MAX_LAYERS = 3;

/**
 * How many characters of text are examined. A longer text counts as having a key, because the rest was not examined.
 */
export const MAX_KEY_TEXT = 1024 * 1024;

/** Fewest base64 characters, and hex pairs, that may contain a key: the shortest key has about 48 bytes. */
const MIN_BASE64 = 32;

/** Words that appear beside private keys, with any dashes around them, and never in prose. */
const MARKERS: readonly RegExp[] = [
  /\b(?:BEGIN|END)[ \t_-][A-Z0-9 \t_-]{0,40}(?:PRIVATE|SECRET)[ \t_-]{0,3}KEY/i,
  /PuTTY-User-Key-File-\d|^[ \t]*Private-Lines:|openssh-key-v1\0|b3BlbnNzaC1rZXkt/m,
  // A JWK (RFC 7518 section 6).
  /\bd\\?["']?\s{0,8}:\s{0,8}\\?["'][A-Za-z0-9_-]{40,}/,
  // XML (RSAKeyValue of .NET; XKMS section 7.3)
  /<(?:\w{1,20}:)?(?:D|P|Q|DP|DQ|InverseQ|Exponent2|X)>\s{0,80}[A-Za-z0-9+/]{16}/,
  // The output of `openssl pkey -text` and `certtool`.
  /^[ \t]*(?:privateExponent|private exponent|prime ?[12]|exponent ?[12]|exp[12]|coefficient|priv|private key)[ \t]*:[ \t]*\r?$/im,
];

/** For a JWK that begins elsewhere: the primes of RSA, or `k` of a symmetric key. */
const JWK = /["']kty\\?["']/;
const JWK_MEMBER = /["'](?:p|q|dp|dq|qi|k)\\?["']\s{0,8}:\s{0,8}\\?["'][A-Za-z0-9_-]{16,}/;

const PRIVATE: RecognisedKey = { encrypted: false };

/**
 * Finds private key material in a text: in PEM with or without markers, in the formats of PuTTY, OpenSSH, JWK and XML,
 * or anywhere in base64, hex or lists of bytes, in layers, and broken over lines in any way. Like {@link
 * findPrivateKey}, it needs some structure; see `withoutEncodedData` for parts without any.
 */
export function findKeyInText(text: string, layers = MAX_LAYERS): RecognisedKey | undefined {
  if (text.length > MAX_KEY_TEXT) return PRIVATE;
  const plain = visible(text);
  if (isMarked(plain)) return { encrypted: /ENCRYPTED/i.test(plain), form: keyFormOf(plain) };
  const unescaped = plain
    .replace(/%2B|&#(?:43|x2b);|\\u002b/gi, "+")
    .replace(/%2F|&#(?:47|x2f);|\\u002f|\\\//gi, "/")
    .replace(/%3D|&#(?:61|x3d);|\\u003d/gi, "=")
    .replace(/%0[AD]|&#(?:10|13|xa|xd);|\\[nrt]|\\u000[ad]|=\r?\n/gi, "\n");
  for (const bytes of encodedBytes(unescaped)) {
    const key = findPrivateKey(bytes) ?? (layers > 1 ? findInLayer(latin1(bytes), layers - 1) : undefined);
    if (key !== undefined) return key;
  }
  return undefined;
}

/**
 * Recognises the private key of a text by the words beside it, if there is more than these words: another program's
 * format, for example. Not in longer texts than 1 MB.
 */
export function markedKeyIn(text: string): RecognisedKey | undefined {
  if (text.length > MAX_KEY_TEXT) return undefined;
  const plain = visible(text);
  if (!isMarked(plain)) return undefined;
  const form = keyFormOf(plain);
  if (form === "text" && !hasEncodedData(plain)) return undefined;
  return { encrypted: isProtected(plain, form), form };
}

/** `b3Blb…` is "openssh-key-v1" and the cipher "none". */
function isProtected(text: string, form: KeyForm): boolean {
  if (form === "openssh") return !text.includes("b3BlbnNzaC1rZXktdjEAAAAABG5vbmU");
  return /ENCRYPTED|^Encryption:[ \t]{1,8}(?!none)/im.test(text);
}

const visible = (text: string): string => text.replace(/[\0\u00ad\u200b-\u200f\u2060\ufeff]/g, "");

const isMarked = (text: string): boolean =>
  MARKERS.some((marker) => marker.test(text)) || (JWK.test(text) && JWK_MEMBER.test(text));

/** Bytes of the shortest beginning of a key that has some structure and something secret. */
const MIN_BYTES = 24;

/** The same for bytes, which may be an encoding or any kind of text. */
export function findKeyMaterial(bytes: Uint8Array): RecognisedKey | undefined {
  if (bytes.length < MIN_BYTES) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (
    findPrivateKey(buffer) ?? (buffer.length <= MAX_KEY_TEXT ? findInLayer(latin1(buffer), MAX_LAYERS) : undefined)
  );
}

const findInLayer = (text: string, layers: number) => (TEXT.test(text) ? findKeyInText(text, layers) : undefined);

/** Base64 with the characters that come between when it is broken over lines, quoted or commented out. */
const BASE64 = /[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|[\s"'`,\\>|#;*]){31,}/g;
const HEX = /(?:(?:0x|\\x|%|=)?[0-9a-f]{2}[\s:;,|.\-_"']{0,3}){16,}/gi;
const NUMBERS = /-?\d{1,3}(?:[\s,;]{1,3}-?\d{1,3}){16,}/g;

/** The decodable parts of a text. */
function* encodedBytes(text: string): Generator<Buffer> {
  for (const [run] of text.matchAll(BASE64)) {
    const characters = run.replace(/[^A-Za-z0-9+/_-]+/g, "");
    if (characters.length < MIN_BASE64) continue;
    // Its beginning is unknown: words of prose may come before it, or its first characters may be missing.
    for (let start = 0; start < 4; start++) yield Buffer.from(characters.slice(start), "base64");
  }
  for (const [run] of text.matchAll(HEX)) {
    const digits = run.replace(/0x|[^0-9a-f]/gi, "");
    yield Buffer.from(digits, "hex");
    yield Buffer.from(digits.slice(1), "hex");
  }
  for (const [run] of text.matchAll(NUMBERS)) {
    yield Buffer.from((run.match(/-?\d+/g) ?? []).map((number) => Number(number) & 0xff));
  }
}

const latin1 = (bytes: Buffer) => bytes.toString("latin1");

/** ASCII, in one or two bytes per character, which may contain another layer. */
const TEXT = /[\0\t\n\r -~]{48}/;
