import { listItem, type ExportRow, type ListItem } from "./export";
import { LIST_VERSION, readList } from "../import/json";
import { isLabel } from "../model/label";
import type { OrderReference } from "../model/order";

/** Orders of one machine, and of all others together, that travel. */
export const MAX_SHARED = 2_000;

/** An order that may travel: whoever has its account can ask about it. */
export interface SharedOrder extends ListItem {
  readonly reference: Exclude<OrderReference, { readonly kind: "collectionCode" }>;
}

/** What an order is the same by, on every machine. */
export type SharedName = string;

/** What a machine remembers of the list for itself. */
export interface SharedMemory {
  /** Its own orders, as they were when it wrote the list last. */
  readonly published: readonly SharedOrder[];
  /** Orders that it is not to offer. */
  readonly refused: readonly SharedName[];
}

/** A list as it travels. */
export interface SharedList {
  readonly version: typeof LIST_VERSION;
  readonly orders: readonly SharedOrder[];
}

export function sharedName({ product, reference }: SharedOrder): SharedName {
  return `${product} ${reference.kind} ${reference.value}`;
}

/**
 * The orders of this machine that travel: none of the sandbox, which is another one on each machine, none by collection
 * code, which stays a secret of this machine, and none that is archived.
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

/** Reads what came from elsewhere: at most as much as machines write, each order once. Never throws. */
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

/**
 * The list with this machine's orders in it, and without those that were its own and are gone; what others wrote
 * stays. Of an order that others have too their words stay, unless this machine changed its own since: so machines that
 * call one order by two names do not write for ever.
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
  // Whoever forgets an order here does not want it back because another machine goes on with it.
  const left = [...before.keys()].filter((name) => !mine.has(name));
  return {
    list: { version: LIST_VERSION, orders: sorted([...ours, ...others.slice(0, MAX_SHARED)]) },
    memory: { published: own, refused: refuse(refused, left) },
  };
}

/** The orders of others that this machine may offer to track. */
export function offered(
  list: readonly SharedOrder[],
  tracked: ReadonlySet<SharedName>,
  { published, refused }: SharedMemory,
): readonly SharedOrder[] {
  const known = new Set([...tracked, ...published.map(sharedName), ...refused]);
  return list.filter((order) => !known.has(sharedName(order)));
}

/** Refused ones with more of them; the oldest are forgotten when they are too many. */
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
