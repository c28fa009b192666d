import type { ReportRow } from "../../api/services/service-result";
import type { Product } from "../../api/product";
import { reportedRowOf } from "../checking/reports";
import { isOtherGoods, productNamed } from "../import/product-words";
import type { OrderEvent } from "../journal/events";
import type { AccountId, CaName, Order, OrderId } from "../model/order";
import { numberedOrderId } from "../model/order-id";

/** An order that a report lists. */
export interface FoundOrder {
  readonly row: ReportRow;
  readonly product: Product;
  /** Whether the row's name of the product says nothing to us. */
  readonly isGuessed: boolean;
  /** As what it is tracked already. */
  readonly tracked?: OrderId;
}

/** Orders with one status. */
export interface FoundGroup {
  /** The CA's word; empty if it says none. */
  readonly status: string;
  readonly orders: readonly FoundOrder[];
}

/** What a report says, beside what the book knows. */
export interface Discovery {
  /** Not tracked yet, with what waits in front. */
  readonly fresh: readonly FoundGroup[];
  readonly tracked: readonly FoundOrder[];
  /** What the collect endpoints do not deliver, as code signing certificates. */
  readonly elsewhere: readonly FoundOrder[];
  /** Rows whose number cannot be an order's. */
  readonly unusable: number;
}

/** What an order is as long as nothing says otherwise: the report is one of a web host's certificates. */
const LIKELY: Product = "ssl";

/** @param orders of the book; only those of that CA count */
export function discoveryOf(rows: readonly ReportRow[], orders: Iterable<Order>, ca: CaName): Discovery {
  const known = knownNumbers(orders, ca);
  const groups = new Map<string, { readonly status: string; readonly orders: FoundOrder[] }>();
  const tracked: FoundOrder[] = [];
  const elsewhere: FoundOrder[] = [];
  const types = new Map<string, ReturnType<typeof typeOf>>();
  let unusable = 0;
  for (const row of [...rows].sort(byPlaced)) {
    const id = known.orders.get(row.orderNumber) ?? known.certificates.get(row.certificateID ?? "");
    const { type = "" } = row;
    const { product, isOther } = types.get(type) ?? typeOf(type);
    types.set(type, { product, isOther });
    const found: FoundOrder = { row, product: product ?? LIKELY, isGuessed: product === undefined };
    if (id !== undefined) tracked.push({ ...found, tracked: id });
    else if (isOther) elsewhere.push(found);
    else if (!isUsable(row, ca)) unusable += 1;
    else {
      const status = row.status?.trim() ?? "";
      const key = status.toLowerCase();
      const group = groups.get(key) ?? { status, orders: [] };
      groups.set(key, group);
      group.orders.push(found);
    }
  }
  return { fresh: [...groups.values()].sort(byRank), tracked, elsewhere, unusable };
}

/** What the CA's name of a product means: thousands of rows have one of a few. */
function typeOf(type: string): { readonly product: Product | undefined; readonly isOther: boolean } {
  const product = productNamed(type);
  return { product, isOther: product === undefined && isOtherGoods(type) };
}

/** The lines that track found orders, with what the report says of them. */
export function trackingLines(
  found: readonly FoundOrder[],
  account: { readonly id: AccountId; readonly ca: CaName },
  idOf: (name: Pick<Order, "ca" | "product" | "reference">) => OrderId,
): OrderEvent[] {
  return found.flatMap(({ row, product }): OrderEvent[] => {
    const name = { ca: account.ca, product, reference: { kind: "orderNumber", value: row.orderNumber } } as const;
    const id = idOf(name);
    return [
      { type: "tracked", id, ...name, account: account.id },
      { type: "reported", id, row: reportedRowOf(row) },
    ];
  });
}

/** Orders of a CA by their numbers, of whatever product: the CA gives each number once. */
function knownNumbers(
  orders: Iterable<Order>,
  ca: CaName,
): Readonly<Record<"orders" | "certificates", ReadonlyMap<string, OrderId>>> {
  const known = { orders: new Map<string, OrderId>(), certificates: new Map<string, OrderId>() };
  for (const { id, ca: at, reference } of orders) {
    if (at !== ca || reference.kind === "collectionCode") continue;
    known[reference.kind === "certificateID" ? "certificates" : "orders"].set(reference.value, id);
  }
  return known;
}

/** Whether it can be tracked as whatever it is. */
function isUsable({ orderNumber }: ReportRow, ca: CaName): boolean {
  return (
    /^[\w-]+$/.test(orderNumber) &&
    numberedOrderId({ ca, product: LONGEST, reference: { kind: "orderNumber", value: orderNumber } }) !== undefined
  );
}

/** The product with the longest name in ids. */
const LONGEST: Product = "smime";

/** The newest first. */
function byPlaced(one: ReportRow, other: ReportRow): number {
  const time = (other.placedAt ?? -Infinity) - (one.placedAt ?? -Infinity);
  return Number.isNaN(time) || time === 0 ? compareNumbers(other.orderNumber, one.orderNumber) : time;
}

/** Order numbers grow with time. */
function compareNumbers(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);
}

/** Parts of the CA's words for a status, an open set, by when a person wants to see them; unknown ones come second. */
const RANKS: readonly (readonly string[])[] = [
  ["pending", "await", "progress", "process", "applied", "submitted", "hold", "unpaid", "not validated"],
  [],
  ["fail", "reject", "invalid"],
  ["valid", "issued"],
  ["expired"],
  ["replaced"],
  ["revoked"],
  ["cancel"],
];

function byRank({ status: one }: FoundGroup, { status: other }: FoundGroup): number {
  return rankOf(one) - rankOf(other) || (one < other ? -1 : 1);
}

function rankOf(status: string): number {
  const lower = status.toLowerCase();
  const rank = RANKS.findIndex((words) => words.some((word) => lower.includes(word)));
  return rank < 0 ? UNKNOWN : rank;
}

const UNKNOWN = RANKS.findIndex((words) => words.length === 0);
