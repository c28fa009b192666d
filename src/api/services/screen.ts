import { isCutInto, shownTexts, WITHHELD, type Mask } from "../masking";
import { withoutPersons } from "./persons";

/** How many values are looked at as one. */
const TOGETHER = 64;
/** Most looks at values that are not clean together; what is left then is dropped. */
const MAX_LOOKS = 200;
const BESIDE = " | ";

/**
 * Those of the values in which no secret is, in any form. For numbers, hex and names of hosts, whose shape was looked
 * at before: many are mostly clean, and are then examined as one.
 */
export function cleanValues(values: Iterable<string>, mask: Mask): ReadonlySet<string> {
  const all = [...new Set(values)];
  const clean = new Set<string>();
  let looks = 0;
  const look = (some: readonly string[]): void => {
    if (looks > MAX_LOOKS) return;
    const joined = some.join(BESIDE);
    if (mask(joined) === joined) {
      for (const value of some) clean.add(value);
      return;
    }
    looks++;
    if (some.length < 2) return;
    const half = Math.ceil(some.length / 2);
    look(some.slice(0, half));
    look(some.slice(half));
  };
  for (let from = 0; from < all.length; from += TOGETHER) look(all.slice(from, from + TOGETHER));
  return clean;
}

/**
 * The entries over whose texts no secret is spread, within one or from one to the next; the ends of the texts lost
 * their white space. Many are mostly clean, and are then examined as one.
 */
export function withoutCutSecrets<Entry>(
  entries: readonly Entry[],
  textsOf: (entry: Entry) => readonly string[],
  mask: Mask,
): readonly Entry[] {
  const isCut = (some: readonly Entry[]): boolean => {
    const texts = some.flatMap(textsOf);
    return ["", " "].some((between) => isCutInto(texts, between, mask));
  };
  const clean = (some: readonly Entry[]): readonly Entry[] => {
    if (!isCut(some)) return some;
    if (some.length < 2) return [];
    const half = Math.ceil(some.length / 2);
    const [one, other] = [clean(some.slice(0, half)), clean(some.slice(half))];
    // Each half may be clean, and the secret be where they meet.
    const isCutHere = isCut([...one.slice(-1), ...other.slice(0, 1)]);
    return isCutHere ? [...one.slice(0, -1), ...other.slice(1)] : [...one, ...other];
  };
  return clean(entries);
}

/** Different pairs of words in one answer, a dozen states of each product that the CA sells; more are not shown. */
const MAX_PAIRS = 400;

/** Two words that stand beside each other, in either order. */
export type WordPair = readonly [string | undefined, string | undefined];

/** Looks over which pairs of words no secret is spread: the others must not be shown. */
export function cleanPairs(pairs: Iterable<WordPair>, mask: Mask, longest: number): (pair: WordPair) => boolean {
  const keyOf = (pair: WordPair): string => JSON.stringify(pair);
  const distinct = new Map(Array.from(pairs, (pair) => [keyOf(pair), pair]));
  const textsOf = ([one = "", other = ""]: WordPair): string[] => {
    const [first, second] = [one.slice(0, longest), other.slice(0, longest)];
    return [first, second, first].filter((text) => text !== "");
  };
  const clean = new Set(withoutCutSecrets([...distinct.values()].slice(0, MAX_PAIRS), textsOf, mask).map(keyOf));
  return (pair) => clean.has(keyOf(pair));
}

/** Characters of the shortest piece of a token that counts. */
const PIECE = 16;
/** Characters of a token that are looked for. */
const MAX_TOKEN = 8192;
const LIKE_TOKENS = /[A-Za-z0-9_-]{16,}/g;

/** Looks for tokens and their pieces: one that is spread over several texts is in none of them. */
export function searchTokens(tokens: readonly string[]): (text: string) => boolean {
  const pieces = new Set<string>();
  for (const token of tokens) {
    const end = Math.min(token.length, MAX_TOKEN) - PIECE;
    for (let at = 0; at <= end; at++) pieces.add(token.slice(at, at + PIECE));
  }
  return (text) => {
    if (tokens.some((token) => text.includes(token))) return true;
    if (pieces.size === 0) return false;
    for (const [word] of text.matchAll(LIKE_TOKENS)) {
      for (let at = 0; at <= word.length - PIECE; at++) if (pieces.has(word.slice(at, at + PIECE))) return true;
    }
    return false;
  };
}

/**
 * The CA's words as they may be shown: secrets masked, addresses of persons and tokens removed.
 * @param hasToken whether a text has a piece of a token
 * @returns by the words as they were written
 */
export function shownWords(
  words: Iterable<string>,
  mask: Mask,
  longest: number,
  hasToken: (text: string) => boolean = () => false,
): ReadonlyMap<string, string> {
  // White space that is joined would make a list of texts look unclean.
  const all = [...new Set(words)].filter((text) => text !== "");
  const bare = all.map((text) => {
    // What is cut is longer than any word of the CA.
    const near = text.slice(0, longest * WINDOW);
    return hasToken(near) ? WITHHELD : withoutPersons(near.replace(/\s+/gu, " ").trim());
  });
  const shown = shownTexts(bare, mask, longest);
  return new Map(all.map((text, index) => [text, shown[index] ?? ""]));
}

/** How many times more characters are examined than shown. */
const WINDOW = 4;
