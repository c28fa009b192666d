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

/**
 * The CA's words as they may be shown: secrets masked, addresses of persons and tokens removed.
 * @param tokens texts that none may contain
 * @returns by the words as they were written
 */
export function shownWords(
  words: Iterable<string>,
  mask: Mask,
  longest: number,
  tokens: readonly string[] = [],
): ReadonlyMap<string, string> {
  // White space that is joined would make a list of texts look unclean.
  const all = [...new Set(words)].filter((text) => text !== "");
  const bare = all.map((text) => {
    // What is cut is longer than any word of the CA.
    const near = text.slice(0, longest * WINDOW);
    return tokens.some((token) => near.includes(token)) ? WITHHELD : withoutPersons(near.replace(/\s+/gu, " ").trim());
  });
  const shown = shownTexts(bare, mask, longest);
  return new Map(all.map((text, index) => [text, shown[index] ?? ""]));
}

/** How many times more characters are examined than shown. */
const WINDOW = 4;
