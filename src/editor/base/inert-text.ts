/** Characters of one line of a message. The editor cuts a notification at 1,000. */
const MAX_LINE = 1_000;

/** What the editor's messages, prompts, lists and labels take for the beginning of a link or an icon. */
const SYNTAX = /\]\(|\$\(/g;

/** What ends a line, and runs of it (UAX #14: BK, CR, LF, NL), and the tab. */
const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Invisible characters: control, format (including directions), lone surrogates, private use and unassigned ones. */
const UNSEEN = /\p{C}/gu;

/**
 * A text for a place in the editor that shows plain text only. The editor's renderers find links that run commands
 * (`[label](command:…)`) and icons (`$(name)`) in any text, and labels, file names, certificates and servers' messages
 * end up there. This breaks the syntax with a space, line breaks become spaces, invisible characters are spelled out
 * ("‹U+202E›"), and anything longer than `longest` characters is cut. Applying it twice changes nothing.
 */
export function inertText(text: string, longest = MAX_LINE): string {
  const inert = cut(text, longest)
    .replace(LINE_BREAKS, " ")
    .replace(UNSEEN, spelled)
    .replace(SYNTAX, ([first = ""]) => `${first} (`);
  return cut(inert, longest);
}

/** A text for the clipboard: exact, but what could end its line or change a terminal is spelled out as above. */
export const clipboardLine = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, spelled);

function spelled(character: string): string {
  return `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}›`;
}

/** Never splits a surrogate pair. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
