/**
 * A text extracted from another one, with the line (base 1) where each of its lines began there. Lines end with LF.
 */
export interface SourcedText {
  readonly text: string;
  readonly lines: readonly number[];
}

/** An unchanged text. */
export function asItIs(text: string): SourcedText {
  return sourced(text.split("\n").map((line, index) => ({ line, from: index + 1 })));
}

/** The text of lines, each with its line number in the source. */
export function sourced(lines: readonly { readonly line: string; readonly from: number }[]): SourcedText {
  return { text: lines.map(({ line }) => line).join("\n"), lines: lines.map(({ from }) => from) };
}

/** Joins texts, without empty ones. */
export function joined(texts: readonly SourcedText[]): SourcedText {
  const some = texts.filter(({ text }) => text.trim() !== "");
  return { text: some.map(({ text }) => text).join("\n"), lines: some.flatMap(({ lines }) => lines) };
}

/** A text extracted from an extracted text, with the line numbers of the original. */
export function within(inner: SourcedText, outer: SourcedText): SourcedText {
  return { text: inner.text, lines: inner.lines.map((line) => outer.lines[line - 1] ?? 1) };
}
