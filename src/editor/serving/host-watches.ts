import type { Book } from "../../orders/journal/book";
import type { OrderId } from "../../orders/model/order";
import type { Clock, Disposable } from "../../orders/ports";
import { HOSTS_PACE, Watches } from "../window/watches";

/** What ends a watch: all hosts serve the certificate, one was not agreed to, or there are none any more. */
export type HostsWatchEnd = "served" | "not-agreed" | "none";

/** The parts of the watches; see `composition.ts`. */
export interface HostWatchesParts {
  readonly book: Pick<Book, "get" | "onDidChange">;
  readonly clock: Clock;
  /** Takes something that one process of this user holds at a time; `undefined` while another one holds it. */
  readonly claim: (name: string) => Promise<Disposable | undefined>;
  /** Asks the hosts of an order once. */
  readonly ask: (order: OrderId, signal: AbortSignal) => Promise<HostsWatchEnd | "go-on">;
  readonly ended: (order: OrderId, why: HostsWatchEnd) => void;
}

/** What pages know of the watches. */
export interface WatchedHosts {
  isWatched(order: OrderId): boolean;
  /** When a watch asked last. Epoch ms. */
  askedAt(order: OrderId): number | undefined;
  /** Fires with the order whose watch began, asked or ended. */
  onDidChange(listener: (order: OrderId) => void): Disposable;
}

/** The orders whose hosts this window asks again and again, until all serve the certificate. No other window does. */
export class HostWatches implements WatchedHosts, Disposable {
  private readonly watches: Watches<HostsWatchEnd>;
  private readonly claims = new Map<OrderId, Promise<Disposable | undefined>>();
  private readonly asked = new Map<OrderId, number>();
  private readonly listeners = new Set<(order: OrderId) => void>();
  private readonly following: Disposable;

  constructor(private readonly parts: HostWatchesParts) {
    const { book, clock } = parts;
    this.watches = new Watches<HostsWatchEnd>(
      clock,
      HOSTS_PACE,
      async (order, signal) => {
        const last = await parts.ask(order, signal);
        this.asked.set(order, clock.now());
        this.changed(order);
        return last;
      },
      (order, last) => {
        this.release(order);
        if (last !== "go-on") parts.ended(order, last);
      },
    );
    this.following = book.onDidChange(({ structure }) => {
      if (structure) for (const order of this.watches.keys) if (book.get(order) === undefined) this.stop(order);
    });
  }

  /** Watches from now on. @returns whether it does: `false` if another window watches the same */
  async start(order: OrderId): Promise<boolean> {
    let claim = this.claims.get(order);
    if (claim === undefined) this.claims.set(order, (claim = this.parts.claim(`hosts ${order}`)));
    const isTaken = await claim.catch(() => undefined);
    // Stopped in the meantime.
    if (this.claims.get(order) !== claim) return false;
    if (isTaken === undefined) {
      this.claims.delete(order);
      return false;
    }
    this.watches.start(order);
    this.changed(order);
    return true;
  }

  /** @returns whether it was watched */
  stop(order: OrderId): boolean {
    const was = this.watches.stop(order);
    this.release(order);
    return was;
  }

  isWatched(order: OrderId): boolean {
    return this.watches.until(order) !== undefined;
  }

  askedAt(order: OrderId): number | undefined {
    return this.asked.get(order);
  }

  onDidChange(listener: (order: OrderId) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  dispose(): void {
    this.following.dispose();
    this.listeners.clear();
    this.watches.dispose();
    for (const order of [...this.claims.keys()]) this.release(order);
  }

  private release(order: OrderId): void {
    const claim = this.claims.get(order);
    this.claims.delete(order);
    this.asked.delete(order);
    void claim?.then(
      (taken) => taken?.dispose(),
      () => undefined,
    );
    this.changed(order);
  }

  private changed(order: OrderId): void {
    for (const listener of [...this.listeners]) listener(order);
  }
}
