import { isProduct } from "../../api/product";
import { listItem, type ExportRow, type ListItem } from "./export";
import { LIST_VERSION, readList } from "../import/json";
import { isLabel } from "../model/label";
import { list, oneOf, optional, record, text } from "../../shape/shape";
import { NUMBER_KINDS, type NumberReference } from "../model/order";

/** The most shared orders of one computer, and of all others together. */
export const MAX_SHARED = 2_000;

/** An order that may be shared: anyone who has its account can check it. */
export interface SharedOrder extends ListItem {
  readonly reference: NumberReference;
}

/** What identifies the same order on every computer. */
export type SharedName = string;

/** What a computer remembers about the list for itself. */
export interface SharedMemory {
  /** Its own orders, as they were when it last wrote the list. */
  readonly published: readonly SharedOrder[];
  /** Orders that it should not offer. */
  readonly refused: readonly SharedName[];
}

/** The list as it is shared. */
export interface SharedList {
  readonly version: typeof LIST_VERSION;
  readonly orders: readonly SharedOrder[];
}

export function sharedName({ product, reference }: SharedOrder): SharedName {
  return `${product} ${reference.kind} ${reference.value}`;
}

/**
 * This computer's shared orders: without orders of the sandbox, which differs on each computer, orders by collection
 * code, which stays a secret of this computer, and archived orders.
 */
export function ownShared(rows: Iterable<ExportRow>): readonly SharedOrder[] {
  const own: SharedOrder[] = [];
  for (const row of rows) {
    const { reference, ...item } = listItem(row);
    if (row.order.ca === "sandbox" || row.state.archived || reference.kind === "collectionCode") continue;
    own.push({ ...item, reference });
  }
  return sorted(own).slice(0, MAX_SHARED);
}

/** Reads a list from elsewhere: at most as much as a computer writes, each order once. Never throws. */
export function readShared(value: unknown): readonly SharedOrder[] {
  const known = new Map<SharedName, SharedOrder>();
  for (const { product, reference, label, tags, account } of readList(value).orders.slice(0, 2 * MAX_SHARED)) {
    if (product === undefined || reference.kind === "collectionCode") continue;
    const order: SharedOrder = {
      product,
      reference,
      ...(isLabel(label) && { label }),
      ...(tags !== undefined && { tags: tags.filter(isLabel) }),
      ...(account !== undefined && { account }),
    };
    known.set(sharedName(order), order);
  }
  return [...known.values()];
}

/** Reads what this computer remembers; what it could not have written is forgotten. Never throws. */
export function readMemory(value: unknown): SharedMemory {
  return isMemory(value) ? value : { published: [], refused: [] };
}

const words = text(1024);

const isMemory = record<SharedMemory>({
  published: list(
    record<SharedOrder>({
      product: isProduct,
      reference: record<NumberReference>({ kind: oneOf(...NUMBER_KINDS), value: words }),
      label: optional(words),
      tags: optional(list(words, MAX_SHARED)),
      account: optional(words),
    }),
    MAX_SHARED,
  ),
  refused: list(words, 2 * MAX_SHARED),
});

/**
 * The list with this computer's orders, and without former ones that are gone; what others wrote stays. For an order
 * that others have too, their words stay unless this computer changed its own since, so that computers with two names
 * for one order do not write forever.
 */
export function publish(
  own: readonly SharedOrder[],
  list: readonly SharedOrder[],
  { published, refused }: SharedMemory,
): { readonly list: SharedList; readonly memory: SharedMemory } {
  const [mine, before, there] = [byName(own), byName(published), byName(list)];
  const others = list.filter((order) => !mine.has(sharedName(order)) && !before.has(sharedName(order)));
  const ours = [...mine].map(([name, order]) => {
    const last = before.get(name);
    const isChanged = last !== undefined && JSON.stringify(last) !== JSON.stringify(order);
    return isChanged ? order : (there.get(name) ?? order);
  });
  // A person who forgets an order here does not want it back because another computer still tracks it.
  const left = [...before.keys()].filter((name) => !mine.has(name));
  return {
    list: { version: LIST_VERSION, orders: sorted([...ours, ...others.slice(0, MAX_SHARED)]) },
    memory: { published: own, refused: refuse(refused, left) },
  };
}

/** The orders of others that this computer may offer to track. */
export function offered(
  list: readonly SharedOrder[],
  tracked: ReadonlySet<SharedName>,
  { published, refused }: SharedMemory,
): readonly SharedOrder[] {
  const known = new Set([...tracked, ...published.map(sharedName), ...refused]);
  return list.filter((order) => !known.has(sharedName(order)));
}

/** Adds refused orders; the oldest are dropped when there are too many. */
export function refuse(refused: readonly SharedName[], more: readonly SharedName[]): readonly SharedName[] {
  return [...new Set([...refused, ...more])].slice(-2 * MAX_SHARED);
}

function byName(orders: readonly SharedOrder[]): ReadonlyMap<SharedName, SharedOrder> {
  return new Map(orders.map((order) => [sharedName(order), order]));
}

function sorted(orders: readonly SharedOrder[]): readonly SharedOrder[] {
  const named = orders.map((order) => ({ name: sharedName(order), order }));
  return named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ order }) => order);
}
