import { unguardFormula } from "../formula";
import type { OrderReference } from "../order";
import {
  bare,
  COLLECTION_CODE,
  isDomainOrMail,
  ORDER_NUMBER,
  type Findings,
  type FoundOrder,
  type IntakeProblem,
} from "./found";
import { MAX_PROBLEMS } from "./limits";
import { isDay, LABEL_PROBLEMS, labelIn } from "./number-labels";
import { readForeignNumber, readNumber, type Spelled } from "./number-spelling";
import { productOfAll } from "./product-words";
import { fieldOf, type TableField } from "./table-headings";
import { DELIMITERS, tableRows, type TableRow } from "./table-rows";

/** The columns of each field, as the table has them. */
type Columns = ReadonlyMap<TableField, readonly number[]>;

/** What was made of a table. */
export interface TableFindings extends Findings {
  /** Whether it has headings that name a number: then its rows are orders or refused, and nothing else. */
  readonly hasHeadings: boolean;
}

/** Orders of a table, with or without headings; `undefined` when the text is not a table. Lines end with LF. */
export function readTable(text: string): TableFindings | undefined {
  const rows = tableRows(text, delimiterOf(text));
  const head = headOf(rows);
  if (head !== undefined) return readBelow(head.columns, rows.slice(head.at + 1));
  if (!isGrid(rows)) return undefined;
  const findings = new Collected();
  for (const row of rows) findings.add(row, orderByContent(row), row.cells);
  return { ...findings, hasHeadings: false };
}

/** Orders in rows whose columns have these names; `undefined` when none of them says that a number is in it. */
export function readNamed(names: readonly string[], rows: readonly TableRow[]): TableFindings | undefined {
  const columns = headingsOf(names);
  return columns && readBelow(columns, rows);
}

/** The orders of a table and what speaks against its other rows. */
class Collected implements Findings {
  readonly orders: FoundOrder[] = [];
  readonly problems: IntakeProblem[] = [];

  add({ line }: TableRow, found: FoundOrder | string, shown: readonly string[]): void {
    if (typeof found !== "string") this.orders.push(found);
    else if (this.problems.length < MAX_PROBLEMS)
      this.problems.push({ line, message: found, excerpt: shown.join(" ") });
  }
}

function readBelow(columns: Columns, rows: readonly TableRow[]): TableFindings {
  const secret = new Set(columns.get("secret"));
  const findings = new Collected();
  for (const row of rows) {
    const cells = row.cells.map(unguardFormula);
    findings.add(
      row,
      orderInRow(cells, columns, row.line),
      row.cells.filter((_, index) => !secret.has(index)),
    );
  }
  return { ...findings, hasHeadings: true };
}

/** Rows from the first in which headings are looked for, however few of them are known. */
const MAX_TITLE_ROWS = 10;

/** Rows in which they are looked for at all. */
const MAX_HEAD_ROWS = 1000;

/** Names in a row that are headings whatever stands above them. */
const SURE_HEADINGS = 3;

/**
 * The headings, which titles and notes may stand above: the row that has the most of them. Totals below the rows name
 * what they count, too, so headings have no more numbers above them than below.
 */
function headOf(rows: readonly TableRow[]): { readonly columns: Columns; readonly at: number } | undefined {
  let best: { readonly columns: Columns; readonly at: number } | undefined;
  let [above, all]: [number, number | undefined] = [0, undefined];
  for (const [at, { cells }] of rows.slice(0, MAX_HEAD_ROWS).entries()) {
    if (at >= MAX_TITLE_ROWS && best !== undefined) break;
    if (cells.some(isOrderNumber)) above++;
    const columns = headingsOf(cells);
    if (columns === undefined || columns.size <= (best?.columns.size ?? 0)) continue;
    if (above > 0 && columns.size < SURE_HEADINGS) {
      all ??= rows.filter((row) => row.cells.some(isOrderNumber)).length;
      if (above > all - above) continue;
    }
    if (cells.length === 1 ? isList(rows.slice(at + 1)) : at < MAX_TITLE_ROWS || columns.size > 1) {
      best = { columns, at };
    }
  }
  return best;
}

/** Fields of which one must be there: what numbers are in them. */
const NUMBERS: readonly TableField[] = [
  "number",
  "orderNumber",
  "certificateID",
  "baseOrderNumber",
  "collectionCode",
  "scm",
  "other",
];

/** The columns that a row names, if it names one in which numbers are and holds none itself. */
function headingsOf(row: readonly string[]): Columns | undefined {
  const columns = new Map<TableField, number[]>();
  for (const [index, heading] of row.entries()) {
    const field = fieldOf(heading);
    if (field === undefined) continue;
    const known = columns.get(field);
    if (known === undefined) columns.set(field, [index]);
    else known.push(index);
  }
  return NUMBERS.some((field) => columns.has(field)) && !row.some(isAnyNumber) ? columns : undefined;
}

/** The sign that parts the most headings that are known, in the first line that has some. */
function delimiterOf(text: string): string | undefined {
  for (const line of text.slice(0, MAX_HEAD).split("\n", 2 * MAX_TITLE_ROWS)) {
    const known = DELIMITERS.map((sign) => ({ sign, count: headingsOf(line.split(sign))?.size ?? 0 }));
    const best = known.reduce((most, each) => (each.count > most.count ? each : most));
    if (best.count > 0 && line.includes(best.sign)) return best.sign;
  }
  return undefined;
}

/** Characters in which headings are looked for before the rows are parted. */
const MAX_HEAD = 20_000;

/** Whether what stands below a single heading may be its values: no rows, no sentences, and no labels with others. */
function isList(rows: readonly TableRow[]): boolean {
  return rows.every(({ cells }) => {
    if (cells.length > 1) return false;
    const text = cells.join(" ").trim();
    // Labels above other values tell that each line has one of its own.
    return (
      text.split(/\s+/, 4).length < 4 && !/[:=](?:\s|$)/.test(text) && (fieldOf(text) === undefined || /\d/.test(text))
    );
  });
}

/** Whether rows without headings are a table rather than a list of numbers, labels with values or running text. */
function isGrid(rows: readonly TableRow[]): boolean {
  const [first] = rows;
  if (first === undefined || first.cells.length < 2) return false;
  if (rows.every(({ cells }) => isListOfNumbers(cells))) return false;
  if (rows.some(({ cells: [label = "", value = ""] }) => isOrderNumber(value) && labelIn(label) !== undefined))
    return false;
  return rows.filter(({ cells }) => cells.length === first.cells.length).length >= rows.length * 0.6;
}

function orderInRow(row: readonly string[], columns: Columns, line: number): FoundOrder | string {
  const cells = (field: TableField): string[] =>
    (columns.get(field) ?? []).map((column) => row[column]?.trim() ?? "").filter((value) => value !== "");
  const reference = referenceOf(cells);
  if (typeof reference === "string") return reference;
  // What names none of the products ("New", "Renewal") tells nothing: then a person is asked.
  const product = productOfAll(cells("product"));
  const [code] = cells("collectionCode");
  const label = cells("label")[0] ?? cells("name")[0]?.split(/[\s,;]+/)[0];
  const tags = cells("tags")
    .flatMap((cell) => cell.split(/[,;]/))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
  const [account] = cells("account");
  return {
    reference,
    line,
    ...(product !== undefined && { product }),
    ...(code !== undefined && COLLECTION_CODE.test(code) && { collectionCode: code }),
    ...(label !== undefined && { label }),
    ...(tags.length > 0 && { tags }),
    ...(account !== undefined && { account }),
  };
}

function referenceOf(cells: (field: TableField) => readonly string[]): OrderReference | string {
  const kinds = ["orderNumber", "certificateID", "baseOrderNumber"] as const;
  const [said] = cells("reference");
  if (said === "collectionCode") return { kind: "collectionCode" };
  const named = kinds.find((kind) => kind === said) ?? "orderNumber";
  const given = [
    ...kinds.flatMap((kind) => cells(kind).map((cell) => ({ kind, ...readForeignNumber(cell) }))),
    // Our own exports say what their numbers are.
    ...cells("number").map((cell) => ({ kind: named, ...(said === undefined ? readForeignNumber : readNumber)(cell) })),
  ];
  for (const each of given) if ("value" in each) return { kind: each.kind, value: each.value };
  const [code] = cells("collectionCode");
  if (code !== undefined && COLLECTION_CODE.test(code)) return { kind: "collectionCode" };
  const [problem] = given.flatMap((each: Spelled) => ("problem" in each ? each.problem : []));
  if (problem !== undefined) return problem;
  if (code !== undefined) return "Its collection code has too many or odd characters.";
  if (cells("scm").length > 0) return LABEL_PROBLEMS.scm;
  return "It has no order number.";
}

/** A row without headings: what a cell is, its content tells. */
function orderByContent({ cells: row, line }: TableRow): FoundOrder | string {
  const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const spelled = cells.map(readNumber);
  const value =
    cells.map((cell) => cell.replace(/^#/, "")).find((cell) => ORDER_NUMBER.test(cell) && !isDay(cell)) ??
    longNumber(spelled);
  if (value === undefined) {
    if (cells.some(isDay)) return LABEL_PROBLEMS.quantity;
    const rounded = spelled.find((each) => "problem" in each && each.isRounded);
    return rounded !== undefined && "problem" in rounded ? rounded.problem : "No order number is in this row.";
  }
  const product = productOfAll(cells);
  const label = cells.find((cell) => isDomainOrMail(cell));
  return {
    reference: { kind: "orderNumber", value },
    line,
    ...(product !== undefined && { product }),
    ...(label !== undefined && { label }),
  };
}

/** A number that a spreadsheet wrote in its own way; a short one may be a price. */
function longNumber(spelled: readonly Spelled[]): string | undefined {
  return spelled.flatMap((each) =>
    "value" in each && /^\d{7,20}$/.test(each.value) && !isDay(each.value) ? each.value : [],
  )[0];
}

function isOrderNumber(cell: string): boolean {
  if (cell.length < 5) return false;
  const number = readNumber(cell);
  return "value" in number && ORDER_NUMBER.test(number.value);
}

/** A number of an order, or of anything: a row with one is no headings, as "Total orders, 2". */
const isAnyNumber = (cell: string): boolean => /^\s*\d[\d.,]*\s*$/.test(cell) || isOrderNumber(cell);

function isListOfNumbers(row: readonly string[]): boolean {
  return row.every((cell) =>
    cell.split(/[\s,;|]+/).every((word) => word === "" || ORDER_NUMBER.test(bare(word, "'\"`", "'\"`"))),
  );
}
