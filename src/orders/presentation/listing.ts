import { sectionKeys, rowOrder, sectionOrder, type Arrangement, type OrderRow, type SeenWords } from "./arrange";
import type { OrderId } from "../model/order";

/** What must be redrawn after changes. */
export interface ListingChange {
  /** Sections appeared or disappeared. */
  readonly all: boolean;
  /** Sections that a row entered, left, or moved within. */
  readonly sections: ReadonlySet<string>;
  /** Orders whose rows stay in place but may have changed. */
  readonly rows: ReadonlySet<OrderId>;
}

/**
 * Rows as `arrange` returns them, updated incrementally: a changed row costs a search and a move, however many
 * rows there are.
 */
export class Listing {
  private readonly found = new Map<string, OrderRow[]>();
  /** The row of each order that is shown, as it was placed, and its sections. */
  private readonly placed = new Map<OrderId, Placed>();
  private readonly keysOf: (row: OrderRow) => readonly string[];
  private readonly compare: (a: OrderRow, b: OrderRow) => number;
  private sorted: readonly string[];

  constructor(
    rows: Iterable<OrderRow>,
    readonly arrangement: Arrangement,
    seen?: SeenWords,
    /** Epoch ms: next actions are told as of that day, so that no row moves before rows are listed anew. */
    readonly asOf = 0,
  ) {
    this.compare = rowOrder(arrangement, asOf);
    this.keysOf = sectionKeys(arrangement, seen, asOf);
    for (const row of rows) {
      const keys = this.keysOf(row);
      if (keys.length === 0) continue;
      this.placed.set(row.order.id, { row, keys });
      for (const key of keys) {
        const section = this.found.get(key);
        if (section) section.push(row);
        else this.found.set(key, [row]);
      }
    }
    for (const section of this.found.values()) section.sort(this.compare);
    this.sorted = this.sort();
  }

  /** The keys of the sections that have rows, in order. */
  get sections(): readonly string[] {
    return this.sorted;
  }

  /** The rows of a section, in order; empty if there is no section with that key. */
  rows(key: string): readonly OrderRow[] {
    return this.found.get(key) ?? [];
  }

  /** The sections that an order is shown in. */
  sectionsOf(id: OrderId): readonly string[] {
    return this.placed.get(id)?.keys ?? [];
  }

  /** How many orders are shown. */
  get size(): number {
    return this.placed.size;
  }

  /** Takes in the current rows of orders; `undefined` for an order that is gone. */
  put(changes: Iterable<readonly [OrderId, OrderRow | undefined]>): ListingChange {
    const sections = new Set<string>();
    const rows = new Set<OrderId>();
    const filled = new Set(this.found.keys());
    for (const [id, row] of changes) {
      const before = this.placed.get(id);
      const keys = row ? this.keysOf(row) : [];
      if (before && row && this.compare(before.row, row) === 0 && isSame(before.keys, keys)) {
        for (const key of keys) this.splice(key, before.row, row);
        rows.add(id);
      } else {
        for (const key of before?.keys ?? []) this.splice(key, before?.row, undefined);
        for (const key of keys) this.splice(key, undefined, row);
        for (const key of [...(before?.keys ?? []), ...keys]) sections.add(key);
      }
      if (row && keys.length > 0) this.placed.set(id, { row, keys });
      else this.placed.delete(id);
    }
    const all = [...sections].some((key) => filled.has(key) !== this.found.has(key));
    if (all) this.sorted = this.sort();
    return { all, sections, rows };
  }

  /** Removes a row from a section, inserts one, or replaces one. */
  private splice(key: string, before: OrderRow | undefined, after: OrderRow | undefined): void {
    const row = before ?? after;
    if (!row) return;
    const rows = this.found.get(key) ?? [];
    rows.splice(this.placeOf(rows, row), before ? 1 : 0, ...(after ? [after] : []));
    if (rows.length > 0) this.found.set(key, rows);
    else this.found.delete(key);
  }

  /** Where a row is, or where it belongs. */
  private placeOf(rows: readonly OrderRow[], row: OrderRow): number {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = rows[middle];
      if (there && this.compare(there, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private sort(): readonly string[] {
    const sections = [...this.found].map(([key, rows]) => ({ key, rows }));
    return sections.sort(sectionOrder(this.arrangement)).map(({ key }) => key);
  }
}

interface Placed {
  readonly row: OrderRow;
  /** Sorted. */
  readonly keys: readonly string[];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
