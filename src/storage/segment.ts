import { hash } from "node:crypto";
import { WRITER_DIGITS, type JournalLine, type OrderEvent } from "../orders/journal/events";
import { readLine } from "../orders/journal/line";
import type { OrderId } from "../orders/model/order";
import type { AsideLine } from "../orders/ports";
import { MAX_LINE_BYTES } from "../orders/journal/line-bounds";
import { list, oneOf, parseJson, record, text } from "../shape/shape";
import { StorageError } from "./storage-error";
import { phrase } from "../words/phrase";

// A segment is a file of JSON lines that one process wrote. Each line names the hash of the line before it that the
// same process wrote ("prev") and ends in its own ("hash"): torn, flipped and missing lines show.

/** Characters of a line's hash: 128 bits of SHA-256 in base64url. */
const HASH_LENGTH = 22;
const TAIL = ',"hash":"';
const END = '"}';
const TAIL_LENGTH = TAIL.length + HASH_LENGTH + END.length;

/** The fields of a line apart from its event. */
export interface LineFrame {
  readonly at: number;
  readonly line: string;
  /** Stamp, if it differs from `at`. */
  readonly t?: number;
  /** {@link hashOf} of the line before, empty for a writer's first. */
  readonly prev: string;
}

/** A line to write, and how a reader will see it. */
export interface FormattedLine {
  /** Without the line feed. */
  readonly text: string;
  readonly read: JournalLine;
}

/**
 * The text of a line, and how any reader sees it.
 * @throws StorageError `line-too-long`; `line-refused` when a reader would set the line aside, which would lose it at
 *   the next start
 */
export function formatLine(event: OrderEvent, { at, line, t, prev }: LineFrame): FormattedLine {
  const text = seal({ v: 1, at, ...(t !== undefined && { t }), line, ...event, prev });
  if (Buffer.byteLength(text) > MAX_LINE_BYTES) {
    throw new StorageError("line-too-long", phrase("This is too large for one entry of the journal."));
  }
  const found = readLine(text);
  if (found.kind === "line") return { text, read: found.line };
  throw new StorageError(
    "line-refused",
    phrase("The journal of orders cannot hold this entry, so nothing was changed."),
  );
}

/** The hash that a line ends in. */
export function hashOf(text: string): string {
  return text.slice(-HASH_LENGTH - END.length, -END.length);
}

/** Whether a text ends in the hash of the text before it. */
function isSealed(text: string, bytes: Buffer): boolean {
  const open = bytes.length - TAIL_LENGTH;
  const isFramed = open > 0 && text.startsWith(TAIL, text.length - TAIL_LENGTH) && text.endsWith(END);
  return isFramed && hashOf(text) === digest(bytes.subarray(0, open));
}

/** The JSON of an object with its hash as last member. */
function seal(value: object): string {
  const open = JSON.stringify(value).slice(0, -1);
  return `${open}${TAIL}${digest(open)}${END}`;
}

function digest(text: string | Uint8Array): string {
  return hash("sha256", text, "base64url").slice(0, HASH_LENGTH);
}

/** One line of a segment as it was found. */
export interface FoundLine {
  readonly text: string;
  /** Absent for a line that is damaged or from a later version; see `why`. */
  readonly read?: JournalLine;
  readonly why?: AsideLine["why"];
  /** The order of a line that was set aside, if it can be determined. */
  readonly order?: OrderId;
}

/** Reads a line's bytes, without the line feed. Untrusted. */
export function parseLine(bytes: Buffer): FoundLine {
  const text = bytes.toString("utf8");
  if (bytes.length > MAX_LINE_BYTES || !isSealed(text, bytes)) return { text, why: "damaged" };
  const found = readLine(text);
  if (found.kind === "line") return { text, read: found.line };
  return { text, why: found.why, ...(found.order !== undefined && { order: found.order }) };
}

/** The first line of a merged segment: the bases of the segments that it took over. */
export function formatMergedHeader(of: readonly string[]): string {
  return seal({ v: 1, type: "merged", of });
}

const isMergedHeader = record<{ readonly type: "merged"; readonly of: readonly string[] }>({
  type: oneOf("merged"),
  of: list(text(MAX_LINE_BYTES), MAX_LINE_BYTES),
});

/** The bases in a header; empty if these bytes are not a header. Untrusted. */
export function parseMergedHeader(bytes: Buffer): readonly string[] {
  const json = bytes.toString("utf8");
  if (!isSealed(json, bytes)) return [];
  const header = parseJson(json);
  return isMergedHeader(header) ? header.of.filter((base) => parseSegmentName(`${base}.ndjson`) !== undefined) : [];
}

/**
 * The name of a segment's file: `<day>-<writer>-<number>.ndjson`. While it is being merged, `.claimed` comes before
 * the ending; in a file written by compaction, `.merged` does.
 */
export interface SegmentName {
  /** Without what compaction adds: the segment's identity. */
  readonly base: string;
  /** UTC, for instance "20260131". */
  readonly day: string;
  /** 16 hex digits, one process' own. */
  readonly writer: string;
  readonly state: "open" | "claimed" | "merged";
}

export function formatSegmentName(
  day: string,
  writer: string,
  number: number,
  state: SegmentName["state"] = "open",
): string {
  return `${day}-${writer}-${number}${state === "open" ? "" : `.${state}`}.ndjson`;
}

const SEGMENT_NAME = new RegExp(`^((\\d{8})-([0-9a-f]{${WRITER_DIGITS}})-\\d{1,9})(?:\\.(claimed|merged))?\\.ndjson$`);

export function parseSegmentName(file: string): SegmentName | undefined {
  const match = SEGMENT_NAME.exec(file);
  if (!match) return undefined;
  const [, base = "", day = "", writer = "", state] = match;
  return { base, day, writer, state: state === "claimed" || state === "merged" ? state : "open" };
}

/** The UTC day of a time, as segment names have it. @param at epoch ms */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll("-", "");
}
