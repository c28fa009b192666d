import { unguardFormula } from "../formula";
import { NUMBER_KINDS, type OrderReference } from "../model/order";
import {
  bare,
  COLLECTION_CODE,
  isDomainOrMail,
  ORDER_NUMBER,
  type OrdersAndProblems,
  type ParsedOrder,
  type ImportProblem,
  isProblem,
} from "./parsed-order";
import { MAX_PROBLEMS } from "./limits";
import { orderInCell } from "./link";
import { isDayNumber, LABEL_PROBLEMS } from "./number-labels";
import { readForeignNumber, readNumber, type Spelled } from "./number-spelling";
import { productOfAll } from "./product-words";
import type { TableField } from "./table-headings";
import { tableRows, type TableRow } from "./table-rows";
import {
  blocksOf,
  delimiterOf,
  headingsOf,
  isLabelled,
  sectionsOf,
  type Columns,
  type TableSection,
} from "./table-sections";
import { phrase, type Phrase } from "../../words/phrase";

/** What was found in a table. */
export interface TableFindings extends OrdersAndProblems {
  /** Whether it has headings that name a number: then each of its rows is either an order or a problem. */
  readonly hasHeadings: boolean;
}

/** Orders of tables, with or without headings; `undefined` when the text is not a table. Lines end with LF. */
export function readTable(text: string): TableFindings | undefined {
  const rows = tableRows(text, delimiterOf(text));
  const findings = new Collected();
  const sections = sectionsOf(rows);
  for (const section of sections) readBelow(section, findings);
  if (sections.length > 0) return { ...findings, hasHeadings: true };
  if (!isGrid(rows)) return undefined;
  for (const row of rows) findings.add(row, orderByContent(row), row.cells);
  return { ...findings, hasHeadings: false };
}

/** Orders in rows whose columns have these names; `undefined` if none of them names a number. */
export function readNamed(names: readonly string[], rows: readonly TableRow[]): TableFindings | undefined {
  const columns = headingsOf(names);
  if (columns === undefined) return undefined;
  const findings = new Collected();
  readBelow({ blocks: blocksOf(names, columns), rows }, findings);
  return { ...findings, hasHeadings: true };
}

/** The orders of a table, and the problems of its other rows. */
class Collected implements OrdersAndProblems {
  readonly orders: ParsedOrder[] = [];
  readonly problems: ImportProblem[] = [];

  add({ line }: TableRow, found: ParsedOrder | Phrase, shown: readonly string[]): void {
    if (!isProblem(found)) this.orders.push(found);
    else if (this.problems.length < MAX_PROBLEMS)
      this.problems.push({ line, message: found, excerpt: shown.join(" ") });
  }
}

function readBelow({ blocks, rows }: TableSection, findings: Collected): void {
  const secret = new Set(blocks.flatMap((columns) => columns.get("secret") ?? []));
  for (const row of rows) {
    const cells = row.cells.map(unguardFormula);
    const shown = row.cells.filter((_, index) => !secret.has(index));
    for (const [index, columns] of blocks.entries()) {
      // A row may have fewer orders than the table has columns for.
      if (index > 0 && !columns.get("orderNumber")?.some((column) => cells[column]?.trim())) continue;
      findings.add(row, orderInRow(cells, columns, row.line), shown);
    }
  }
}

/** Whether rows without headings are a table rather than a list of numbers, labels with values or running text. */
function isGrid(rows: readonly TableRow[]): boolean {
  const [first] = rows;
  if (first === undefined || first.cells.length < 2) return false;
  if (rows.every(({ cells }) => isListOfNumbers(cells))) return false;
  if (rows.some(({ cells }) => isLabelled(cells, 1))) return false;
  return rows.filter(({ cells }) => cells.length === first.cells.length).length >= rows.length * 0.6;
}

function orderInRow(row: readonly string[], columns: Columns, line: number): ParsedOrder | Phrase {
  const cells = (field: TableField): string[] =>
    (columns.get(field) ?? []).map((column) => row[column]?.trim() ?? "").filter((value) => value !== "");
  const numbers = [...NUMBER_KINDS, "number" as const].flatMap(cells);
  const linked = numbers.flatMap((cell) => orderInCell(cell, line) ?? [])[0];
  const reference = linked?.reference ?? referenceOf(cells);
  if (isProblem(reference)) return reference;
  // A word that is not a product ("New", "Renewal") does not count: then the person is asked.
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
    ...linked,
  };
}

function referenceOf(cells: (field: TableField) => readonly string[]): OrderReference | Phrase {
  const [statedKind] = cells("reference");
  if (statedKind === "collectionCode") return { kind: "collectionCode" };
  const named = NUMBER_KINDS.find((kind) => kind === statedKind) ?? "orderNumber";
  const given = [
    ...NUMBER_KINDS.flatMap((kind) => cells(kind).map((cell) => ({ kind, ...readForeignNumber(cell) }))),
    // Our own exports say what their numbers are.
    ...cells("number").map((cell) => ({
      kind: named,
      ...(statedKind === undefined ? readForeignNumber : readNumber)(cell),
    })),
  ];
  for (const each of given) if ("value" in each) return { kind: each.kind, value: each.value };
  const [code] = cells("collectionCode");
  if (code !== undefined && COLLECTION_CODE.test(code)) return { kind: "collectionCode" };
  const [problem] = given.flatMap((each: Spelled) => ("problem" in each ? each.problem : []));
  if (problem !== undefined) return problem;
  if (code !== undefined) return phrase("Its collection code is too long or contains unexpected characters.");
  if (cells("scm").length > 0) return LABEL_PROBLEMS.scm;
  return phrase("It has no order number.");
}

/** A row without headings: the content of a cell determines its field. */
function orderByContent({ cells: row, line }: TableRow): ParsedOrder | Phrase {
  const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const label = cells.find((cell) => isDomainOrMail(cell));
  const [linked, ...others] = cells.flatMap((cell) => orderInCell(cell, line) ?? []);
  if (linked !== undefined && others.length === 0) return { ...(label !== undefined && { label }), ...linked };
  const spelled = cells.map(readNumber);
  const value =
    cells.map((cell) => cell.replace(/^#/, "")).find((cell) => ORDER_NUMBER.test(cell) && !isDayNumber(cell)) ??
    longNumber(spelled);
  if (value === undefined) {
    if (cells.some(isDayNumber)) return LABEL_PROBLEMS.quantity;
    const rounded = spelled.find((each) => "problem" in each && each.isRounded);
    return rounded !== undefined && "problem" in rounded
      ? rounded.problem
      : phrase("This row does not contain an order number.");
  }
  const product = productOfAll(cells);
  return {
    reference: { kind: "orderNumber", value },
    line,
    ...(product !== undefined && { product }),
    ...(label !== undefined && { label }),
  };
}

/** A number in a spreadsheet's format; a short one may be a price. */
function longNumber(spelled: readonly Spelled[]): string | undefined {
  return spelled.flatMap((each) =>
    "value" in each && /^\d{7,20}$/.test(each.value) && !isDayNumber(each.value) ? each.value : [],
  )[0];
}

function isListOfNumbers(row: readonly string[]): boolean {
  return row.every((cell) =>
    cell.split(/[\s,;|]+/).every((word) => word === "" || ORDER_NUMBER.test(bare(word, "'\"`", "'\"`"))),
  );
}
