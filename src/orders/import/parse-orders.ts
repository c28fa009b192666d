import { mayShowParts } from "../../api/masking";
import { isCurl, readCurl } from "./curl";
import { excerptOf, isMasked, type OrdersAndProblems, type ParsedOrder, type ImportProblem } from "./parsed-order";
import { hasMarkup, htmlText } from "./html-text";
import { BROKEN_JSON, isJson, readJson } from "./json";
import { MAX_IMPORT_CHARACTERS, MAX_IMPORT_ORDERS, MAX_PROBLEMS } from "./limits";
import { isOrderList, readOrderLines } from "./lines";
import { readMailOrders } from "./mail";
import { isMailSource, mailTexts } from "./mime-text";
import { SECRET_WORDS } from "./number-labels";
import { hasPairs, isScriptText, readScriptOrders } from "./script";
import { asItIs, within, type SourcedText } from "./sourced-text";
import { readInserts } from "./sql";
import { readTable, type TableFindings } from "./table";
import { phrase } from "../../words/phrase";

/** The result of parsing a pasted text or file, to be shown before anything is added. */
export interface ParsedOrders {
  /** What the text was taken for. */
  readonly form: "empty" | "json" | "curl" | "script" | "table" | "mail" | "lines";
  /** Each order once, in the order of the text. */
  readonly orders: readonly ParsedOrder[];
  /** Orders that were named again. */
  readonly repeated: number;
  readonly problems: readonly ImportProblem[];
}

/**
 * Parses a text of any kind: lines, a table with or without headings, an e-mail or its source, HTML, scripts and curl
 * commands, links to a portal, JSON. Never throws; what it cannot parse is among the problems.
 */
export function parseOrders(text: string): ParsedOrders {
  const isLong = text.length > MAX_IMPORT_CHARACTERS;
  // Never cuts through a number.
  const cut = isLong ? text.slice(0, text.lastIndexOf("\n", MAX_IMPORT_CHARACTERS) + 1) : text;
  const { form, orders: found, problems: allProblems, text: read } = readAny(withLineFeeds(cut));
  const orders = distinct(found);
  const problems = withExcerpts(allProblems.slice(0, MAX_PROBLEMS), [cut, read]);
  if (isLong || orders.length > MAX_IMPORT_ORDERS) {
    problems.push({ line: 1, message: phrase("This is more than can be read at once, so the end was left out.") });
  }
  // An e-mail repeats its order number.
  const repeated = form === "mail" ? 0 : found.length - orders.length;
  return { form, orders: orders.slice(0, MAX_IMPORT_ORDERS), repeated, problems };
}

/**
 * A text without its byte order mark, with LF line ends, and without invisible characters inside numbers of web pages.
 */
function withLineFeeds(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/(?<=\d)[\u00AD\u200B-\u200D\u2060\uFEFF](?=\d)/g, "");
}

/** The most problems that are shown with their part of the text. */
const MAX_EXCERPTS = 20;

/** @param texts the text, and what was extracted from it */
function withExcerpts(problems: readonly ImportProblem[], texts: readonly string[]): ImportProblem[] {
  const isSafe = problems.some(({ excerpt }) => excerpt !== undefined) && texts.every(mayShowParts);
  const shown = isSafe ? MAX_EXCERPTS : 0;
  return problems.map(({ line, message, excerpt }, index) => ({
    line,
    message,
    ...(excerpt !== undefined && index < shown && shownOf(excerpt)),
  }));
}

/** An excerpt; empty if its words suggest a secret and none was found to mask. */
function shownOf(part: string): Pick<ImportProblem, "excerpt"> {
  const excerpt = excerptOf(part);
  return SECRET_WORDS.test(part) && !isMasked(excerpt) ? {} : { excerpt };
}

/** Each order once, with what several places say about it combined. */
function distinct(found: readonly ParsedOrder[]): ParsedOrder[] {
  const orders = new Map<string, ParsedOrder>();
  for (const [index, order] of found.entries()) {
    const { reference, collectionCode } = order;
    // Orders by collection code are distinguished by the code; one without a code is always a separate order.
    const key =
      reference.kind === "collectionCode" ? `code ${collectionCode ?? index}` : `${reference.kind} ${reference.value}`;
    const before = orders.get(key);
    const isOther = before?.product !== undefined && order.product !== undefined && before.product !== order.product;
    if (isOther) orders.set(`${key} ${order.product}`, order);
    else orders.set(key, { ...order, ...before });
  }
  return [...orders.values()];
}

interface Read extends OrdersAndProblems {
  readonly form: ParsedOrders["form"];
  /** The text in which this was found. */
  readonly text: string;
}

/** Reads the text itself, or what it contains: the parts of an e-mail, the visible text of HTML. */
function readAny(text: string): Read {
  if (text.trim() === "") return { form: "empty", orders: [], problems: [], text };
  if (!isMailSource(text)) return readVisible(asItIs(text));
  const { plain, html } = mailTexts(text);
  const readings = [plain, html].filter((each) => each.text.trim() !== "").map(readVisible);
  return best(readings) ?? readVisible(asItIs(text));
}

/** Reads it as it is if it is code or a table, else without its markup. */
function readVisible(source: SourcedText): Read {
  const table = tableOnce(source.text);
  const strict = inSource(readStrict(source.text, table), source);
  if (strict !== undefined && (strict.orders.length > 0 || strict.form === "json")) return strict;
  if (!hasMarkup(source.text)) return readOutside(strict, source, table);
  const seen = within(htmlText(source.text), source);
  const rows = tableOnce(seen.text);
  const inside = inSource(readStrict(seen.text, rows), seen);
  return inside !== undefined && inside.orders.length > 0 ? inside : readOutside(inside, seen, rows);
}

/** Reads a text as a table, at most once. */
function tableOnce(text: string): () => TableFindings | undefined {
  let table: { readonly read: TableFindings | undefined } | undefined;
  return () => (table ??= { read: readTable(text) }).read;
}

/** Labelled numbers count before a table or command without orders, and that before unlabelled numbers. */
function readOutside(strict: Read | undefined, source: SourcedText, table: () => TableFindings | undefined): Read {
  const loose = inSource(readLoose(source.text, table), source);
  if (strict === undefined || (loose.form === "mail" && loose.orders.length > 0)) return loose;
  return strict.form === "table" ? strict : (best([loose, strict]) ?? loose);
}

/** The first reading with orders, else the first that reports problems. */
function best(readings: readonly Read[]): Read | undefined {
  return (
    readings.find(({ orders }) => orders.length > 0) ??
    readings.find(({ form, problems }) => form !== "lines" && problems.length > 0) ??
    readings[0]
  );
}

function inSource(read: Read, { lines }: SourcedText): Read;
function inSource(read: Read | undefined, source: SourcedText): Read | undefined;
function inSource(read: Read | undefined, { lines }: SourcedText): Read | undefined {
  const lined = <T extends { readonly line: number }>(each: T): T => ({
    ...each,
    line: lines[each.line - 1] ?? each.line,
  });
  // Problems in JSON are counted by items.
  if (read === undefined || read.form === "json") return read;
  return { ...read, orders: read.orders.map(lined), problems: read.problems.map(lined) };
}

/** Formats that are recognised by their syntax. `undefined`: it is not any of them. */
function readStrict(text: string, tableOf: () => TableFindings | undefined): Read | undefined {
  const as = (form: ParsedOrders["form"], findings: OrdersAndProblems): Read => ({ form, ...findings, text });
  const json = isJson(text) ? readJson(text) : undefined;
  if (json !== undefined && json.orders.length > 0) return as("json", json);
  // Recorded calls have them in lists of names and values, or as strings.
  const inside = json !== undefined && (isScriptText(text) || hasPairs(text)) ? readScriptOrders(text) : undefined;
  if (inside !== undefined && inside.orders.length > 0) return as("script", inside);
  if (json !== undefined) return as("json", json);
  const inserted = readInserts(text);
  if (inserted !== undefined && inserted.orders.length > 0) return as("table", inserted);
  const curl = isCurl(text) ? readCurl(text) : undefined;
  if (curl !== undefined && curl.orders.length > 0) return as("curl", curl);
  const script = isScriptText(text) ? readScriptOrders(text) : undefined;
  if (script !== undefined && script.orders.length > 0) return as("script", script);
  const table = curl === undefined ? tableOf() : undefined;
  if (table?.hasHeadings) return as("table", table);
  return curl && as("curl", curl);
}

/** Formats that are recognised by what is found in them. */
function readLoose(text: string, tableOf: () => TableFindings | undefined): Read {
  const as = (form: ParsedOrders["form"], findings: OrdersAndProblems): Read => ({ form, ...findings, text });
  if (isOrderList(text)) return as("lines", readOrderLines(text));
  const mail = readMailOrders(text);
  if (mail !== undefined && mail.orders.length > 0) return as("mail", mail);
  const table = tableOf();
  if (table !== undefined && table.orders.length > 0 && !table.hasHeadings) return as("table", table);
  const lines = readOrderLines(text);
  if (mail !== undefined && mail.problems.length > lines.orders.length) return as("mail", mail);
  if (lines.orders.length === 0 && isJson(text)) return as("json", { orders: [], problems: [BROKEN_JSON] });
  return as("lines", lines);
}
