import { readBase64 } from "./base64";
import { base64Values } from "./base64-values";
import { readerOf } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { textOf } from "./encoded-text";
import { identify, type Structure } from "./identify";
import { isKeyStore } from "./key-store";
import { findKeyInText } from "./key-text";
import { hasPem } from "./pem";
import { beginningOf } from "./salvage";
import { Tag } from "../asn1/tag";
import { isZip } from "./zip";

/** Objects that are not private keys, whatever their label says. */
export const PUBLIC_STRUCTURES: ReadonlySet<Structure> = new Set<Structure>([
  "certificate",
  "certificateRequest",
  "certificateList",
  "publicKey",
  "signedData",
  "pfx",
]);

/** Objects that texts contain as base64. Smaller structures, such as a few numbers, may be anything. */
const IN_TEXTS: ReadonlySet<Structure> = new Set<Structure>([
  ...PUBLIC_STRUCTURES,
  "certificateSequence",
  "privateKey",
  "encryptedPrivateKey",
]);

/** `3082…`, `30:82:…`, `30 82 …`, with `0x` before the whole or each. */
export function bytesInHex(text: string, from: number): Buffer | undefined {
  if (!/^\s*(?:0x)?30/i.test(text.slice(from, from + 80))) return undefined;
  const digits = text.slice(from).replace(/0x|[\s:,]/gi, "");
  return /^[0-9a-f]+$/i.test(digits) && digits.length % 2 === 0 ? Buffer.from(digits, "hex") : undefined;
}

/** Layers of base64 around the content of a value. */
const MAX_LAYERS = 3;

/**
 * The bytes of a value that is complete and in one of our forms, without what may have been mistaken for a line of it.
 * @returns `undefined` for any other
 */
export function wholeIn(bytes: Buffer, layers = MAX_LAYERS): Buffer | undefined {
  if (isZip(bytes) || isKeyStore(bytes)) return bytes;
  if (bytes[0] === Tag.SEQUENCE) return wholeElement(bytes);
  const { text, from } = textOf(bytes);
  if (hasPem(text)) return bytes;
  if (layers === 1 || !/^[A-Za-z0-9+/]{48}/.test(text)) return undefined;
  const read = readBase64(text, from);
  return read.damage === undefined && wholeIn(read.bytes, layers - 1) !== undefined ? bytes : undefined;
}

function wholeElement(bytes: Buffer): Buffer | undefined {
  try {
    const element = readerOf(bytes).next();
    return IN_TEXTS.has(identify(element)) ? element.bytes : undefined;
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** Whether a text that is a mail's own part has any of our forms. */
export function holdsAny(bytes: Buffer): boolean {
  const { text } = textOf(bytes);
  return hasPem(text) || base64Values(text).length > 0 || findKeyInText(text) !== undefined;
}

/** Whether only line breaks, blanks and zeros follow, which editors, disks and transfers add. */
export function isPadding(bytes: Buffer, from: number): boolean {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte !== 0 && byte !== 0x20 && byte !== 0x1a && (byte < 0x09 || byte > 0x0d)) return false;
  }
  return true;
}

/**
 * Whether bytes are an encoding rather than text: a SEQUENCE with a long or indefinite length, which cannot be the
 * second byte of a text, or one that is exactly as long as the bytes, apart from padding. "0", the CA's "pending", is
 * the first byte of either.
 */
export function isBinary(bytes: Buffer): boolean {
  const length = bytes[1];
  if (bytes[0] !== Tag.SEQUENCE || length === undefined) return false;
  if (length >= 0x80) return length <= 0x84;
  const end = length + 2;
  return end <= bytes.length && isPadding(bytes, end) && identify(readerOf(bytes).next()) !== "unknown";
}

/** How base64 of an encoding begins, and words do not: with a long line, or with lines of nothing else. */
const BASE64_LINES =
  /^\s{0,200}(?:[A-Za-z0-9+/]{48}|(?:[A-Za-z0-9+/]{8,}[ \t]{0,8}\r?\n[ \t]{0,40}){3}|[A-Za-z0-9+/=]{16,}\s*$)/;
const MAX_HEAD = 1024;

/**
 * Whether a text decodes from base64 to an encoding, and does not just happen to begin like one: "MIT License" is a
 * SEQUENCE of 3,417,485,790 bytes.
 * @param bytes what {@link readBase64} made of `text` from `from` on
 */
export function isBinaryInText(bytes: Buffer, text: string, from: number): boolean {
  if (!isBinary(bytes)) return false;
  return BASE64_LINES.test(text.slice(from, from + MAX_HEAD)) || beginningOf(bytes).structure !== "unknown";
}
