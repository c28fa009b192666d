import { isWatched } from "../checking/schedule";
import type { Order } from "../model/order";
import type { OrderRow } from "./arrange";
import type { AttentionCounts } from "./attention";
import type { OrderRowChange } from "./order-status-store";
import { isAwaited } from "./outage";
import type { Group } from "./state";

/** What may be true of a row, as far as the view, its menus and the palette depend on whether it is of any. */
const TRAITS = {
  hasOwnOrders: ({ order }) => order.ca !== "sandbox",
  hasOpened: ({ order }) => order.openedAt !== undefined || order.saved !== undefined,
  hasCollected: ({ order }) => order.certificates.length > 0,
  hasNew: ({ state }) => !state.archived && state.group === "ready" && state.status !== "ready-to-collect",
  hasAtCa: ({ state }) => state.status === "ready-to-collect",
  hasReplaced: ({ order }) => order.certificates.length > 1,
  hasSaved: ({ order }) => order.saved !== undefined,
  hasWatched: ({ order }) => isWatched(order),
  hasMuted: ({ order }) => order.muted,
  hasPaused: ({ order }) => order.paused,
  hasArchived: ({ state }) => state.archived,
} as const satisfies Readonly<Record<string, (row: OrderRow) => boolean>>;

export type RowTrait = keyof typeof TRAITS;
export const ROW_TRAITS = Object.keys(TRAITS) as readonly RowTrait[];

/** An order's CA and account: with which calls it is checked. */
type Place = Pick<Order, "ca" | "account">;

/** Counts rows, updated incrementally: a changed row costs the same however many there are. */
export class RowTally {
  private readonly traits = new Map<RowTrait, number>();
  private readonly groups = new Map<Group, number>();
  private readonly cas = new Map<string, number>();
  private readonly places = new Map<string, { readonly place: Place; count: number }>();
  private count = 0;
  private checkedAsUsual = 0;

  constructor(rows: Iterable<OrderRow>) {
    for (const row of rows) this.add(row, 1);
  }

  /** Takes in changes of rows that were counted, and new ones. */
  take(changes: readonly OrderRowChange[]): void {
    for (const { before, after } of changes) {
      if (before) this.add(before, -1);
      if (after) this.add(after, 1);
    }
  }

  /** How many rows there are. */
  get size(): number {
    return this.count;
  }

  /** See {@link AttentionCounts}. */
  get attention(): AttentionCounts {
    const of = (group: Group): number => this.groups.get(group) ?? 0;
    const tracked = this.count - (this.traits.get("hasArchived") ?? 0);
    return { needsYou: of("needs-you"), trouble: of("trouble"), ready: of("ready"), tracked };
  }

  /** Whether a trait is of any row. */
  has(trait: RowTrait): boolean {
    return this.traits.has(trait);
  }

  /** Of how many CAs there are rows. */
  get caCount(): number {
    return this.cas.size;
  }

  /** How many orders are checked at the usual pace. */
  get waiting(): number {
    return this.checkedAsUsual;
  }

  /** Where rows are that would be checked: each CA and account once. */
  *awaited(): Generator<Place> {
    for (const { place } of this.places.values()) yield place;
  }

  private add(row: OrderRow, step: 1 | -1): void {
    const { order, state, check } = row;
    this.count += step;
    if (check.reason === "waiting") this.checkedAsUsual += step;
    if (!state.archived) addTo(this.groups, state.group, step);
    addTo(this.cas, order.ca, step);
    for (const trait of ROW_TRAITS) if (TRAITS[trait](row)) addTo(this.traits, trait, step);
    if (isAwaited(row)) this.addPlace(order, step);
  }

  private addPlace({ ca, account }: Place, step: 1 | -1): void {
    const key = JSON.stringify([ca, account]);
    const known = this.places.get(key);
    const count = (known?.count ?? 0) + step;
    if (count === 0) this.places.delete(key);
    else if (known) known.count = count;
    else this.places.set(key, { place: { ca, ...(account !== undefined && { account }) }, count });
  }
}

function addTo<K>(counts: Map<K, number>, key: K, step: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + step;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
