import { MASK } from "./named-secrets";
import { MIN_LETTERS, NeedleSet } from "./needle-set";

/** A part of a text: indices of its first character and past its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Tells where any number of secrets stand in a text as they are, in time that does not grow with their number. */
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
   * Where they stand, in any case of letters; places that overlap are all told.
   * @returns those that are there
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
 * The text with a mask in place of what these cover. Those that overlap or touch become one: nothing of a longer secret
 * is left beside a shorter one.
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

/** In small letters, each character where it was. */
function sameLength(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from({ length: text.length }, (_, index) => {
    const unit = text.charAt(index).toLowerCase();
    return unit.length === 1 ? unit : text.charAt(index);
  }).join("");
}
