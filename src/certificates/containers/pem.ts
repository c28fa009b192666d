import { amount, phrase, type Phrase } from "../../words/phrase";
import { readBase64, type Base64Damage } from "./base64";
import { hasEncodedData } from "./encoded-data";
import { Tag } from "../asn1/tag";
import { plainPem, TYPOGRAPHIC_DASH } from "./written-pem";

/** One block of textual encoding (RFC 7468). Offsets are indices into the text. */
export interface PemBlock {
  /** As written, for example "CERTIFICATE"; empty where the marker has no label. */
  readonly label: string;
  /** Of the BEGIN marker's first dash. */
  readonly start: number;
  /** Past the END marker's last dash, or where the readable part ends. */
  readonly end: number;
  /** The base64, without markers and headers. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** Encapsulated headers (RFC 1421 section 4.4), for instance Proc-Type and DEK-Info of an encrypted key. */
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Buffer;
  readonly damage: readonly PemDamage[];
}

/**
 * `no-end`: the END marker is missing. `no-begin`: an END marker without its BEGIN. `label`: BEGIN and END have
 * different labels. `empty`: nothing between the markers. `too-many`: the blocks from here on are left out. The others
 * are {@link Base64Damage}'s.
 */
export type PemDamageCode = "no-end" | "no-begin" | "label" | "empty" | "too-many" | Base64Damage["code"];

export interface PemDamage {
  readonly code: PemDamageCode;
  /** Index into the text. */
  readonly offset: number;
  /** A sentence without its full stop. */
  readonly message: Phrase;
}

export interface PemRead {
  /** The text as it was read, see `plainPem`: it has the body of a block as plain base64, at the same indices. */
  readonly text: string;
  readonly blocks: readonly PemBlock[];
  /** What is wrong outside the blocks. */
  readonly damage: readonly PemDamage[];
}

/** Fewest dashes of a marker. Five is right; the CA's pages sometimes print four. */
const MIN_DASHES = "----";
/** Most blocks of one text; the rest is left out, and reported. Bundles of all public roots have 150. */
const MAX_BLOCKS = 10_000;
/** Most characters between the dashes and BEGIN or END, and of a label. Longer ones are prose. */
const MAX_BLANKS = 8;
const MAX_LABEL = 64;

/** A label (RFC 7468 section 3) up to its closing dashes: words with blanks or single hyphens between them. */
const LABEL = new RegExp(
  `^[ \\t]*(?:([!-,.-~]+(?:(?:[ \\t]+|-)[!-,.-~]+)*)[ \\t]*)?(?=${MIN_DASHES}|-{0,3}${TYPOGRAPHIC_DASH})`,
);
/** Labels of markers with typographic dashes: prose has such dashes too, even with "END" between them. */
const OF_PEM = /^[A-Z0-9 ]*(?:CERTIFICATE|KEY|CRL|PKCS7|PKCS #7|CMS|PARAMETERS)[A-Z0-9 ]*$/;

interface Marker {
  readonly word: "BEGIN" | "END";
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds every block of any label in `text`. Tolerates everything that occurs: any line ends and line lengths, prose
 * around blocks, spaces inside the markers, four dashes or typographic ones, markers without a line of their own, no
 * final newline, escaped line breaks, quotes. Damage is reported with its place, and what can be decoded is still
 * returned. Linear in the text.
 */
export function readPem(written: string): PemRead {
  const text = asPem(written);
  const blocks: PemBlock[] = [];
  const damage: PemDamage[] = [];
  let open: Marker | undefined;
  for (const marker of markersIn(text)) {
    if (blocks.length + damage.length >= MAX_BLOCKS) {
      const message = phrase("There are more than {0} blocks", amount(MAX_BLOCKS));
      damage.push({ code: "too-many", offset: marker.start, message });
      return { text, blocks, damage };
    }
    if (open !== undefined) blocks.push(block(text, open, marker));
    else if (marker.word === "END") {
      damage.push({ code: "no-begin", offset: marker.start, message: phrase("END {0} has no BEGIN", marker.label) });
    }
    open = marker.word === "BEGIN" ? marker : undefined;
  }
  if (open !== undefined) blocks.push(block(text, open, undefined));
  return { text, blocks, damage };
}

/** Only texts with something like a marker are searched. */
const asPem = (text: string) => (text.includes("BEGIN") || text.includes("END") ? plainPem(text) : text);

/** Whether `text` has a BEGIN marker. */
export function hasPem(written: string): boolean {
  if (!written.includes("BEGIN")) return false;
  const text = plainPem(written);
  for (const { word } of markersIn(text)) if (word === "BEGIN") return true;
  return false;
}

function* markersIn(text: string): Generator<Marker> {
  const nextDashes = dashesIn(text);
  for (let start = nextDashes(0); start >= 0;) {
    const marker = markerAt(text, start);
    if (marker !== undefined) yield marker;
    start = nextDashes(marker?.end ?? skipDashes(text, start));
  }
}

/** Finds the next dashes from an index on. Nearly all texts have none but hyphens. */
function dashesIn(text: string): (from: number) => number {
  if (!text.includes(TYPOGRAPHIC_DASH)) return (from) => text.indexOf(MIN_DASHES, from);
  const dashes = new RegExp(`${MIN_DASHES}|-{0,3}${TYPOGRAPHIC_DASH}`, "g");
  return (from) => {
    dashes.lastIndex = from;
    return dashes.exec(text)?.index ?? -1;
  };
}

/** The marker whose first dashes begin at `start`. */
function markerAt(text: string, start: number): Marker | undefined {
  let position = skipDashes(text, start);
  const dashesEnd = position;
  while (position - dashesEnd < MAX_BLANKS && isBlank(text, position)) position++;
  const word = text.startsWith("BEGIN", position) ? "BEGIN" : text.startsWith("END", position) ? "END" : undefined;
  if (word === undefined) return undefined;
  const rest = text.slice(position + word.length, position + word.length + MAX_LABEL);
  const found = LABEL.exec(rest);
  const label = found?.[1] ?? "";
  // "BEGINNING ----" is prose.
  if (found === null || (label !== "" && !/^[ \t]/.test(rest))) return undefined;
  const end = markerEnd(text, position + word.length + found[0].length);
  const isTypographic = text.slice(start, end).includes(TYPOGRAPHIC_DASH);
  return isTypographic && !OF_PEM.test(label) ? undefined : { word, label: labelOf(label), start, end };
}

/** Most characters of a word in a label; the longest in use have eleven. */
const MAX_WORD = 24;

/** The label as it is reported. Data between the dashes is not a label, and may be part of a key. */
function labelOf(written: string): string {
  const label = written.replace(/[ \t]+/g, " ");
  if (label.split(" ").every((word) => word.length <= MAX_WORD) && !hasEncodedData(label)) return label;
  return /PRIVATE KEY/i.test(label) ? "PRIVATE KEY" : "";
}

/**
 * Where a marker's closing dashes end. Two files joined without a newline have the next marker's dashes among them.
 */
function markerEnd(text: string, dashesStart: number): number {
  const dashesEnd = skipDashes(text, dashesStart);
  const dashes = dashesEnd - dashesStart;
  const nextFollows = text.startsWith("BEGIN", dashesEnd) || text.startsWith("END", dashesEnd);
  return nextFollows && dashes >= 2 * MIN_DASHES.length ? dashesStart + Math.floor(dashes / 2) : dashesEnd;
}

function skipDashes(text: string, from: number): number {
  let position = from;
  while (text[position] === "-" || text[position] === TYPOGRAPHIC_DASH) position++;
  return position;
}

function isBlank(text: string, position: number): boolean {
  return text[position] === " " || text[position] === "\t";
}

/** The block that `begin` opens; `next` is the marker after it, whatever that is. */
function block(text: string, begin: Marker, next: Marker | undefined): PemBlock {
  const damage: PemDamage[] = [];
  const { headers, bodyStart } = readHeaders(text, begin.end, next?.start ?? text.length);
  let bodyEnd = next?.start ?? text.length;
  let end = next?.end ?? text.length;
  if (next?.word !== "END") {
    // What follows the base64 of an unfinished block does not belong to it.
    bodyEnd = endOfBase64(text, bodyStart, bodyEnd);
    end = bodyEnd;
    damage.push({ code: "no-end", offset: begin.start, message: phrase("BEGIN {0} has no END", begin.label) });
  } else if (next.label.toUpperCase() !== begin.label.toUpperCase()) {
    const message = phrase("BEGIN {0} is closed by END {1}", begin.label, next.label);
    damage.push({ code: "label", offset: next.start, message });
  }
  const read = readBase64(text, bodyStart, bodyEnd);
  // Words of prose below an unfinished block may look like base64: its encoding shows where it ends.
  const bytes = next?.word === "END" ? read.bytes : firstElement(read.bytes);
  if (read.damage !== undefined && bytes.length === read.bytes.length) {
    damage.push({ ...read.damage, message: BASE64_MESSAGES[read.damage.code] });
  } else if (bytes.length === 0) {
    damage.push({ code: "empty", offset: begin.start, message: phrase("The block {0} is empty", begin.label) });
  }
  return { label: begin.label, start: begin.start, end, bodyStart, bodyEnd, headers, bytes, damage };
}

/** The SEQUENCE at the start of the bytes, by its length; all bytes if they end with it or before. */
function firstElement(bytes: Buffer): Buffer {
  const octets = (bytes[1] ?? 0) - 0x80;
  if (bytes[0] !== Tag.SEQUENCE || octets < 1 || octets > 4 || bytes.length < 2 + octets) return bytes;
  return bytes.subarray(0, 2 + octets + bytes.readUIntBE(2, octets));
}

/** The message for each kind of base64 damage. */
export const BASE64_MESSAGES: Readonly<Record<Base64Damage["code"], Phrase>> = {
  character: phrase("This character is not base64"),
  padding: phrase("The base64 padding is wrong"),
  length: phrase("The base64 ends in a single left-over character"),
};

/** Lines "Name: value" after the BEGIN marker, the next ones indented where a value goes on (RFC 1421 section 4.4). */
function readHeaders(text: string, from: number, to: number) {
  const headers = new Map<string, string>();
  const body = text.slice(from, to);
  const line = /[ \t]*(?:\r\n?|\n)?([A-Za-z][A-Za-z0-9-]*):([^\r\n]*(?:(?:\r\n?|\n)[ \t][^\r\n]*)*)/y;
  let bodyStart = from;
  for (let found = line.exec(body); found !== null; found = line.exec(body)) {
    const [, name = "", value = ""] = found;
    headers.set(name, value.replace(/\s+/g, " ").trim());
    bodyStart = from + line.lastIndex;
  }
  return { headers, bodyStart };
}

/** From this many characters on, a truncated last line counts as base64 and not as a word of prose. */
const MIN_CUT_LINE = 48;
/** So does one that ends in padding, or is followed by the end of a value or the dashes of an incomplete marker. */
const AFTER_LAST = /["'`<>()[\]{};\u2014-]/;

/** Where base64 without an END marker stops: at the first line that is something else, and after padding. */
function endOfBase64(text: string, from: number, to: number): number {
  const body = text.slice(from, to);
  const line = /[ \t]*([A-Za-z0-9+/]*={0,2})[ \t]*(\r\n?|\n|$)?/y;
  let end = 0;
  while (end < body.length) {
    line.lastIndex = end;
    const found = line.exec(body);
    const [whole = "", base64 = "", lineEnd] = found ?? [];
    if (lineEnd === undefined) {
      const isLast = base64 !== "" && (base64.endsWith("=") || AFTER_LAST.test(body[end + whole.length] ?? ""));
      return from + end + (isLast || base64.length >= MIN_CUT_LINE ? whole.length : 0);
    }
    if (base64.endsWith("=")) return from + end + whole.length - lineEnd.length;
    end = line.lastIndex;
  }
  return from + end;
}
