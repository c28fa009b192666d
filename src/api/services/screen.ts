import { shownTexts, WITHHELD, type Mask } from "../masking";
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
