import type { Ask, AskResult } from "./ask";
import type { Book } from "../journal/book";
import { RequestQueue } from "./request-queue";
import type { CaName, Order, OrderId } from "../model/order";
import type { Clock, Disposable } from "../ports";
import { automaticFrom, jitterOf, nextCheck, type Check } from "./schedule";
import { MutableDisposable } from "../mutable-disposable";

/** ms for which this window skips an account or CA after it could not call for a reason of its own. */
const SKIP = { noSecret: 5 * 60_000, busy: 30_000, notRecorded: 60_000 } as const;

/** The longest sleep, in ms: a suspended computer's timers are late, and the clock may have been set. */
const LONGEST_SLEEP = 15 * 60_000;

/** ms after a change of the book before it is searched for due orders: changes come in bursts. */
const DEBOUNCE = 50;

/** What the poller needs. */
export interface PollerParts {
  readonly book: Book;
  readonly ask: Ask;
  readonly clock: Clock;
  readonly background: () => "everything" | "status" | "off";
  /** Whether calls to a CA can be made at all: the sandbox's cannot while it is not running. By default they can. */
  readonly isOpen?: (ca: CaName) => boolean;
  /** Called with the result of each scheduled check; results of a person's checks are returned to the caller. */
  readonly asked: (order: OrderId, result: AskResult) => void;
}

/**
 * Checks due orders, one at a time for each CA, and a person's requests first. Every window has a poller: the lock
 * decides which one calls, the journal informs the others. It has one timer, or none while nothing is due.
 */
export class Poller implements Disposable {
  private readonly timer = new MutableDisposable();
  private readonly changes = new MutableDisposable();
  private readonly queues = new Map<CaName, RequestQueue>();
  /** CAs, accounts and orders that this window skips, and until when. Epoch ms. */
  private readonly skipped = new Map<string, number>();
  /** Whether orders would be due if calls with their login were not failing. */
  private isHeldBack = false;
  private isAttended = false;
  private started = false;
  private ended = false;

  constructor(private readonly parts: PollerParts) {}

  /** Starts automatic checks. Until then, and while no orders are tracked, there is no timer. */
  start(): void {
    if (this.started || this.ended) return;
    this.started = true;
    this.changes.value = this.parts.book.onDidChange(() => {
      this.timer.value = this.parts.clock.after(DEBOUNCE, () => this.wake());
    });
    this.wake();
  }

  /** Stops the timer; a person's requests are still checked. */
  pause(): void {
    this.started = false;
    this.isHeldBack = false;
    this.changes.dispose();
    this.timer.dispose();
  }

  /** While a person is at the window, it is tried more often whether a CA can be reached again. */
  set attended(isAttended: boolean) {
    this.isAttended = isAttended;
    if (isAttended) this.wake();
  }

  /** Looks again at what is due: after the computer slept, the network came back, a setting or secret changed. */
  wake(): void {
    if (!this.started) return;
    let next = Infinity;
    this.isHeldBack = false;
    const now = this.parts.clock.now();
    for (const order of this.parts.book.orders()) {
      const check = this.checkOf(order, now);
      const due = this.dueOf(order, check);
      if (due === undefined) continue;
      // What has failed for long no longer counts as being held back.
      const failingSince = this.parts.book.loginOf(order)?.failingSince ?? -Infinity;
      if (check.reason === "unreachable" && due > now && now - failingSince <= LONGEST_SLEEP) this.isHeldBack = true;
      if (due <= now) this.queue(order.ca).run();
      // A queue wakes us when it is empty.
      else next = Math.min(next, due);
    }
    const sleep = Math.min(next - now, LONGEST_SLEEP);
    this.timer.value = next === Infinity ? undefined : this.parts.clock.after(sleep, () => this.wake());
  }

  /** Whether it is checking due orders, or will continue when failing calls may be retried. */
  get isAsking(): boolean {
    return this.isHeldBack || [...this.queues.values()].some(({ isRunning }) => isRunning);
  }

  /** Forgets that secrets were missing. */
  retry(): void {
    this.skipped.clear();
    this.wake();
  }

  /**
   * Checks an order for a person, before due orders. Simultaneous requests for the same order get the same answer.
   * @param signal gives up this request; the call itself is cancelled when nobody waits for it any more
   */
  async check(id: OrderId, signal: AbortSignal): Promise<AskResult> {
    const order = this.parts.book.get(id);
    if (!order) return { kind: "gone" };
    if (signal.aborted || this.ended) return { kind: "cancelled" };
    return this.queue(order.ca).enqueue(id, signal);
  }

  dispose(): void {
    this.pause();
    this.ended = true;
    for (const queue of this.queues.values()) queue.end();
  }

  private queue(ca: CaName): RequestQueue {
    let queue = this.queues.get(ca);
    if (!queue) {
      queue = new RequestQueue({
        ask: (id, why, signal, options) =>
          this.parts.ask(id, why, signal, { ...options, probe: why === "schedule" && this.isAttended }),
        nextDue: () => this.nextDue(ca),
        settled: (id, result) => this.settled(id, ca, result),
        idle: () => this.wake(),
      });
      this.queues.set(ca, queue);
    }
    return queue;
  }

  /** The order at a CA that has been due longest. */
  private nextDue(ca: CaName): OrderId | undefined {
    if (!this.started) return undefined;
    const now = this.parts.clock.now();
    let first: { id: OrderId; due: number } | undefined;
    for (const order of this.parts.book.orders()) {
      if (order.ca !== ca) continue;
      const due = this.dueOf(order, this.checkOf(order, now));
      if (due !== undefined && due <= now && (!first || due < first.due)) first = { id: order.id, due };
    }
    return first?.id;
  }

  private dueOf(order: Order, check: Check): number | undefined {
    const due = automaticFrom(check, this.isAttended);
    if (due === undefined || this.parts.isOpen?.(order.ca) === false) return undefined;
    return Math.max(due, ...[order.ca, order.account ?? "", order.id].map((key) => this.skipped.get(key) ?? 0));
  }

  private checkOf(order: Order, now: number): Check {
    const circumstances = this.parts.book.circumstances(order, this.parts.background());
    return nextCheck(order, circumstances, now, jitterOf(order));
  }

  private settled(id: OrderId, ca: CaName, result: AskResult): void {
    const skip = (key: string, ms: number) => this.skipped.set(key, this.parts.clock.now() + ms);
    if (result.kind === "no-secret") {
      const account = this.parts.book.get(id)?.account;
      skip(result.missing === "password" && account !== undefined ? account : id, SKIP.noSecret);
    }
    if (result.kind === "busy") skip(ca, SKIP.busy);
    if (result.kind === "not-recorded") skip(ca, SKIP.notRecorded);
    this.parts.asked(id, result);
  }
}
