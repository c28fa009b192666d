import type { Translate } from "./localize";

/** Bytes of a key in the list of keys. */
const KEY_BYTES = 4;

/**
 * The key of an English text: FNV-1a of its UTF-16 code units, 32 bits. The English texts are in the code already, so
 * that languages ship without them; that no two texts of ours have one key is checked when languages are packed.
 */
export function textKey(text: string): number {
  let key = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) key = Math.imul(key ^ text.charCodeAt(at), 0x01000193);
  return key >>> 0;
}

/**
 * The list of keys, as it ships: one for all languages.
 * @throws {RangeError} where two texts have one key
 */
export function packedKeys(texts: readonly string[]): Uint8Array {
  const packed = new DataView(new ArrayBuffer(texts.length * KEY_BYTES));
  const seen = new Map<number, string>();
  texts.forEach((text, index) => {
    const key = textKey(text);
    const other = seen.get(key);
    if (other !== undefined) throw new RangeError(`Two texts have one key: "${other}" and "${text}".`);
    seen.set(key, text);
    packed.setUint32(index * KEY_BYTES, key);
  });
  return new Uint8Array(packed.buffer);
}

/**
 * The translations of a language.
 * @param keys as {@link packedKeys} wrote them
 * @param texts the translations, in the order of the keys
 * @throws {RangeError} where these do not belong together
 */
export function translations(keys: Uint8Array, texts: readonly string[]): Translate {
  if (keys.length !== texts.length * KEY_BYTES) throw new RangeError("The keys are not those of the texts.");
  const view = new DataView(keys.buffer, keys.byteOffset, keys.byteLength);
  const byKey = new Map(texts.map((text, index) => [view.getUint32(index * KEY_BYTES), text]));
  return (text) => byKey.get(textKey(text));
}
