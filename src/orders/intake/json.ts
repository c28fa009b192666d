import { isProduct } from "../../api/product";
import type { OrderReference } from "../order";
import { isLabel, MAX_LABEL, MAX_TAGS } from "../label";
import { REFERENCE_VALUE, type Findings, type FoundOrder, type IntakeProblem } from "./found";

/** Version of the list that `export.ts` writes. */
export const LIST_VERSION = 1;

/** Whether a text is meant to be JSON. */
export function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/** A list that we exported, here or on another machine; or an array of such items. */
export function readJson(text: string): Findings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { orders: [], problems: [{ line: 1, message: "This begins like JSON and is none." }] };
  }
  return readList(value);
}

/** As {@link readJson}, of a value that is parsed already. */
export function readList(value: unknown): Findings {
  if (isRecord(value) && typeof value.version === "number" && value.version > LIST_VERSION) {
    return { orders: [], problems: [{ line: 1, message: "A later version of this extension wrote this list." }] };
  }
  const items = isRecord(value) ? value.orders : value;
  if (!Array.isArray(items))
    return { orders: [], problems: [{ line: 1, message: "This JSON has no list of orders." }] };
  const orders: FoundOrder[] = [];
  const problems: IntakeProblem[] = [];
  for (const [index, item] of items.entries()) {
    const order = orderOf(item, index + 1);
    if (typeof order === "string") problems.push({ line: index + 1, message: order });
    else orders.push(order);
  }
  return { orders, problems };
}

function orderOf(item: unknown, line: number): FoundOrder | string {
  if (!isRecord(item)) return "This item is no order.";
  const { product, label, tags, account } = item;
  const reference = referenceOf(item.reference);
  if (!reference) return "This item does not say which order it is.";
  if (product !== undefined && !isProduct(product)) return "The product of this item is unknown.";
  return {
    reference,
    line,
    ...(product !== undefined && { product }),
    ...(isShort(label) && { label }),
    ...(Array.isArray(tags) && tags.length > 0 && { tags: tags.slice(0, MAX_TAGS).filter(isShort) }),
    ...(isLabel(account) && { account }),
  };
}

function referenceOf(value: unknown): OrderReference | undefined {
  if (!isRecord(value)) return undefined;
  if (value.kind === "collectionCode") return { kind: "collectionCode" };
  const kind = (["orderNumber", "certificateID", "baseOrderNumber"] as const).find((each) => each === value.kind);
  if (kind === undefined || typeof value.value !== "string" || !REFERENCE_VALUE.test(value.value)) return undefined;
  return { kind, value: value.value };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether it may be a label: what is wrong with one is told when the order is adopted. */
function isShort(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= 2 * MAX_LABEL;
}
