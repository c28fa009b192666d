import { phrase, plural, type Phrase } from "./phrase";

// What stands in texts of others where something is not shown. Such texts are kept and logged, so that the marks in
// them are in English; whoever says the text says them in the reader's language: see `saidMarks`.

/** In place of a text. */
export const SECRET_WITHHELD = phrase("(text withheld: it may contain a secret)");
export const KEY_WITHHELD = phrase("(text withheld: it may contain a private key)");

/** In place of so many lines. */
export const linesNotShown = (lines: number): Phrase =>
  plural(
    lines,
    "({0} line that looks like encoded data is not shown)",
    "({0} lines that look like encoded data are not shown)",
  );

/** In place of a name with so many characters. */
export const nameNotShown = (characters: number): Phrase => phrase("(a name of {0} characters)", characters);

const MARKS =
  /\((?:text withheld: it may contain a (secret|private key)|([\d,]+) lines? that looks? like encoded data (?:is|are) not shown|a name of (\d+) characters)\)/g;

/** A text of others, with the marks in it said. @param say says a mark */
export function saidMarks(text: string, say: (mark: Phrase) => string): string {
  if (!text.includes("(")) return text;
  return text.replace(MARKS, (_, withheld?: string, lines?: string, characters?: string) => {
    if (withheld !== undefined) return say(withheld === "secret" ? SECRET_WITHHELD : KEY_WITHHELD);
    return say(lines === undefined ? nameNotShown(Number(characters)) : linesNotShown(Number(lines.replace(/,/g, ""))));
  });
}
