import { MASK } from "./named-secrets";

/** A part of a text: indices of its first character and past its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where secrets stand in a text as they are, in any case of letters; places that overlap are all told.
 * @returns those that are there
 */
export function spansOf(text: string, secrets: Iterable<string>): Map<string, readonly Span[]> {
  const folded = sameLength(text);
  const found = new Map<string, readonly Span[]>();
  for (const secret of secrets) {
    const needle = sameLength(secret);
    const spans: Span[] = [];
    for (let start = folded.indexOf(needle); start >= 0; start = folded.indexOf(needle, start + 1)) {
      spans.push({ start, end: start + needle.length });
    }
    if (spans.length > 0) found.set(secret, spans);
  }
  return found;
}

/** The text with a mask in place of what these cover. Those that overlap or touch become one: nothing of a longer secret is left beside a shorter one. */
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
