import type { Ask, AskResult } from "./ask";
import type { Book, BookChange } from "../journal/book";
import { DueIndex, type DueHeap } from "./due-index";
import { LoginGates } from "./login-gates";
import { RequestQueue } from "./request-queue";
import { caOf, loginKey } from "../model/login-key";
import type { CaName, LoginKey, Order, OrderId } from "../model/order";
import type { Clock, Disposable } from "../ports";
import { automaticFrom, jitterOf, nextCheck, type Check } from "./schedule";
import { MutableDisposable } from "../mutable-disposable";

/** ms for which this window skips an account or CA after it could not call for a reason of its own. */
const SKIP = { noSecret: 5 * 60_000, busy: 30_000, notRecorded: 60_000 } as const;

/** The longest sleep, in ms: a suspended computer's timers are late, and the clock may have been set. */
const LONGEST_SLEEP = 15 * 60_000;

/** ms after a change of the book before it is searched for due orders: changes come in bursts. */
const DEBOUNCE = 50;

/** Orders that are looked at in one go: a few ms of the editor's thread. */
const SLICE = 1_000;

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
  private readonly surveying = new MutableDisposable();
  private readonly queues = new Map<CaName, RequestQueue>();
  /** CAs, accounts and orders that this window skips, and until when. Epoch ms. */
  private readonly skipped = new Map<string, number>();
  private readonly dues = new DueIndex();
  private readonly gates: LoginGates;
  /** Whether the CA of a login that holds orders back was reached with another one since. */
  private readonly reached = new Map<LoginKey, boolean>();
  /** Orders that changed since they were last looked at. */
  private changed = new Set<OrderId>();
  /** When all orders were last looked at. Epoch ms; absent if they are to be looked at. */
  private surveyedAt: number | undefined;
  private wasPaused = false;
  /** Whether orders would be due if calls with their login were not failing. */
  private isHeldBack = false;
  private isAttended = false;
  private started = false;
  private ended = false;

  constructor(private readonly parts: PollerParts) {
    this.gates = new LoginGates(parts.book);
  }

  /** Starts automatic checks. Until then, and while no orders are tracked, there is no timer. */
  start(): void {
    if (this.started || this.ended) return;
    this.started = true;
    const { book } = this.parts;
    this.wasPaused = book.paused;
    this.gates.turned(book.accounts().map((account) => loginKey(account.ca, account)));
    this.changes.value = this.parts.book.onDidChange((change) => {
      this.note(change);
      this.timer.value = this.parts.clock.after(DEBOUNCE, () => this.look());
    });
    this.wake();
  }

  /** Stops the timer; a person's requests are still checked. */
  pause(): void {
    this.started = false;
    this.isHeldBack = false;
    this.changes.dispose();
    this.timer.dispose();
    this.surveying.dispose();
    this.dues.clear();
  }

  /** While a person is at the window, it is tried more often whether a CA can be reached again. */
  set attended(isAttended: boolean) {
    this.isAttended = isAttended;
    // It matters to orders whose CA cannot be reached, and a computer that wakes up is attended.
    if (isAttended) this.wake();
  }

  /** Looks again at what is due: after the computer slept, the network came back, a setting or secret changed. */
  wake(): void {
    this.surveyedAt = undefined;
    this.look();
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
        idle: () => this.look(),
      });
      this.queues.set(ca, queue);
    }
    return queue;
  }

  /** Notes what a change concerns: usually one order, since a successful call only changes its own. */
  private note({ orders, accounts, logins }: BookChange): void {
    const { book } = this.parts;
    for (const id of orders) this.changed.add(id);
    const isPausedAnew = this.wasPaused !== book.paused;
    this.wasPaused = book.paused;
    // In any case all of them, so that what they saw is noted.
    const concernsAll = [accounts.size > 0, isPausedAnew, this.gates.turned(logins).size > 0, this.isReachedAnew()];
    if (concernsAll.includes(true)) this.surveyedAt = undefined;
  }

  /** Whether a CA that cannot be reached with one login was just reached with another one, or no longer is. */
  private isReachedAnew(): boolean {
    const turned = [...this.dues.holding].filter((key) => {
      const reachedAt = this.parts.book.reachedAt(caOf(key)) ?? -Infinity;
      const isReached = reachedAt > (this.parts.book.login(key).lastAnswer?.at ?? Infinity);
      const isTurned = isReached !== (this.reached.get(key) ?? false);
      this.reached.set(key, isReached);
      return isTurned;
    });
    return turned.length > 0;
  }

  /** Starts the queues of CAs with due orders, and the timer for the next ones. */
  private look(): void {
    if (!this.started) return;
    this.takeIn();
    const now = this.parts.clock.now();
    let next = Infinity;
    for (const heap of this.dues.all) {
      const due = this.firstOf(heap, now)?.due;
      if (due === undefined) continue;
      if (due <= now) this.queue(heap.ca).run();
      // A queue wakes us when it is empty.
      else next = Math.min(next, due);
    }
    this.isHeldBack = [...this.dues.holding].some((key) => {
      // What has failed for long no longer counts as being held back.
      return now - (this.parts.book.login(key).failingSince ?? -Infinity) <= LONGEST_SLEEP;
    });
    const sleep = Math.min(next - now, LONGEST_SLEEP);
    this.timer.value = next === Infinity ? undefined : this.parts.clock.after(sleep, () => this.look());
  }

  /** Looks at the orders that changed; at all of them now and then, since time and a clock that is set change them. */
  private takeIn(): void {
    const now = this.parts.clock.now();
    const age = now - (this.surveyedAt ?? -Infinity);
    const changed = this.changed;
    this.changed = new Set();
    if (age >= LONGEST_SLEEP || age < 0 || changed.size > SLICE) {
      this.surveyedAt = now;
      this.survey(this.parts.book.orders());
    }
    if (changed.size > SLICE) for (const id of changed) if (this.parts.book.get(id) === undefined) this.dues.delete(id);
    if (changed.size <= SLICE) for (const id of changed) this.update(id, now);
  }

  /** Looks at orders, so many at a time that nobody notices. */
  private survey(orders: Iterator<Order>): void {
    const now = this.parts.clock.now();
    this.surveying.value = undefined;
    for (let count = 0; count < SLICE; count++) {
      const next = orders.next();
      if (next.done === true) return;
      this.place(next.value, now);
    }
    this.surveying.value = this.parts.clock.after(0, () => {
      this.survey(orders);
      this.look();
    });
  }

  private update(id: OrderId, now: number): void {
    const order = this.parts.book.get(id);
    if (order === undefined) this.dues.delete(id);
    else this.place(order, now);
  }

  private place(order: Order, now: number): void {
    const check = this.checkOf(order, now);
    const due = this.dueOf(order, check);
    if (due === undefined) this.dues.delete(order.id);
    else this.dues.set(order, due, check.reason === "unreachable" ? this.parts.book.loginOf(order)?.key : undefined);
  }

  /** The order at a CA that has been due longest. */
  private nextDue(ca: CaName): OrderId | undefined {
    if (!this.started) return undefined;
    this.takeIn();
    const now = this.parts.clock.now();
    let first: Due | undefined;
    for (const heap of this.dues.all) {
      const due = heap.ca === ca ? this.firstOf(heap, now) : undefined;
      if (due !== undefined && due.due <= now && (first === undefined || isBefore(due, first))) first = due;
    }
    return first?.id;
  }

  /** The first order of a heap and when it may be asked. Those that are due by an earlier look are looked at again. */
  private firstOf(heap: DueHeap, now: number): Due | undefined {
    const skippedUntil = Math.max(...[heap.ca, heap.account ?? ""].map((key) => this.skipped.get(key) ?? 0));
    for (let count = 0; count < SLICE; count++) {
      const { first } = heap;
      if (first === undefined) return undefined;
      const due = Math.max(first.due, skippedUntil);
      const before = first.due;
      if (due > now) return { ...first, due };
      this.update(first.id, now);
      if (heap.first?.id === first.id && heap.first.due === before) return { ...first, due };
    }
    // Many were wrong: they are looked at again in slices.
    this.surveyedAt = undefined;
    return heap.first && { ...heap.first, due: now + 1 };
  }

  /** Without what concerns the whole account or CA: see {@link firstOf}. */
  private dueOf(order: Order, check: Check): number | undefined {
    const due = automaticFrom(check, this.isAttended);
    if (due === undefined || this.parts.isOpen?.(order.ca) === false) return undefined;
    return Math.max(due, this.skipped.get(order.id) ?? 0);
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

type Due = NonNullable<DueHeap["first"]>;

/** The one that was noted first, if both are due at once. */
function isBefore(a: Due, b: Due): boolean {
  return a.due === b.due ? a.number < b.number : a.due < b.due;
}
