/** A word to search for, in lower case. */
export interface Term {
  readonly text: string;
  /** The word without separators, if it is hex bytes: "ab:cd" as "abcd". */
  readonly hex?: string;
}

/** A part of a text, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const MAX_TERMS = 10;
/** The most ranges of one text that are marked. */
const MAX_RANGES = 1000;

/** The words of a query; all of them must be found. */
export function parseTerms(query: string): readonly Term[] {
  const words = lowerCase(query.trim()).split(/\s+/);
  return words
    .filter((word) => word !== "")
    .slice(0, MAX_TERMS)
    .map((word) =>
      /^[0-9a-f]{2}([:-][0-9a-f]{2})+$/.test(word) ? { text: word, hex: word.replace(/[:-]/g, "") } : { text: word },
    );
}

/** A text in lower case with unchanged offsets; characters whose lower case is longer stay as they are. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return [...text]
    .map((character) => (character.toLowerCase().length === character.length ? character.toLowerCase() : character))
    .join("");
}

/** Whether a lower-case text contains all words. */
export function matches(lower: string, terms: readonly Term[]): boolean {
  return terms.every(({ text, hex }) => lower.includes(text) || (hex !== undefined && lower.includes(hex)));
}

/** The ranges of the words in a text, in order and without overlaps. */
export function findRanges(text: string, terms: readonly Term[]): readonly Range[] {
  return rangesOf(
    lowerCase(text),
    terms.map((term) => term.text),
  );
}

/** The ranges of the words in hex. */
export function findHexRanges(hex: string, terms: readonly Term[]): readonly Range[] {
  const words = terms.map((term) => term.hex ?? term.text);
  return rangesOf(
    hex.toLowerCase(),
    words.filter((word) => /^[0-9a-f]+$/.test(word)),
  );
}

function rangesOf(lower: string, words: readonly string[]): readonly Range[] {
  const found: Range[] = [];
  for (const word of words) {
    for (
      let at = lower.indexOf(word);
      at >= 0 && found.length < MAX_RANGES;
      at = lower.indexOf(word, at + word.length)
    ) {
      found.push({ start: at, end: at + word.length });
    }
  }
  found.sort((a, b) => a.start - b.start);
  const merged: Range[] = [];
  for (const range of found) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else merged.push(range);
  }
  return merged;
}
