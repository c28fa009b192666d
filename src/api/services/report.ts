import { UnreadableAnswer } from "../forms/reading";
import { isHostName, readUnixTime } from "../forms/shapes";
import { MAX_WORD_CHARACTERS } from "../limits";
import type { Mask } from "../masking";
import { hasAtSign } from "./persons";
import { ORDER_COLUMN, type NumberedRow, type RowsReading, type Wanted } from "./rows";
import { cleanValues, shownWords } from "./screen";
import type { OrderReport, ReportRow } from "./service-result";
import { phrase } from "../../words/phrase";

const COLUMNS: ReadonlySet<string> = new Set([
  ORDER_COLUMN,
  "datetime",
  "orderstatus",
  "type",
  "domain",
  "additionaldomain",
  "mdcdomainnames",
  "status",
  "notbefore",
  "notafter",
  "serialnumber",
  "certificateid",
]);

/** The columns of a report that are kept. */
export const isReportColumn: Wanted = (name) => COLUMNS.has(name);

/** Domains of a row. */
const MAX_ROW_DOMAINS = 20;

/** Different names of products and states in one report; others are left out. */
const MAX_WORDS = 100;

type Draft = { -readonly [Key in keyof ReportRow]: ReportRow[Key] };

/**
 * The orders of a report. Of several rows about one order, the one that says most is kept, of equal ones the last.
 * @throws UnreadableAnswer when the number of results is not a number
 */
export function readReport({ rows, noOfResults }: Pick<RowsReading, "rows" | "noOfResults">, mask: Mask): OrderReport {
  if (noOfResults !== undefined && !/^\d{1,9}$/.test(noOfResults)) {
    throw new UnreadableAnswer("text", phrase("The report does not say in a number how many orders there are."));
  }
  const drafts = rows.flatMap((row) => readRow(row) ?? []);
  const clean = cleanValues(drafts.flatMap(valuesOf), mask);
  const written = new Set(drafts.flatMap(({ status = "", type = "" }) => [status, type]));
  const words = shownWords([...written].slice(0, MAX_WORDS), mask, MAX_WORD_CHARACTERS);
  const byNumber = new Map<string, ReportRow>();
  for (const draft of drafts) {
    if (!clean.has(draft.orderNumber)) continue;
    const row = withoutSecrets(draft, clean, words);
    const other = byNumber.get(row.orderNumber);
    if (other === undefined || sizeOf(row) >= sizeOf(other)) byNumber.set(row.orderNumber, row);
  }
  const unclean = drafts.filter(({ orderNumber }) => !clean.has(orderNumber)).length;
  return {
    rows: [...byNumber.values()],
    ...(noOfResults !== undefined && { count: Number(noOfResults) }),
    skipped: rows.length - drafts.length + unclean,
  };
}

const valuesOf = ({ orderNumber, certificateID = "", serialNumber = "", domains }: Draft): string[] =>
  [orderNumber, certificateID, serialNumber, ...domains].filter((value) => value !== "");

const sizeOf = (row: ReportRow): number => Object.keys(row).length + row.domains.length;

/** @returns `undefined` for a row without an order number */
function readRow({ columns, items }: NumberedRow): Draft | undefined {
  const order = [...items.keys()].sort((a, b) => a - b);
  const newest = items.get(order[0] ?? 0) ?? columns;
  // A product and its domains are the order's; a state, a term and numbers are one certificate's.
  const all = [columns, ...order.flatMap((number) => items.get(number) ?? [])];
  const first = (name: string): string | undefined => all.find((each) => each.has(name))?.get(name);
  const own = (name: string): string | undefined => newest.get(name) ?? columns.get(name);
  const orderNumber = first(ORDER_COLUMN);
  if (orderNumber === undefined || !/^\d{1,20}$/.test(orderNumber)) return undefined;
  const row: Draft = { orderNumber, domains: domainsOf(first) };
  const placedAt = readUnixTime(first("datetime"));
  if (placedAt !== undefined) row.placedAt = placedAt;
  const status = own("status") ?? first("orderstatus");
  if (status !== undefined) row.status = status;
  const type = first("type");
  if (type !== undefined) row.type = type;
  const certificateID = own("certificateid");
  if (certificateID !== undefined && /^\d{1,20}$/.test(certificateID)) row.certificateID = certificateID;
  const serialNumber = readSerial(own("serialnumber"));
  if (serialNumber !== undefined) row.serialNumber = serialNumber;
  const notBefore = readUnixTime(own("notbefore"));
  if (notBefore !== undefined) row.notBefore = notBefore;
  const notAfter = readUnixTime(own("notafter"));
  if (notAfter !== undefined) row.notAfter = notAfter;
  return row;
}

function domainsOf(column: (name: string) => string | undefined): string[] {
  const found = new Set<string>();
  for (const name of ["domain", "mdcdomainnames", "additionaldomain"]) {
    for (const word of namesIn(column(name) ?? "")) {
      if (found.size >= MAX_ROW_DOMAINS) return [...found];
      if (isDomainName(word)) found.add(word);
    }
  }
  return [...found];
}

/**
 * The words of a list, one by one: there may be thousands, and few are kept. A name beside an address is a person's,
 * even if it looks like one of a host.
 */
function* namesIn(list: string): Generator<string> {
  for (const [entry] of list.matchAll(/[^,;|]+/g)) {
    if (hasAtSign(entry)) continue;
    for (const [word] of entry.matchAll(/\S+/g)) yield word.toLowerCase();
  }
}

/** The name of a host, or an IPv4 address. Anything else may be a person. */
export const isDomainName = (text: string): boolean =>
  isHostName(text) || /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(text);

/** A serial number has 20 octets (RFC 5280 section 4.1.2.2). */
const MAX_SERIAL = 64;

function readSerial(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 2 * MAX_SERIAL) return undefined;
  const digits = text.replace(/^0x/i, "").replace(/[\s:]/g, "");
  if (!/^[0-9a-f]{1,64}$/i.test(digits)) return undefined;
  return digits.toUpperCase().replace(/^0+(?=.)/, "");
}

/** A word of the CA, such as "Awaiting Validation (Full)": not a sentence of ours about what is withheld. */
const WORD = /^[\p{L}\p{N}][\p{L}\p{N} ._+&/:,()'–-]*…?$/u;

function withoutSecrets(row: Draft, clean: ReadonlySet<string>, words: ReadonlyMap<string, string>): ReportRow {
  const word = (text: string | undefined): string | undefined => {
    const shown = words.get(text ?? "") ?? "";
    return WORD.test(shown) ? shown : undefined;
  };
  const { status, type, certificateID, serialNumber, ...rest } = row;
  const [shownStatus, shownType] = [word(status), word(type)];
  return {
    ...rest,
    domains: row.domains.filter((domain) => clean.has(domain)),
    ...(shownStatus !== undefined && { status: shownStatus }),
    ...(shownType !== undefined && { type: shownType }),
    ...(certificateID !== undefined && clean.has(certificateID) && { certificateID }),
    ...(serialNumber !== undefined && clean.has(serialNumber) && { serialNumber }),
  };
}
