import type { FoundObject, FoundPrivateKey, FoundUnreadable } from "./contents";
import { withoutEncodedData } from "./encoded-data";
import { findKeyInText, findKeyMaterial } from "./key-text";

type AnyFound = FoundObject | FoundPrivateKey | FoundUnreadable;

/** What no reader knows and holds a private key all the same is one: nothing else of it is handed out. */
export function withoutKey(found: AnyFound): AnyFound {
  if (found.kind !== "unreadable" && found.kind !== "other") return found;
  const key = findKeyMaterial(found.kind === "unreadable" ? found.bytes : found.der);
  if (key === undefined) return found;
  const { path, offset, length, note } = found;
  return { kind: "privateKey", form: "text", ...key, path, offset, length, ...(note === undefined ? {} : { note }) };
}

/**
 * The text before a block without what may be a key that stands in it: one without markers, or with markers of another
 * form.
 */
export const publicNote = (text: string): string => withoutEncodedData(text).trim();

/** What stands in place of a key. */
export const KEY_NOT_SHOWN = "Private key material, which is not shown.";

/** Characters of the shortest text that holds a key: the scalar of a JWK on a curve of 256 bits has 43. */
const MIN_TEXT = 40;

/** A text from inside an object or from around it, unless it holds a private key. */
export function publicText(text: string): string {
  return text.length >= MIN_TEXT && findKeyInText(text) !== undefined ? KEY_NOT_SHOWN : text;
}

/** Whether bytes in hex, of either case and without separators, hold a private key. */
export function holdsKeyInHex(hex: string): boolean {
  return hex.length >= 2 * MIN_TEXT && findKeyMaterial(Buffer.from(hex.replace("-", ""), "hex")) !== undefined;
}

/** Plain data of decoded objects with every text and every value in hex that holds a private key left empty. */
export function withoutKeys<T>(value: T): T {
  return withoutKeysIn(value) as T;
}

function withoutKeysIn(value: unknown): unknown {
  if (typeof value === "string") return /^-?[0-9a-f]*$/i.test(value) && holdsKeyInHex(value) ? "" : publicText(value);
  if (Array.isArray(value)) return value.map(withoutKeysIn);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value);
  // A tree tells the same bytes, element by element.
  const hidesTree = fields.some(([name, field]) => name === "hex" && typeof field === "string" && holdsKeyInHex(field));
  return Object.fromEntries(
    fields.map(([name, field]) => [name, hidesTree && name === "tree" ? [] : withoutKeysIn(field)]),
  );
}
