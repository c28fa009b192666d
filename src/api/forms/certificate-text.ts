import { MAX_CERTIFICATES } from "../limits";
import { isCertificateStatus, isValidationStatus } from "./shapes";

/** BEGIN of RFC 7468 and as the CA's pages print it: `----- BEGIN CERTIFICATE -----`, four dashes. */
const PEM_BEGIN = /-{4,5} ?BEGIN [A-Z0-9 #]{1,60}-{4,5}/;
const PEM_END = /-{4,5} ?END [A-Z0-9 #]{1,60}-{4,5}/;

/** Characters before the word of a marker: five dashes and a space. */
const BEFORE_WORD = 6;

// Searching for the word is many times faster than for the pattern, and a megabyte of base64 contains neither.
export const hasPemBegin = (text: string): boolean => text.includes("BEGIN ") && PEM_BEGIN.test(text);

/** The places of certificates in a text: by their PEM markers, or else as base64. In text order. */
export function findCertificates(text: string): TextRange[] {
  const pem = findPem(text);
  return pem === undefined ? findBase64(text) : [pem];
}

/**
 * The pieces of a value that contains only certificates. Several in base64 may follow each other directly, each with
 * its padding: decoded together, they would end after the first.
 */
export function piecesOf(value: string): string[] {
  const padding = value.indexOf("=");
  if (padding < 0 || /^=+\s*$/.test(value.slice(padding, padding + MAX_MARKER)) || hasPemBegin(value)) return [value];
  const places = findBase64(value);
  return places.length === 0 ? [value] : places.map(({ start, end }) => value.slice(start, end));
}

/** A range of a text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** From the first BEGIN to past the last END; to the end of the text if a block is truncated. */
function findPem(text: string): TextRange | undefined {
  const word = text.indexOf("BEGIN ");
  const start = word < 0 ? undefined : PEM_BEGIN.exec(text)?.index;
  if (start === undefined) return undefined;
  const end = pastLastEnd(text);
  return { start, end: end === undefined || hasPemBegin(text.slice(end)) ? text.length : end };
}

function pastLastEnd(text: string): number | undefined {
  for (let word = text.lastIndexOf("END "); word >= 0; word = word === 0 ? -1 : text.lastIndexOf("END ", word - 1)) {
    const from = Math.max(0, word - BEFORE_WORD);
    const marker = PEM_END.exec(text.slice(from, word + MAX_MARKER));
    if (marker !== null) return from + marker.index + marker[0].length;
  }
  return undefined;
}

/** Characters of a marker from its word on. */
const MAX_MARKER = 80;

/** Base64 that is too long to be a word, or that begins like DER or ZIP. */
const BASE64_BEGIN = /^(?:[A-Za-z0-9+/]{40}|(?:MI|UEsD)[A-Za-z0-9+/]{12})/gm;
/** The end of a run of base64 lines: padding, another character, or an empty line. */
const BASE64_END = /=+|[^A-Za-z0-9+/\s]|\n(?=\r?\n)/g;

/** More base64 on the same line, directly after the padding. */
const BASE64_AGAIN = /[A-Za-z0-9+/]{40}/y;

/**
 * Base64 without markers, each piece up to its padding. Status texts that consist of letters may follow directly
 * below.
 */
function findBase64(text: string): TextRange[] {
  const places: TextRange[] = [];
  let from = 0;
  // One more than is accepted, to notice when there are too many.
  while (places.length <= MAX_CERTIFICATES) {
    const start = nextBase64(text, from);
    if (start === undefined) return places;
    BASE64_END.lastIndex = start;
    const stop = BASE64_END.exec(text);
    from = stop?.[0].startsWith("=")
      ? stop.index + stop[0].length
      : withoutWords(text, start, stop?.index ?? text.length);
    places.push({ start, end: from });
  }
  return places;
}

function nextBase64(text: string, from: number): number | undefined {
  BASE64_AGAIN.lastIndex = from;
  if (from > 0 && text[from - 1] === "=" && BASE64_AGAIN.test(text)) return from;
  BASE64_BEGIN.lastIndex = from;
  return BASE64_BEGIN.exec(text)?.index;
}

/**
 * The end of the base64 from `start` on, when lines of words up to `end` do not belong to it. The first line always
 * is.
 */
function withoutWords(text: string, start: number, end: number): number {
  let last = end;
  for (;;) {
    const line = text.lastIndexOf("\n", last - 1) + 1;
    const words = text.slice(line, last).trim();
    // If the run ended inside a line, that line continues with something else.
    const broken = last < text.length && text[last] !== "\n";
    if (line <= start || !(broken || words === "" || /\s/.test(words) || isStatus(words))) return last;
    last = line - 1;
  }
}

const isStatus = (line: string): boolean => isCertificateStatus(line) || isValidationStatus(line);
