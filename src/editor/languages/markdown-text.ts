import { spelledOut } from "../../certificates/names/spelled-out";

/** Characters of one value; the details page has all of it. */
const MAX_VALUE = 300;

/**
 * A text as Markdown that shows it literally, shortened if it is long: nothing in it becomes a link, a picture or
 * HTML.
 * @param kind "text" for a sentence of ours, see {@link spelledOut}
 */
export function literalMarkdown(raw: string, kind: "text" | "domain" = "domain"): string {
  const short = raw.length > MAX_VALUE ? `${raw.slice(0, MAX_VALUE)}…` : raw;
  return spelledOut(short, kind).replace(/[!-/:-@[-`{-~]/g, "\\$&");
}
