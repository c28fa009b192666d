import type { Text } from "../certificates/details/page";
import type { Segment } from "../certificates/names/suspicious-text";
import { markWords } from "./marked-text";
import type { Strings } from "./strings";
import { findRanges, type Range, type Term } from "./terms";
import { plainValueText } from "./value-text";

/** A part of a text to draw. */
export interface Piece {
  /** The visible text; empty for characters that must not reach the page. */
  readonly text: string;
  /** Whether it matches the filter. */
  readonly hit: boolean;
  /** For marked characters: what they are, shown and spoken. */
  readonly words?: string;
}

/** Splits a text where its marks and the filter's matches begin and end. */
export function pieces(text: Text, terms: readonly Term[], strings: Strings): readonly Piece[] {
  const ranges = terms.length === 0 ? [] : findRanges(plainValueText(text), terms);
  const drawn: Piece[] = [];
  let at = 0;
  /** The first range that does not end before the run. */
  let next = 0;
  for (const run of runs(text)) {
    const content = plainValueText(run);
    const end = at + content.length;
    while ((ranges[next]?.end ?? Infinity) <= at) next++;
    let past = next;
    while ((ranges[past]?.start ?? Infinity) < end) past++;
    const hits = ranges.slice(next, past);
    const mark = run[0]?.mark;
    if (mark === undefined) for (const piece of cut(content, hits, at)) drawn.push(piece);
    else {
      const words = markWords(run, strings);
      drawn.push({ text: mark === "lookalike" ? content : "", hit: hits.length > 0, words });
    }
    at = end;
  }
  return drawn;
}

/** Splits a text that begins at a position of the ranges' text. */
export function cut(content: string, ranges: readonly Range[], at = 0): readonly Piece[] {
  const drawn: Piece[] = [];
  let done = 0;
  for (const range of ranges) {
    const start = Math.max(range.start - at, done);
    const end = Math.min(range.end - at, content.length);
    if (end <= start) continue;
    if (start > done) drawn.push({ text: content.slice(done, start), hit: false });
    drawn.push({ text: content.slice(start, end), hit: true });
    done = end;
  }
  if (done < content.length) drawn.push({ text: content.slice(done), hit: false });
  return drawn;
}

/** Groups adjacent segments with the same mark. */
function runs(text: Text): readonly (readonly Segment[])[] {
  const found: Segment[][] = [];
  for (const segment of text) {
    const last = found.at(-1);
    if (last?.[0]?.mark === segment.mark && last !== undefined) last.push(segment);
    else found.push([segment]);
  }
  return found;
}
