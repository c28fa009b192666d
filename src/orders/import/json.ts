import { isProduct } from "../../api/product";
import { isRecord, parseJson } from "../../shape/shape";
import { NUMBER_KINDS, type NumberKind, type OrderReference } from "../model/order";
import { isLabel, MAX_LABEL, MAX_TAGS } from "../model/label";
import {
  NAMED_COLLECTION_CODE,
  ORDER_NUMBER,
  REFERENCE_VALUE,
  type OrdersAndProblems,
  type ParsedOrder,
  type ImportProblem,
  isProblem,
} from "./parsed-order";
import { LABEL_PROBLEMS, labelIn } from "./number-labels";
import { readNumber } from "./number-spelling";
import { productNamed } from "./product-words";
import { phrase, type Phrase } from "../../words/phrase";

/** Version of the list that `export.ts` writes. */
export const LIST_VERSION = 1;

/** Whether a text starts like JSON. */
export function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/** The problem of a text that starts like JSON and cannot be read as anything. */
export const BROKEN_JSON: ImportProblem = { line: 1, message: phrase("This starts like JSON but is not valid JSON.") };

/**
 * Reads a list that we exported, here or on another computer, or other programs' JSON, with orders in lists, alone,
 * nested or one per line.
 * @returns `undefined` when it is not JSON
 */
export function readJson(text: string): OrdersAndProblems | undefined {
  const value = parseJson(text) ?? linesOf(text);
  return value === undefined ? undefined : readList(value);
}

/** As {@link readJson}, for a parsed value. */
export function readList(value: unknown): OrdersAndProblems {
  if (isRecord(value) && typeof value.version === "number" && value.version > LIST_VERSION) {
    return {
      orders: [],
      problems: [
        {
          line: 1,
          message: phrase("A later version of this extension wrote this list. Update the extension to import it."),
        },
      ],
    };
  }
  const items = itemsIn(value);
  if (items === undefined)
    return { orders: [], problems: [{ line: 1, message: phrase("This JSON does not contain a list of orders.") }] };
  const orders: ParsedOrder[] = [];
  const problems: ImportProblem[] = [];
  for (const [index, item] of items.entries()) {
    const order = orderOf(item, index + 1);
    if (isProblem(order)) problems.push({ line: index + 1, message: order });
    else orders.push(order);
  }
  return { orders, problems };
}

function namesOrder(item: Readonly<Record<string, unknown>>): boolean {
  const reference = referenceOf(item);
  return reference !== undefined && !isProblem(reference);
}

/** An object per line, as in logs and exports. */
function linesOf(text: string): unknown[] | undefined {
  const values: unknown[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const value = isJson(line) ? parseJson(line) : undefined;
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** Levels of objects in which a list is searched: answers wrap it in `data`, `result` and the like. */
const MAX_DEPTH = 4;

/**
 * The list of orders: the value itself, a member with such a name, a single order, or the first nested list with
 * orders.
 */
function itemsIn(value: unknown, depth = 0): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as readonly unknown[];
  if (!isRecord(value) || depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value.orders)) return value.orders as readonly unknown[];
  if (referenceOf(value) !== undefined) return [value];
  const lists = Object.values(value).flatMap((each) => {
    const items = isRecord(each) || Array.isArray(each) ? itemsIn(each, depth + 1) : undefined;
    return items === undefined ? [] : [items];
  });
  return lists.find((items) => items.some((item) => isRecord(item) && namesOrder(item))) ?? lists[0];
}

function orderOf(item: unknown, line: number): ParsedOrder | Phrase {
  if (typeof item === "string" || typeof item === "number") return orderByNumber(item, line);
  if (!isRecord(item)) return phrase("This item is not an order.");
  const reference = referenceOf(item);
  if (reference === undefined) return phrase("This item does not say which order it is.");
  if (isProblem(reference)) return reference;
  const fields = fieldsOf(item);
  const [label, code] = [text(fields, LABELS), text(fields, ["collectioncode"])];
  // If a program's word for a product is unknown, the person is asked.
  const product = PRODUCTS.map((name) => fields.get(name)).flatMap((each) => {
    return typeof each === "string" ? (productNamed(each) ?? []) : isRecord(each) ? (productOf(each) ?? []) : [];
  })[0];
  const { tags } = item;
  const account = text(fields, ["account", "loginname", "login"]);
  return {
    reference,
    line,
    ...(product !== undefined && { product }),
    ...(code !== undefined && NAMED_COLLECTION_CODE.test(code) && { collectionCode: code }),
    ...(label !== undefined && { label: cut(label) }),
    ...(Array.isArray(tags) &&
      tags.length > 0 && {
        tags: tags
          .filter(isFilled)
          .slice(0, MAX_TAGS + 1)
          .map(cut),
      }),
    ...(isLabel(account) && { account }),
  };
}

function productOf(value: Readonly<Record<string, unknown>>): ParsedOrder["product"] {
  const name = text(fieldsOf(value), ["name", "title", "type", "code"]);
  return name === undefined ? undefined : isProduct(name) ? name : productNamed(name);
}

/** An item of a list of plain numbers. */
function orderByNumber(item: string | number, line: number): ParsedOrder | Phrase {
  const number = numberOf(item);
  if ("problem" in number) return number.problem;
  if (!ORDER_NUMBER.test(number.value)) return phrase("This item is not an order.");
  return { reference: { kind: "orderNumber", value: number.value }, line };
}

/** Names by their letters and digits in lower case. */
const LABELS = [
  "label",
  "domain",
  "domains",
  "domainname",
  "names",
  "commonname",
  "fqdn",
  "cn",
  "host",
  "hostname",
  "name",
  "email",
];
const PRODUCTS = ["product", "productname", "producttype", "certificatetype", "certtype", "type"];

/**
 * Which order an object is: `reference: { kind, value }`, or a number under the name that the CA, another program or a
 * person gives it. A string says why it is not one; `undefined` if the object has none.
 */
function referenceOf(item: Readonly<Record<string, unknown>>, depth = 0): OrderReference | Phrase | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const { reference } = item;
  if (isRecord(reference) && reference.kind !== undefined) {
    if (reference.kind === "collectionCode") return { kind: "collectionCode" };
    const kind = NUMBER_KINDS.find((each) => each === reference.kind);
    return kind === undefined ? undefined : referenceBy(kind, reference.value);
  }
  const found = new Map<string, OrderReference | Phrase | undefined>();
  for (const [name, value] of Object.entries(item)) {
    const label = labelIn(name);
    if (
      label === undefined ||
      label === "other" ||
      label === "quantity" ||
      value === null ||
      value === "" ||
      found.has(label)
    )
      continue;
    if (label === "scm") found.set(label, LABEL_PROBLEMS.scm);
    else if (isRecord(value))
      found.set(label, referenceOf({ orderNumber: value.number ?? value.id, ...value }, depth + 1));
    else found.set(label, referenceBy(label, value));
  }
  const given = [...NUMBER_KINDS, "scm"].flatMap((kind) => found.get(kind) ?? []);
  const known = given.find((each) => !isProblem(each));
  if (known !== undefined) return known;
  const [code] = [text(fieldsOf(item), ["collectioncode"])];
  if (code !== undefined && NAMED_COLLECTION_CODE.test(code)) return { kind: "collectionCode" };
  return given[0] ?? (isRecord(reference) ? referenceOf(reference, depth + 1) : undefined);
}

function referenceBy(kind: NumberKind, given: unknown): OrderReference | Phrase | undefined {
  if (typeof given !== "string" && typeof given !== "number") return undefined;
  const number = numberOf(given);
  return "problem" in number ? number.problem : { kind, value: number.value };
}

/** JSON has no integers beyond 2^53: a longer number lost its last digits when it was parsed. */
function numberOf(given: string | number): { readonly value: string } | { readonly problem: Phrase } {
  if (typeof given === "string") {
    return REFERENCE_VALUE.test(given) ? { value: given } : readNumber(given);
  }
  return Number.isSafeInteger(given) && given >= 0
    ? { value: String(given) }
    : { problem: phrase("Its number is too long for a JSON number, which loses the last digits. Put it in quotes.") };
}

/** Its fields, by their letters and digits in lower case. */
function fieldsOf(item: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(item).map(([name, value]) => [name.toLowerCase().replace(/[^a-z0-9]/g, ""), value]));
}

/** The first of these fields that has a text, or a list that begins with one. */
function text(fields: ReadonlyMap<string, unknown>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields.get(name);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof first === "string" && first !== "") return first;
  }
  return undefined;
}

function isFilled(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** What of a text may be a label, and enough of what is too long to be refused, which is said when it is resolved. */
function cut(text: string): string {
  return text.slice(0, 2 * MAX_LABEL);
}
