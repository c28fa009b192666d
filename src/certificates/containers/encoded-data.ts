import { inEnglish } from "../../words/localize";
import { linesNotShown } from "../../words/marks";
import { numberRuns } from "./number-runs";

/**
 * Finds what looks like encoded data in free text: base64, hex, lists of bytes, long numbers. Text around certificates
 * may contain a private key in any of these forms, and the remains of a key have no structure by which they could be
 * recognised. So nothing that looks like encoded data is shown.
 */

/** From this many characters on, encoded data in a text is too long to be a name, a number or an identifier. */
const MIN_ENCODED = 32;

/** Fewest characters of a piece that counts. A shorter one has less than nine bytes. */
const MIN_PIECE = 12;

/** How many characters are examined; the rest of a longer text is left out. */
const MAX_TEXT = 64 * 1024;

/** The text without what looks like encoded data, with a note in its place. */
export function withoutEncodedData(text: string): string {
  if (text.length < MIN_ENCODED) return text;
  const lines = text.slice(0, MAX_TEXT).split(/\r\n|[\n\r]/);
  const pieces = encodedInLines(lines);
  if (total(pieces) < MIN_ENCODED) return text.length > MAX_TEXT ? lines.join("\n") : text;
  const kept: string[] = [];
  let hidden = 0;
  const tell = () => {
    if (hidden > 0) kept.push(inEnglish(linesNotShown(hidden)));
    hidden = 0;
  };
  for (const [index, line] of lines.entries()) {
    const left = without(line, pieces[index] ?? []);
    if (left === undefined) {
      hidden++;
      continue;
    }
    tell();
    kept.push(left);
  }
  tell();
  return kept.join("\n");
}

/** Whether a text has so much encoded data that {@link withoutEncodedData} would remove it. */
export function hasEncodedData(text: string): boolean {
  if (text.length < MIN_ENCODED) return false;
  if (text.length > MAX_TEXT) return true;
  return total(encodedInLines(text.split(/\r\n|[\n\r]/))) >= MIN_ENCODED;
}

/** The lines of a text with encoded data; empty where there is little in all. */
export function encodedLines(lines: readonly string[]): readonly boolean[] {
  const pieces = encodedInLines(lines);
  const isMuch = total(pieces) >= MIN_ENCODED;
  return pieces.map((of) => isMuch && of.length > 0);
}

interface Piece {
  readonly start: number;
  readonly end: number;
  /** Characters without those between. */
  readonly characters: number;
}

const total = (pieces: readonly (readonly Piece[])[]) =>
  pieces.flat().reduce((sum, { characters }) => sum + characters, 0);

/** @returns `undefined` for a line without anything else */
function without(line: string, pieces: readonly Piece[]): string | undefined {
  if (pieces.length === 0) return line;
  const words: string[] = [];
  let at = 0;
  for (const { start, end } of pieces) {
    words.push(line.slice(at, start));
    at = end;
  }
  words.push(line.slice(at));
  if (!words.some((part) => /[\p{L}\p{N}]/u.test(part))) return undefined;
  return words.join("…");
}

/** Separators between the digits of bytes: `30:82`, `30 82`, `0x30, 0x82`, `\x30\x82`. */
const BYTES = /(?:(?:0x|\\x|%|=)?(?:[0-9a-f]{2}){1,8}h?(?:[\s:;,|.\-_"']{1,3}|(?=\\x|%|=)|$)){6,}/gi;
/** Bytes as numbers: `48, 130, 4`. */
const NUMBERS = /(?:-?\d{1,3}(?:[\s,;]{1,3}|$)){8,}/g;
/** A number too large to count anything. */
const LONG_NUMBER = /\d{24,}/g;
/** Base64 of either alphabet without separators, and with the escapes of the surrounding format. */
const RUN =
  /(?:[A-Za-z0-9+/_\0\u00ad\u200b-\u200f\u2060\ufeff-]|\\[nrt/]|%2[BF]|%3D|&#(?:43|47|61|x2b|x2f|x3d);|=){12,}/gi;
/** Base64 in groups, in quotes or with continuation characters. */
const GROUPS = /^[\sA-Za-z0-9+/=_\-"'`,\\>|#]*$/;
/** A word, or several joined by punctuation, as in `ca-certificates`. */
const WORD = /^(?:(?:[A-Z]?[a-z]{2,}|[A-Z]{2,}|\d{1,7})(?:[-_]|$))+$/;
/** Universally unique identifiers are names. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** Zero-width characters: leaving them in keeps offsets right, and taking them out keeps patterns intact. */
const INVISIBLE = /[\0\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** The pieces of each line. Lines that consist only of groups of characters are weighed together, however short. */
function encodedInLines(lines: readonly string[]): readonly (readonly Piece[])[] {
  const pieces: (readonly Piece[])[] = [];
  let block: (readonly string[])[] = [];
  const closeBlock = (end: number) => {
    const tokens = block.flat();
    if (countOf(tokens) >= MIN_PIECE && isMixed(tokens.flatMap((token) => token.split(/[-_]/)))) {
      for (const [index, own] of block.entries()) {
        const line = end - block.length + index;
        pieces[line] = [{ start: 0, end: lines[line]?.length ?? 0, characters: countOf(own) }];
      }
    }
    block = [];
  };
  for (const [index, line] of lines.entries()) {
    pieces.push(encodedIn(line));
    const tokens = groupsIn(line);
    if (tokens === undefined) closeBlock(index);
    else block.push(tokens);
  }
  closeBlock(lines.length);
  hideNumbers(lines, pieces);
  return pieces;
}

/** Lines with a part of a list of numbers are taken whole: the text between the numbers means nothing. */
function hideNumbers(lines: readonly string[], pieces: (readonly Piece[])[]): void {
  const runs = numberRuns(lines.join("\n"));
  let [next, start] = [0, 0];
  for (const [index, line] of lines.entries()) {
    const end = start + line.length;
    while ((runs[next]?.end ?? Infinity) <= start) next++;
    const run = runs[next];
    if (run !== undefined && run.start < end) {
      pieces[index] = [{ start: 0, end: line.length, characters: Math.max(MIN_ENCODED, line.length) }];
    }
    start = end + 1;
  }
}

const countOf = (tokens: readonly string[]) => tokens.reduce((sum, { length }) => sum + length, 0);

/** The groups of a line that consists of nothing else, unless many of them are words. */
function groupsIn(line: string): readonly string[] | undefined {
  const packed = line
    .replace(UUID, "")
    .replace(INVISIBLE, "")
    .replace(/\\[nrt]/g, " ");
  if (!GROUPS.test(packed) || !/[A-Za-z0-9]/.test(packed)) return undefined;
  const tokens = packed
    .split(/[^A-Za-z0-9+/_-]+/)
    .map((token) => token.replace(/^[-_]+|(?<![-_])[-_]+$/g, ""))
    .filter((token) => token !== "");
  const isProse = tokens.filter((token) => WORD.test(token)).length * 3 > tokens.length;
  return isProse && !isEven(tokens) ? undefined : tokens;
}

/** Groups of one size but the last, as no words have. */
const isEven = (tokens: readonly string[]) =>
  tokens.length >= 3 && tokens.slice(0, -1).every(({ length }) => length === tokens[0]?.length);

function encodedIn(line: string): readonly Piece[] {
  // Characters that no pattern matches replace what is not data, so that offsets stay the same.
  const text = line.replace(UUID, (id) => "\u0001".repeat(id.length));
  const all = () => true;
  const found = [
    // The text after a hex dump is the same bytes as letters.
    ...piecesOf(text, BYTES, (piece) => piece.replace(/0x|[^0-9a-f]/gi, "").length, all).map((piece) => ({
      ...piece,
      end: line.length,
    })),
    ...piecesOf(text, NUMBERS, (piece) => piece.split(/\D+/).length * 2, all),
    ...piecesOf(text, LONG_NUMBER, (piece) => piece.length, all),
    ...piecesOf(
      text,
      RUN,
      (piece) => piece.length,
      (piece) => isMixed(piece.split(/[^A-Za-z0-9+]+/)),
    ),
  ].sort((one, other) => one.start - other.start);
  const apart: Piece[] = [];
  for (const piece of found) {
    const last = apart.at(-1);
    if (last === undefined || piece.start >= last.end) apart.push(piece);
    else {
      const characters = Math.max(last.characters, piece.characters);
      apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, piece.end), characters };
    }
  }
  return apart;
}

function piecesOf(
  text: string,
  pattern: RegExp,
  characters: (piece: string) => number,
  isData: (piece: string) => boolean,
): Piece[] {
  return [...text.matchAll(pattern)].flatMap(({ 0: piece, index }) => {
    const count = characters(piece);
    return count >= MIN_PIECE && isData(piece) ? [{ start: index, end: index + piece.length, characters: count }] : [];
  });
}

/**
 * The share of neighbours in text that change as in {@link isMixed}; for random base64 it is about 0.4, for words
 * 0.05.
 */
const MIN_CHANGES = 0.2;

/**
 * Whether lower case, upper case and digits alternate as they never do in words: a capital inside it, a digit beside a
 * letter.
 */
function isMixed(tokens: readonly string[]): boolean {
  let pairs = 0;
  let changes = 0;
  for (const token of tokens) {
    for (let index = 1; index < token.length; index++) {
      const [before, after] = [kindOf(token.charCodeAt(index - 1)), kindOf(token.charCodeAt(index))];
      pairs++;
      const isChange =
        before === "sign" ||
        after === "sign" ||
        (before === "small" && after === "capital") ||
        (before === "digit") !== (after === "digit");
      if (isChange) changes++;
    }
  }
  return pairs > 0 && changes / pairs >= MIN_CHANGES;
}

function kindOf(code: number): "small" | "capital" | "digit" | "sign" {
  if (code >= 0x61 && code <= 0x7a) return "small";
  if (code >= 0x41 && code <= 0x5a) return "capital";
  return code >= 0x30 && code <= 0x39 ? "digit" : "sign";
}
