import { parse } from "papaparse";
import { unguardFormula } from "../formula";
import type { OrderReference } from "../order";
import {
  COLLECTION_CODE,
  isDomainOrMail,
  ORDER_NUMBER,
  REFERENCE_VALUE,
  type Findings,
  type FoundOrder,
  type IntakeProblem,
} from "./found";
import { MAX_PROBLEMS } from "./limits";
import { productNamed } from "./product-words";

type Field =
  | "reference"
  | "number"
  | "orderNumber"
  | "certificateID"
  | "baseOrderNumber"
  | "collectionCode"
  | "product"
  | "label"
  | "name"
  | "tags"
  | "account";

/** Headings by their letters and digits in lower case: the CA's words, our exports', and those of common portals. */
const HEADINGS: Readonly<Record<string, Field>> = {
  reference: "reference",
  number: "number",
  ordernumber: "orderNumber",
  order: "orderNumber",
  orderno: "orderNumber",
  orderid: "orderNumber",
  ordernum: "orderNumber",
  bestellnummer: "orderNumber",
  certificateid: "certificateID",
  certid: "certificateID",
  baseordernumber: "baseOrderNumber",
  collectioncode: "collectionCode",
  product: "product",
  producttype: "product",
  type: "product",
  label: "label",
  description: "label",
  names: "name",
  name: "name",
  domain: "name",
  domainname: "name",
  commonname: "name",
  fqdn: "name",
  cn: "name",
  email: "name",
  tags: "tags",
  tag: "tags",
  customer: "tags",
  group: "tags",
  account: "account",
  login: "account",
  loginname: "account",
};

type Columns = ReadonlyMap<Field, number>;

/** Rows of a table with at least two columns, or `undefined` when the text is no table. */
export function rowsOf(text: string): string[][] | undefined {
  const { data } = parse<string[]>(text.trim(), { skipEmptyLines: "greedy", delimitersToGuess: [",", "\t", ";", "|"] });
  const [first] = data;
  if (!first) return undefined;
  if (headingsOf(first)) return data;
  // Numbers and nothing else are a list, whatever stands between them.
  if (first.length < 2 || data.every(isListOfNumbers)) return undefined;
  const alike = data.filter((row) => row.length === first.length).length;
  return alike >= data.length * 0.6 ? data : undefined;
}

/** Orders of a table, with or without headings. The first row's number is 1. */
export function readTable(rows: readonly (readonly string[])[]): Findings {
  const orders: FoundOrder[] = [];
  const problems: IntakeProblem[] = [];
  const headings = headingsOf(rows[0] ?? []);
  for (const [index, row] of rows.entries()) {
    if (headings && index === 0) continue;
    const line = index + 1;
    const found = headings ? orderInRow(row.map(unguardFormula), headings, line) : orderByContent(row, line);
    if (typeof found !== "string") orders.push(found);
    else if (problems.length < MAX_PROBLEMS) problems.push({ line, message: found, excerpt: row.join(" ") });
  }
  return { orders, problems };
}

/** The columns that a first row names, if it names one in which orders are. */
function headingsOf(row: readonly string[]): Columns | undefined {
  const columns = new Map<Field, number>();
  for (const [index, heading] of row.entries()) {
    const field = HEADINGS[heading.toLowerCase().replace(/[^a-z0-9]/g, "")];
    if (field !== undefined && !columns.has(field)) columns.set(field, index);
  }
  const names: Field[] = ["number", "orderNumber", "certificateID", "baseOrderNumber", "collectionCode"];
  return names.some((field) => columns.has(field)) ? columns : undefined;
}

function orderInRow(row: readonly string[], columns: Columns, line: number): FoundOrder | string {
  const cell = (field: Field): string | undefined => {
    const column = columns.get(field);
    const value = column === undefined ? undefined : row[column]?.trim();
    return value === "" ? undefined : value;
  };
  const reference = referenceOf(cell);
  if (typeof reference === "string") return reference;
  const named = cell("product");
  const product = named === undefined ? undefined : productNamed(named);
  if (named !== undefined && product === undefined) {
    return "Its product is none of SSL, S/MIME, CCC, PAC and mark certificates.";
  }
  const code = cell("collectionCode");
  const label = cell("label") ?? cell("name")?.split(/[\s,;]+/)[0];
  const tags = cell("tags")
    ?.split(/[,;]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
  const account = cell("account");
  return {
    reference,
    line,
    ...(product !== undefined && { product }),
    ...(code !== undefined && COLLECTION_CODE.test(code) && { collectionCode: code }),
    ...(label !== undefined && { label }),
    ...(tags && tags.length > 0 && { tags }),
    ...(account !== undefined && { account }),
  };
}

function referenceOf(cell: (field: Field) => string | undefined): OrderReference | string {
  const kinds = ["orderNumber", "certificateID", "baseOrderNumber"] as const;
  const named = kinds.find((kind) => kind === cell("reference")) ?? "orderNumber";
  const number = cell("number");
  if (cell("reference") === "collectionCode") return { kind: "collectionCode" };
  const given = [...kinds.map((kind) => [kind, cell(kind)] as const), [named, number] as const];
  const [kind, value] = given.find(([, each]) => each !== undefined) ?? [];
  if (kind !== undefined && value !== undefined) {
    return REFERENCE_VALUE.test(value) ? { kind, value } : "Its number has characters that order numbers do not have.";
  }
  const code = cell("collectionCode");
  if (code === undefined) return "It has no order number.";
  return COLLECTION_CODE.test(code)
    ? { kind: "collectionCode" }
    : "Its collection code has too many or odd characters.";
}

/** A row without headings: what a cell is, its content tells. */
function orderByContent(row: readonly string[], line: number): FoundOrder | string {
  const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const value = cells.find((cell) => ORDER_NUMBER.test(cell.replace(/^#/, "")))?.replace(/^#/, "");
  if (value === undefined) return "No order number is in this row.";
  const product = cells.map(productNamed).find((each) => each !== undefined);
  const label = cells.find((cell) => isDomainOrMail(cell));
  return {
    reference: { kind: "orderNumber", value },
    line,
    ...(product !== undefined && { product }),
    ...(label !== undefined && { label }),
  };
}

function isListOfNumbers(row: readonly string[]): boolean {
  return row.every((cell) => cell.split(/[\s,;|]+/).every((word) => word === "" || ORDER_NUMBER.test(word)));
}
