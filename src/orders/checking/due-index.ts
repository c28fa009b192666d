import type { CaName, LoginKey, Order, OrderId } from "../model/order";

/** An order that will be checked, and when. */
interface Entry {
  readonly id: OrderId;
  readonly heap: DueHeap;
  /** Epoch ms. */
  due: number;
  /** Of two orders that are due at once, the one that was noted first goes first. */
  readonly number: number;
  /** Where it is in its heap. */
  place: number;
  /** The login whose failing calls hold it back, if they do. */
  heldBy: LoginKey | undefined;
}

/** The orders of one account at one CA by when they are due: a binary heap. */
export class DueHeap {
  private readonly entries: Entry[] = [];

  constructor(
    readonly ca: CaName,
    /** Absent for orders that a collection code alone fetches. */
    readonly account: Order["account"],
  ) {}

  /** The order that is due first. */
  get first(): Pick<Entry, "id" | "due" | "number"> | undefined {
    return this.entries[0];
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    this.rise(this.entries.length - 1, entry);
  }

  remove(entry: Entry): void {
    const last = this.entries.pop();
    if (last === undefined || last === entry) return;
    this.put(entry.place, last);
    this.move(last);
  }

  /** Finds the place of an entry whose time changed. */
  move(entry: Entry): void {
    this.rise(entry.place, entry);
    this.sink(entry.place, entry);
  }

  private rise(from: number, entry: Entry): void {
    let place = from;
    while (place > 0) {
      const above = this.entries[(place - 1) >> 1];
      if (above === undefined || !isBefore(entry, above)) break;
      const next = above.place;
      this.put(place, above);
      place = next;
    }
    this.put(place, entry);
  }

  private sink(from: number, entry: Entry): void {
    let place = from;
    for (;;) {
      const [left, right] = [this.entries[2 * place + 1], this.entries[2 * place + 2]];
      const below = left && right && isBefore(right, left) ? right : left;
      if (below === undefined || !isBefore(below, entry)) break;
      const next = below.place;
      this.put(place, below);
      place = next;
    }
    this.put(place, entry);
  }

  private put(place: number, entry: Entry): void {
    this.entries[place] = entry;
    entry.place = place;
  }
}

/**
 * When orders are due: a change costs the logarithm of their number, and so does finding the next one. The times are
 * those of the last look, so whoever takes the first one looks again.
 */
export class DueIndex {
  private readonly entries = new Map<OrderId, Entry>();
  private readonly heaps = new Map<string, DueHeap>();
  private readonly held = new Map<LoginKey, number>();
  private noted = 0;

  /** By CA and account. */
  get all(): Iterable<DueHeap> {
    return this.heaps.values();
  }

  /** The logins whose failing calls hold orders back. */
  get holding(): Iterable<LoginKey> {
    return this.held.keys();
  }

  /**
   * @param due epoch ms
   * @param heldBy the login whose failing calls hold it back
   */
  set({ id, ca, account }: Order, due: number, heldBy?: LoginKey): void {
    const heap = this.heapOf(ca, account);
    let entry = this.entries.get(id);
    if (entry !== undefined && entry.heap !== heap) {
      this.delete(id);
      entry = undefined;
    }
    if (entry === undefined) {
      entry = { id, heap, due, number: this.noted++, place: 0, heldBy: undefined };
      this.entries.set(id, entry);
      heap.add(entry);
    } else if (entry.due !== due) {
      entry.due = due;
      heap.move(entry);
    }
    this.hold(entry, heldBy);
  }

  /** Forgets an order that is not checked automatically. */
  delete(id: OrderId): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    this.hold(entry, undefined);
    this.entries.delete(id);
    entry.heap.remove(entry);
  }

  clear(): void {
    this.entries.clear();
    this.heaps.clear();
    this.held.clear();
  }

  private heapOf(ca: CaName, account: Order["account"]): DueHeap {
    const key = JSON.stringify([ca, account]);
    let heap = this.heaps.get(key);
    if (heap === undefined) this.heaps.set(key, (heap = new DueHeap(ca, account)));
    return heap;
  }

  private hold(entry: Entry, login: LoginKey | undefined): void {
    const before = entry.heldBy;
    if (before === login) return;
    entry.heldBy = login;
    if (login !== undefined) this.held.set(login, (this.held.get(login) ?? 0) + 1);
    if (before === undefined) return;
    const left = (this.held.get(before) ?? 0) - 1;
    if (left > 0) this.held.set(before, left);
    else this.held.delete(before);
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.due === b.due ? a.number < b.number : a.due < b.due;
}
