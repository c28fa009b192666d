import { phrase, type Phrase } from "../../words/phrase";
import type { FoundObject, FoundPrivateKey, FoundUnreadable } from "./contents";
import { withoutEncodedData } from "./encoded-data";
import { findKeyInText, findKeyMaterial } from "./key-text";

type AnyFound = FoundObject | FoundPrivateKey | FoundUnreadable;

/** Unknown data that contains a private key counts as one: nothing else of it is handed out. */
export function withoutKey(found: AnyFound): AnyFound {
  if (found.kind !== "unreadable" && found.kind !== "other") return found;
  const key = findKeyMaterial(found.kind === "unreadable" ? found.bytes : found.der);
  if (key === undefined) return found;
  const { path, offset, length, note } = found;
  return { kind: "privateKey", form: "text", ...key, path, offset, length, ...(note === undefined ? {} : { note }) };
}

/** The text before a block, without anything in it that may be a key: without markers, or with other markers. */
export const publicNote = (text: string): string => withoutEncodedData(text).trim();

/** The text shown instead of a key. */
export const KEY_NOT_SHOWN = phrase("Private key material, which is not shown.");

/** Fewest characters of a text with a key: the scalar of a JWK on a curve of 256 bits has 43. */
const MIN_TEXT = 40;

/**
 * A text from inside an object or from around it, unless it contains a private key.
 * @param instead what is shown then, in the reader's language
 */
export function publicText(text: string, instead = KEY_NOT_SHOWN.text): string {
  return text.length >= MIN_TEXT && findKeyInText(text) !== undefined ? instead : text;
}

/** The same where what is shown instead has no language yet. */
export const publicOrHidden = (text: string): Phrase | string => (publicText(text, "") === text ? text : KEY_NOT_SHOWN);

/** Whether bytes in hex, of either case and without separators, contain a private key. */
export function holdsKeyInHex(hex: string): boolean {
  return hex.length >= 2 * MIN_TEXT && findKeyMaterial(Buffer.from(hex.replace("-", ""), "hex")) !== undefined;
}

/** Plain data of decoded objects, in which every text and hex value with a private key is left empty. */
export function withoutKeys<T>(value: T): T {
  return withoutKeysIn(value) as T;
}

function withoutKeysIn(value: unknown): unknown {
  if (typeof value === "string") return /^-?[0-9a-f]*$/i.test(value) && holdsKeyInHex(value) ? "" : publicText(value);
  if (Array.isArray(value)) return value.map(withoutKeysIn);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value);
  // A tree repeats the same bytes, element by element.
  const hidesTree = fields.some(([name, field]) => name === "hex" && typeof field === "string" && holdsKeyInHex(field));
  return Object.fromEntries(
    fields.map(([name, field]) => [name, hidesTree && name === "tree" ? [] : withoutKeysIn(field)]),
  );
}
