import { NUMBER_KINDS } from "../model/order";
import { COLLECTION_CODE, ORDER_NUMBER } from "./parsed-order";
import { labelIn } from "./number-labels";
import { readForeignNumber, readNumber } from "./number-spelling";
import { fieldOf, withoutCount, type TableField } from "./table-headings";
import { DELIMITERS, type TableRow } from "./table-rows";

/** The columns of each field, as the table has them. */
export type Columns = ReadonlyMap<TableField, readonly number[]>;

/** Headings, and the rows to which they apply. */
export interface TableSection {
  /** The columns of each order in a row. */
  readonly blocks: readonly Columns[];
  readonly rows: readonly TableRow[];
}

/** A row that may be headings. */
interface Candidate {
  readonly at: number;
  readonly columns: Columns;
  /** Rows above it with a number that no label says is something else. */
  readonly above: number;
  /** Rows down to the next candidate that have a number or code in a matching column. */
  readonly values: number;
}

/** The first rows, in which headings are searched however few of them are known. */
const MAX_TITLE_ROWS = 10;

/** The most rows in which the first headings are searched. */
const MAX_HEAD_ROWS = 1000;

/** Known names that make a row headings if numbers follow below, whatever titles are above. */
const SURE_HEADINGS = 3;

/**
 * The tables of a text, each from its headings to those of the next; titles and notes may precede them, totals may
 * follow. Empty if there are no headings.
 */
export function sectionsOf(rows: readonly TableRow[]): TableSection[] {
  const candidates = candidatesIn(rows);
  const first = firstOf(candidates);
  if (first === undefined) return [];
  const heads = [first];
  let { columns: current } = first;
  for (const each of candidates) {
    if (each.at <= first.at || each.values === 0 || each.columns.size < 2 || isNote(each.columns, current)) continue;
    heads.push(each);
    current = each.columns;
  }
  return heads.map(({ at, columns }, index) => ({
    blocks: blocksOf(rows[at]?.cells ?? [], columns),
    rows: rows.slice(at + 1, heads[index + 1]?.at),
  }));
}

/**
 * Whether names in a row ("no order, no invoice", "Order, Total") keep the same number columns and say less about
 * them.
 */
function isNote(columns: Columns, current: Columns): boolean {
  const moves = NUMBERS.some((field) => {
    const there = new Set(columns.get(field));
    return current.get(field)?.some((column) => !there.has(column));
  });
  return !moves && [...current.keys()].some((field) => !columns.has(field));
}

/**
 * The first headings: those with numbers below, else the row with the most known names. Totals below rows without
 * headings also have names, so headings may not have more numbers above them than below.
 */
function firstOf(candidates: readonly Candidate[]): Candidate | undefined {
  const open = candidates.filter(({ at, columns, above, values }) => {
    if (at >= MAX_TITLE_ROWS) return above <= values && at < MAX_HEAD_ROWS && columns.size > 1;
    return above <= values || (columns.size >= SURE_HEADINGS && values > 0);
  });
  const [most] = open.filter(({ at }) => at < MAX_TITLE_ROWS).sort((a, b) => b.columns.size - a.columns.size);
  return open.find(({ values }) => values > 0) ?? most ?? open[0];
}

function candidatesIn(rows: readonly TableRow[]): Candidate[] {
  const heads = rows.flatMap(({ cells }, at) => {
    const columns = headingsOf(cells);
    return columns === undefined ? [] : { at, columns };
  });
  const candidates: Candidate[] = [];
  let [above, counted] = [0, 0];
  for (const [index, { at, columns }] of heads.entries()) {
    const next = heads[index + 1]?.at ?? rows.length;
    for (; counted < at; counted++) if (hasLooseNumber(rows[counted]?.cells ?? [])) above++;
    // A single heading may be the label of one value: then other labels follow below, or a similar one with a number
    // is above.
    if (rows[at]?.cells.length === 1 && (above > 0 || !isList(rows.slice(at + 1, next + 1)))) continue;
    const values = rows.slice(at + 1, next).filter(({ cells }) => hasValue(cells, columns)).length;
    candidates.push({ at, columns, above, values });
  }
  return candidates;
}

/** Fields that contain numbers, one of which must be there. */
const NUMBERS: readonly TableField[] = ["number", ...NUMBER_KINDS, "collectionCode", "scm", "other"];

/** The columns that a row names, if it names a number column and does not contain a number itself. */
export function headingsOf(row: readonly string[]): Columns | undefined {
  if (row.some(isOrderNumber)) return undefined;
  const columns = new Map<TableField, number[]>();
  for (const [index, heading] of row.entries()) {
    const field = fieldOf(heading);
    if (field === undefined) continue;
    const known = columns.get(field);
    if (known === undefined) columns.set(field, [index]);
    else known.push(index);
  }
  // One name beside a number is a count, "Orders, 2"; among several names, the number is that of a row or a month.
  if (columns.size < 2 && row.some((cell) => /^\s*\d[\d.,]*\s*$/.test(cell))) return undefined;
  return NUMBERS.some((field) => columns.has(field)) ? columns : undefined;
}

/** The most orders per row, which bounds the work for tables with many headings. */
const MAX_BLOCKS = 20;

/**
 * The columns of each order of a row: several if the same heading is above several numbers, as in "Order 1, Order 2"
 * or two tables side by side. Columns that occur as often are split among the orders, all others belong to each.
 */
export function blocksOf(row: readonly string[], columns: Columns): Columns[] {
  const numbers = columns.get("orderNumber") ?? [];
  const names = new Set(numbers.map((column) => withoutCount(row[column] ?? "").toLowerCase()));
  if (numbers.length < 2 || numbers.length > MAX_BLOCKS || names.size > 1) return [columns];
  return numbers.map((_, index) => {
    const own = [...columns].map(([field, all]): [TableField, readonly number[]] => [
      field,
      all.length === numbers.length ? all.slice(index, index + 1) : all,
    ]);
    return new Map(own);
  });
}

/** The delimiter that yields the most known headings, in the first line that has some. */
export function delimiterOf(text: string): string | undefined {
  for (const line of text.slice(0, MAX_HEAD).split("\n", 2 * MAX_TITLE_ROWS)) {
    const known = DELIMITERS.map((sign) => ({ sign, count: headingsOf(line.split(sign))?.size ?? 0 }));
    const best = known.reduce((most, each) => (each.count > most.count ? each : most));
    if (best.count > 0 && line.includes(best.sign)) return best.sign;
  }
  return undefined;
}

/** The most characters in which headings are searched before the rows are split. */
const MAX_HEAD = 20_000;

/** Whether the text below a single heading may be its values: not rows, sentences, or labels with other values. */
function isList(rows: readonly TableRow[]): boolean {
  return rows.every(({ cells }) => {
    if (cells.length > 1) return false;
    const text = cells.join(" ").trim();
    // Labels above other values show that each value has its own label.
    return (
      text.split(/\s+/, 4).length < 4 &&
      !/[:=](?:\s|$)/.test(text) &&
      (fieldOf(text) === undefined || /\d{3}/.test(text))
    );
  });
}

/** Whether a row has a number or a code in a matching column. */
function hasValue(cells: readonly string[], columns: Columns): boolean {
  return NUMBERS.some((field) =>
    columns.get(field)?.some((column) => {
      const cell = (cells[column] ?? "").trim();
      return field === "collectionCode" ? COLLECTION_CODE.test(cell) : "value" in readForeignNumber(cell);
    }),
  );
}

function hasLooseNumber(cells: readonly string[]): boolean {
  return cells.some((cell, at) => isOrderNumber(cell) && !isLabelled(cells, at));
}

/** Whether a cell is a number whose name is in the cell before it: "Customer, 1234567". */
export function isLabelled(cells: readonly string[], at: number): boolean {
  return at > 0 && isOrderNumber(cells[at] ?? "") && labelIn(cells[at - 1] ?? "") !== undefined;
}

function isOrderNumber(cell: string): boolean {
  if (cell.length < 5) return false;
  const number = readNumber(cell);
  return "value" in number && ORDER_NUMBER.test(number.value);
}
