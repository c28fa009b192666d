/** A text that was taken out of another one, and where each of its lines began there (base 1). Lines end with LF. */
export interface SourcedText {
  readonly text: string;
  readonly lines: readonly number[];
}

/** A text that nothing was done to. */
export function asItIs(text: string): SourcedText {
  return sourced(text.split("\n").map((line, index) => ({ line, from: index + 1 })));
}

/** The text of lines, each with the line in which it began. */
export function sourced(lines: readonly { readonly line: string; readonly from: number }[]): SourcedText {
  return { text: lines.map(({ line }) => line).join("\n"), lines: lines.map(({ from }) => from) };
}

/** Texts below each other, empty ones left out. */
export function joined(texts: readonly SourcedText[]): SourcedText {
  const some = texts.filter(({ text }) => text.trim() !== "");
  return { text: some.map(({ text }) => text).join("\n"), lines: some.flatMap(({ lines }) => lines) };
}

/** What was taken out of a text that was taken out of another one, with the lines of the first. */
export function within(inner: SourcedText, outer: SourcedText): SourcedText {
  return { text: inner.text, lines: inner.lines.map((line) => outer.lines[line - 1] ?? 1) };
}
