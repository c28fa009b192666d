import { spelledOut } from "../../certificates/names/spelled-out";

/** Characters of one value; the details page has it whole. */
const MAX_VALUE = 300;

/**
 * A text, cut where it is long, as Markdown that shows it letter by letter: nothing in it is a link, a picture or HTML.
 */
export function literalMarkdown(raw: string): string {
  const short = raw.length > MAX_VALUE ? `${raw.slice(0, MAX_VALUE)}…` : raw;
  return spelledOut(short).replace(/[!-/:-@[-`{-~]/g, "\\$&");
}
