import type { Translate } from "./localize";

/** Bytes of a key in the list of keys. */
const KEY_BYTES = 3;

/** Bytes before the keys: the seed that they were made with. */
const SEED_BYTES = 1;

/**
 * The key of an English text: FNV-1a of its UTF-16 code units, folded to 24 bits. The English texts are in the code
 * already, so that languages ship without them; that no two texts of ours have one key is seen to when they are packed.
 * @param seed 0 to 255
 */
export function textKey(text: string, seed: number): number {
  let key = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) key = Math.imul(key ^ text.charCodeAt(at), 0x01000193);
  return (key ^ (key >>> 24)) & 0xffffff;
}

/**
 * The list of keys, as it ships: one for all languages, by the first seed that gives each text a key of its own.
 * @throws {RangeError} where none does, as with a text that is there twice
 */
export function packedKeys(texts: readonly string[]): Uint8Array {
  for (let seed = 0; seed < 256; seed++) {
    const keys = texts.map((text) => textKey(text, seed));
    if (new Set(keys).size === keys.length)
      return Uint8Array.from([seed, ...keys.flatMap((key) => [key >>> 16, (key >>> 8) & 0xff, key & 0xff])]);
  }
  throw new RangeError("Two texts have one key with every seed.");
}

/**
 * The translations of a language.
 * @param keys as {@link packedKeys} wrote them
 * @param texts the translations, in the order of the keys
 * @throws {RangeError} where these do not belong together
 */
export function translations(keys: Uint8Array, texts: readonly string[]): Translate {
  const [seed] = keys;
  if (seed === undefined || keys.length !== SEED_BYTES + texts.length * KEY_BYTES)
    throw new RangeError("The keys are not those of the texts.");
  const byKey = new Map<number, string>();
  texts.forEach((text, index) => byKey.set(readUint24(keys, SEED_BYTES + index * KEY_BYTES), text));
  return (text) => byKey.get(textKey(text, seed));
}

const readUint24 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
