import { jsonPlaces, type JsonPlace, type JsonSpan } from "../import/json-places";
import { ORDER_FILE_LIMITS, readOrderFile, type OrderFile } from "../import/order-file";
import { isRecord, parseJson } from "../../shape/shape";
import { fileMembersOf, type FileEntry } from "./order-file-entry";

/** A change of a text, and where the new entry, or the one that is there already, stands afterwards. */
export interface FileAddition {
  /** Replaces these characters with a text; an empty span inserts it. Absent if nothing has to change. */
  readonly edit?: JsonSpan & { readonly text: string };
  readonly entry: JsonSpan;
}

/** Why an entry cannot be added: the file is not one of orders, or it holds as many as it may. */
export type AdditionProblem = "unreadable" | "full";

/**
 * Adds an entry at the end of a file's list. Everything else stays as it is, character for character; the entry is
 * indented and broken into lines as those before it are.
 * @param text of the file
 */
export function addFileEntry(text: string, entry: FileEntry): FileAddition | AdditionProblem {
  const value = parseJson(text);
  if (!isRecord(value) || value.version !== 1 || !Array.isArray(value.orders)) return "unreadable";
  const known = entryIn(readOrderFile(text), entry);
  if (known !== undefined) return { entry: known };
  if (value.orders.length >= ORDER_FILE_LIMITS.orders) return "full";
  const list = jsonPlaces(text, DEPTH).children.get("orders");
  if (list === undefined) return "unreadable";
  const last = list.children.get(String(value.orders.length - 1));
  return last === undefined ? firstEntry(text, list, entry) : nextEntry(text, last, entry);
}

/** Levels of the file that matter here: list, order, member. */
const DEPTH = 3;

function entryIn({ orders }: OrderFile, { product, reference }: FileEntry): JsonSpan | undefined {
  const found = orders.find(
    (each) =>
      each.product === product && each.reference.kind === reference.kind && each.reference.value === reference.value,
  );
  return found && { start: found.start, end: found.end };
}

function nextEntry(text: string, last: JsonPlace, entry: FileEntry): FileAddition {
  // After a line break as before the last entry; in one line, after a blank.
  const before = blankBefore(text, last.start);
  const between = LINE_BREAK.test(before) ? before : " ";
  const isSpread = LINE_BREAK.test(text.slice(last.start, last.end));
  const written = isSpread ? spread(text, entry, indentOf(between)) : inline(entry);
  const at = last.end + 1 + between.length;
  return {
    edit: { start: last.end, end: last.end, text: `,${between}${written}` },
    entry: { start: at, end: at + written.length },
  };
}

const LINE_BREAK = /[\r\n]/;

function firstEntry(text: string, list: JsonPlace, entry: FileEntry): FileAddition {
  const eol = eolOf(text);
  if (!LINE_BREAK.test(text)) {
    const written = inline(entry);
    return replaced(list, `[${written}]`, 1, written.length);
  }
  const outer = indentOf(blankBefore(text, list.name?.start ?? list.start));
  const inner = outer + unitOf(text);
  const written = spread(text, entry, inner);
  return replaced(list, `[${eol}${inner}${written}${eol}${outer}]`, 1 + eol.length + inner.length, written.length);
}

function replaced({ start, end }: JsonSpan, text: string, offset: number, length: number): FileAddition {
  return { edit: { start, end, text }, entry: { start: start + offset, end: start + offset + length } };
}

function inline(entry: FileEntry): string {
  const members = Object.entries(fileMembersOf(entry)).map(
    ([name, value]) => `${JSON.stringify(name)}: ${list(value)}`,
  );
  return `{ ${members.join(", ")} }`;
}

function list(value: unknown): string {
  return Array.isArray(value) ? `[${value.map((each) => JSON.stringify(each)).join(", ")}]` : JSON.stringify(value);
}

/** An entry with a line for each member. @param indent of its own line */
function spread(text: string, entry: FileEntry, indent: string): string {
  const eol = eolOf(text);
  const inner = indent + unitOf(text);
  const members = Object.entries(fileMembersOf(entry)).map(
    ([name, value]) => `${inner}${JSON.stringify(name)}: ${list(value)}`,
  );
  return `{${eol}${members.join(`,${eol}`)}${eol}${indent}}`;
}

/** The blanks and line breaks before a place. */
function blankBefore(text: string, place: number): string {
  let from = place;
  while (from > 0 && /\s/.test(text[from - 1] ?? "")) from -= 1;
  return text.slice(from, place);
}

/** What stands after the last line break. */
function indentOf(blank: string): string {
  return blank.slice(Math.max(blank.lastIndexOf("\n"), blank.lastIndexOf("\r")) + 1);
}

function eolOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
}

/** One step of indentation: that of the first line which begins with blanks and a name. */
function unitOf(text: string): string {
  for (const line of text.split(/\r\n|\r|\n/, MAX_LOOK)) {
    const name = line.trimStart();
    if (name.startsWith('"') && name.length < line.length) return line.slice(0, line.length - name.length);
  }
  return "  ";
}

/** Lines in which the indentation is looked for. */
const MAX_LOOK = 100;
