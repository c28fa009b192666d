import type { Ask, AskResult } from "./ask";
import type { AskReason, OrderId } from "../model/order";

/** What a queue needs from the poller. */
export interface RequestQueueParts {
  readonly ask: Ask;
  /** The order to check next by schedule, if one is due. */
  readonly nextDue: () => OrderId | undefined;
  /** Called with the result of each scheduled check. */
  readonly settled: (id: OrderId, result: AskResult) => void;
  /** Called when the queue is empty. */
  readonly idle: () => void;
}

/**
 * This window's checks at one CA: scheduled ones one after another, and beside them a person's requests, to which the
 * CA's lock gives priority. Requests for the same order are joined.
 */
export class RequestQueue {
  private readonly wishes: PendingRequest[] = [];
  /** The current scheduled check, and a person's current requests. */
  private scheduled: PendingRequest | undefined;
  private wished: PendingRequest | undefined;
  private isScheduling = false;
  private isWishing = false;
  private ended = false;

  constructor(private readonly parts: RequestQueueParts) {}

  /** Whether it is checking due orders. */
  get isRunning(): boolean {
    return this.isScheduling;
  }

  /** Checks due orders, unless it is already doing so. */
  run(): void {
    if (!this.isScheduling && !this.ended) void this.askScheduled();
  }

  /** Checks an order before due ones; a pending or running check of the same order is joined. */
  enqueue(id: OrderId, signal: AbortSignal): Promise<AskResult> {
    if (this.ended) return Promise.resolve(CANCELLED);
    const { scheduled } = this;
    if (scheduled?.id === id) {
      if (scheduled.hasBegun) return scheduled.join(signal).then((result) => this.again(id, signal, result));
      // It waits for a scheduled turn; the person's turn comes sooner.
      scheduled.cancel();
    }
    let wish = [this.wished, ...this.wishes].find((each) => each?.id === id && !each.signal.aborted);
    if (!wish) this.wishes.push((wish = new PendingRequest(id)));
    const result = wish.join(signal);
    if (!this.isWishing) void this.askWished();
    return result;
  }

  /** Cancels the running check, drops pending requests, and accepts no more. */
  end(): void {
    this.ended = true;
    for (const wish of [this.scheduled, this.wished, ...this.wishes.splice(0)]) wish?.cancel();
  }

  /** If a joined scheduled check made no call, the order is checked again for the person. */
  private again(id: OrderId, signal: AbortSignal, result: AskResult): AskResult | Promise<AskResult> {
    return result.kind === "answered" || signal.aborted ? result : this.enqueue(id, signal);
  }

  private async askScheduled(): Promise<void> {
    this.isScheduling = true;
    for (let id = this.parts.nextDue(); id !== undefined && !this.ended; id = this.parts.nextDue()) {
      const wish = (this.scheduled = new PendingRequest(id));
      const result = await this.ask(wish, "schedule");
      this.scheduled = undefined;
      this.parts.settled(id, result);
      wish.settle(result);
    }
    this.isScheduling = false;
    if (!this.ended) this.parts.idle();
  }

  private async askWished(): Promise<void> {
    this.isWishing = true;
    for (let wish = this.wishes.shift(); wish; wish = this.wishes.shift()) {
      if (!wish.isWanted) continue;
      this.wished = wish;
      const result = await this.ask(wish, "person");
      this.wished = undefined;
      wish.settle(result);
    }
    this.isWishing = false;
  }

  private ask(wish: PendingRequest, why: AskReason): Promise<AskResult> {
    const { id, signal } = wish;
    // A scheduled check continues when the person who joined it leaves.
    wish.endsUnwanted = why === "person";
    return this.parts.ask(id, why, signal, { began: () => (wish.hasBegun = true) });
  }
}

const CANCELLED: AskResult = { kind: "cancelled" };

/** One check and everyone who waits for its result. */
class PendingRequest {
  /** Whether its turn has come. */
  hasBegun = false;
  /** Whether it ends when nobody waits for it any more. */
  endsUnwanted = true;
  private readonly controller = new AbortController();
  private readonly waiting = new Set<(result: AskResult) => void>();

  constructor(readonly id: OrderId) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get isWanted(): boolean {
    return this.waiting.size > 0;
  }

  join(signal: AbortSignal): Promise<AskResult> {
    return new Promise((resolve) => {
      const leave = () => {
        this.waiting.delete(done);
        resolve(CANCELLED);
        if (!this.isWanted && this.endsUnwanted) this.controller.abort();
      };
      const done = (result: AskResult) => {
        signal.removeEventListener("abort", leave);
        resolve(result);
      };
      this.waiting.add(done);
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
    });
  }

  settle(result: AskResult): void {
    for (const done of this.waiting) done(result);
    this.waiting.clear();
  }

  cancel(): void {
    this.controller.abort();
    this.settle(CANCELLED);
  }
}
