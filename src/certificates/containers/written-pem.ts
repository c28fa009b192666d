/**
 * PEM as programs and people pass it on: with escaped line breaks (JSON, `.env`, YAML, shells), percent-encoded (as
 * servers hand it to programs), in quotes that are joined, quoted in a mail, and with dashes that a word processor
 * made longer.
 */

/**
 * The character that replaces a typographic dash in the text that {@link plainPem} returns: every character of the
 * dash, in any encoding, becomes this one.
 */
export const TYPOGRAPHIC_DASH = "\u2014";

/**
 * Figure, en and em dashes, horizontal bar, non-breaking and small hyphens, the minus sign: as characters, as the
 * bytes of UTF-8 and of Windows-1252, and as entities of HTML.
 */
const DASH = String.raw`\xe2\x80[\x90-\x95]|\xe2\x88\x92|\xe2\x81\x83|\xef\xb9[\x98\xa3]|\xef\xbc\x8d|&(?:[mn]dash|minus|#8209|#821[12]|#x201[1-4]);|[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]|(?<![\xc2-\xf4][\x80-\xbf]{0,2})[\x96\x97]`;
/** Spaces beyond ASCII, and characters without width. */
const SPACE = String.raw`&#(?:13|x0?d);|\xc2[\xa0\xad]|\xe2\x80[\x80-\x8b\xa8\xaf]|\xef\xbb\xbf|[\xa0\u2000-\u200b\u2028\u202f\ufeff]|&(?:nbsp|#160|#xa0);|<\/?(?:p|div|span|pre)>`;
/** Escaped line breaks; those of PowerShell have a backtick, which elsewhere is a quote. */
const BREAK = String.raw`(?<=[\w+/=-])(?:\x60r)?\x60n|(?<=[\w+/=-])\x60r|\\{1,8}r\\{1,8}n|\\{1,8}(?:[nr]|u000[ad]|x0[ad])|(?:%0d)?%0a|%0d|(?:&#(?:13|x0?d);)?&#(?:10|x0?a);|<br ?\/?>`;
/** Escaped base64 characters, and blanks. */
const CHARACTER = String.raw`\\{1,8}[/t "'=+-]|\\{1,8}u00(?:20|2[bdf]|3d)|%2[0bdf]|%3d|&#(?:43|45|47|61|x2[bdf]|x3d);|=3d`;
/** A line that continues on the next line. */
const CONTINUATION = String.raw`\\{1,8}(?=[\r\n])`;
/** Quotes, and what joins strings in a program or a list: `" + "`, `", "`, `' b'`, `" u8"`. */
const QUOTE = String.raw`["'\`][ \t\r\n,;.&+()\\[\]]{0,200}(?:(?<=[\s,;.&+()[\]])(?:u8|[bfrul]{1,2}))?["'\`]|["'\`]`;
/** The prefix of each line in a quotation, a comment or a patch. */
const PREFIX = String.raw`(?<=[\r\n])[ \t]{0,40}[>#*;|][>#*;|\t ]{0,40}|(?<=[\r\n])[ \t]{0,40}\/\/[ \t]`;

/**
 * Pieces are matched in runs, as there may be many: dashes, line breaks, characters, and everything that becomes
 * blank.
 */
const WRITTEN = new RegExp(
  `((?:${DASH})+)|((?:${BREAK})+)|(${CHARACTER})|(?:${SPACE})+|${[CONTINUATION, QUOTE, PREFIX].join("|")}`,
  "gi",
);
/** Without dashes, quotes and line prefixes; the first group never matches. */
const ESCAPES = new RegExp(`((?!))|((?:${BREAK})+)|(${CHARACTER})|(?:${SPACE})+|${CONTINUATION}`, "gi");
/**
 * The first characters of any of them; most texts have none. Base64 may have adjacent slashes, but no blank after
 * them.
 */
const ANY = /[\\%&<"'`>#*;|\x80-\uffff]|=3[dD]|\/\/[ \t]/;
const ANY_ESCAPE = /[\\%&<\x80-\uffff]|=3[dD]/;
const NUMBER = /(?:2b|2d|2f|3d|43|45|47|61);?$/i;

/** The character that an escape of {@link CHARACTER} stands for, by the end of it. */
const OF_NUMBER: Readonly<Record<string, string>> = {
  "2b": "+",
  "43": "+",
  "2d": "-",
  "45": "-",
  "2f": "/",
  "47": "/",
  "3d": "=",
  "61": "=",
};

/**
 * The same text, character for character, in which everything added around and inside PEM is blank, a line break or a
 * dash: its offsets are those of the text.
 * @param text one character a byte, or UTF-16
 */
export function plainPem(text: string): string {
  if (!ANY.test(text)) return text;
  const isForm = /-(?:BEGIN|END)\+/.test(text) && text.includes("%");
  const plain = text.replace(WRITTEN, written);
  // In a URL-encoded form, blanks are plus signs and plus signs are escaped.
  return isForm ? plain.replace(/\+/g, (plus, at: number) => (text[at] === "+" ? " " : plus)) : plain;
}

/** The same for base64 values; quotes and line prefixes between them stay. */
export function plainValues(text: string): string {
  return ANY_ESCAPE.test(text) ? text.replace(ESCAPES, written) : text;
}

function written(piece: string, dashes?: string, lineBreak?: string, character?: string): string {
  const { length } = piece;
  if (dashes !== undefined) return TYPOGRAPHIC_DASH.repeat(length);
  if (lineBreak !== undefined) return "\n".padStart(length);
  if (character !== undefined) return plainCharacter(character).padStart(length);
  // Lines stay lines.
  return piece.replace(/[^\r\n]/g, " ");
}

/** @param written a piece of {@link CHARACTER} */
function plainCharacter(written: string): string {
  const number = NUMBER.exec(written)?.[0].replace(";", "").toLowerCase();
  if (number !== undefined) return OF_NUMBER[number] ?? "";
  const last = written.slice(-1);
  return written.startsWith("\\") && "/=+-".includes(last) ? last : "";
}
