import { MASK } from "./named-secrets";
import { MIN_LETTERS, NeedleSet } from "./needle-set";

/** A part of a text: indices of its first character and past its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds any number of unencoded secrets in a text, in time that does not grow with their number. */
export class SpanSearch {
  /** Those that are too short for a {@link NeedleSet}, with their needles. */
  private readonly short = new Map<string, string>();
  private readonly needles = new NeedleSet();

  add(secret: string): void {
    const needle = sameLength(secret);
    if (needle.length < MIN_LETTERS) this.short.set(secret, needle);
    else this.needles.add(needle, secret);
  }

  /**
   * Their places, in upper or lower case; overlapping places are all returned.
   * @returns the secrets that were found
   */
  find(text: string): Map<string, readonly Span[]> {
    const folded = sameLength(text);
    const found = new Map<string, Span[]>();
    const note = (secret: string, start: number, length: number): void => {
      const spans = found.get(secret);
      const span = { start, end: start + length };
      if (spans === undefined) found.set(secret, [span]);
      else spans.push(span);
    };
    for (const [secret, needle] of this.short) {
      for (let start = folded.indexOf(needle); start >= 0; start = folded.indexOf(needle, start + 1)) {
        note(secret, start, needle.length);
      }
    }
    for (const { needle, owners, at } of this.needles.placesIn(folded)) {
      for (const secret of owners) note(secret, at, needle.length);
    }
    return found;
  }
}

/**
 * The text with a mask over these spans. Spans that overlap or touch become one, so that no rest of a longer secret is
 * left beside a shorter one.
 */
export function withoutSpans(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  const parts: string[] = [];
  let end = 0;
  for (const span of spans.toSorted((one, other) => one.start - other.start)) {
    if (span.start > end || parts.length === 0) parts.push(text.slice(end, span.start), MASK);
    end = Math.max(end, span.end);
  }
  return [...parts, text.slice(end)].join("");
}

/** In lower case, with each character in its place. */
function sameLength(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from({ length: text.length }, (_, index) => {
    const unit = text.charAt(index).toLowerCase();
    return unit.length === 1 ? unit : text.charAt(index);
  }).join("");
}
