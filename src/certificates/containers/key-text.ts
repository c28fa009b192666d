import { hasEncodedData } from "./encoded-data";
import { keyFormOf, type KeyForm } from "./key-forms";
import { findPrivateKey, type RecognisedKey } from "./key-structure";

/** Layers of encoding that are taken off: PEM in base64 in a value of JSON, for instance. */
const MAX_LAYERS = 3;

/** Characters of text that are looked at. More is taken to hold a key, since nobody looked. */
export const MAX_KEY_TEXT = 1024 * 1024;

/** Characters of base64, and pairs of hex, that may hold a key: the shortest has some 48 bytes. */
const MIN_BASE64 = 32;

/** Words that stand beside private keys, whatever the dashes around them, and never in prose. */
const MARKERS: readonly RegExp[] = [
  /\b(?:BEGIN|END)[ \t_-][A-Z0-9 \t_-]{0,40}(?:PRIVATE|SECRET)[ \t_-]{0,3}KEY/i,
  /PuTTY-User-Key-File-\d|^[ \t]*Private-Lines:|openssh-key-v1\0|b3BlbnNzaC1rZXkt/m,
  // A JWK (RFC 7518 section 6).
  /\bd\\?["']?\s{0,8}:\s{0,8}\\?["'][A-Za-z0-9_-]{40,}/,
  // XML (RSAKeyValue of .NET; XKMS section 7.3)
  /<(?:\w{1,20}:)?(?:D|P|Q|DP|DQ|InverseQ|Exponent2|X)>\s{0,80}[A-Za-z0-9+/]{16}/,
  // What `openssl pkey -text` and `certtool` print.
  /^[ \t]*(?:privateExponent|private exponent|prime ?[12]|exponent ?[12]|exp[12]|coefficient|priv|private key)[ \t]*:[ \t]*\r?$/im,
];

/** Of a JWK that begins elsewhere: the primes of RSA, or `k` of a symmetric key. */
const JWK = /["']kty\\?["']/;
const JWK_MEMBER = /["'](?:p|q|dp|dq|qi|k)\\?["']\s{0,8}:\s{0,8}\\?["'][A-Za-z0-9_-]{16,}/;

const PRIVATE: RecognisedKey = { encrypted: false };

/**
 * Tells whether a text holds private key material, in PEM with any markers or none, in the forms of PuTTY, OpenSSH,
 * JWK and XML, or in base64, hex or lists of bytes at any place, in layers, and broken over lines in any way. As
 * {@link findPrivateKey} it needs something of the structure; see `withoutEncodedData` for what has none.
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
 * The private key of a text by the words that stand beside it, if there is more than these words: another program's
 * form, for instance. Not in longer texts than 1 MB.
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

/** The same of bytes, which may be an encoding or a text of any sort. */
export function findKeyMaterial(bytes: Uint8Array): RecognisedKey | undefined {
  if (bytes.length < MIN_BYTES) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (
    findPrivateKey(buffer) ?? (buffer.length <= MAX_KEY_TEXT ? findInLayer(latin1(buffer), MAX_LAYERS) : undefined)
  );
}

const findInLayer = (text: string, layers: number) => (TEXT.test(text) ? findKeyInText(text, layers) : undefined);

/** Base64 with what stands between its characters where it is broken over lines, quoted or commented. */
const BASE64 = /[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|[\s"'`,\\>|#;*]){31,}/g;
const HEX = /(?:(?:0x|\\x|%|=)?[0-9a-f]{2}[\s:;,|.\-_"']{0,3}){16,}/gi;
const NUMBERS = /-?\d{1,3}(?:[\s,;]{1,3}-?\d{1,3}){16,}/g;

/** What could be decoded in a text. */
function* encodedBytes(text: string): Generator<Buffer> {
  for (const [run] of text.matchAll(BASE64)) {
    const characters = run.replace(/[^A-Za-z0-9+/_-]+/g, "");
    if (characters.length < MIN_BASE64) continue;
    // Where it begins nobody says: words of prose may stand before it, or its first characters be missing.
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

/** ASCII, in one byte or two a character, in which a further layer may be. */
const TEXT = /[\0\t\n\r -~]{48}/;
