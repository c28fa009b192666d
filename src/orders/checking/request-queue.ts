import type { Ask, AskResult } from "./ask";
import type { AskReason, OrderId } from "../model/order";

/** What a lane needs of the poller. */
export interface RequestQueueParts {
  readonly ask: Ask;
  /** The order to ask next by the schedule, if one is due. */
  readonly nextDue: () => OrderId | undefined;
  /** Told the result of each question the schedule asked. */
  readonly settled: (id: OrderId, result: AskResult) => void;
  /** Told when there is nothing more to ask. */
  readonly idle: () => void;
}

/**
 * The questions of this window to one CA: those of the schedule one after the other, and beside them those of persons,
 * for whom the CA's lock has the next turn. Equal ones are joined.
 */
export class RequestQueue {
  private readonly wishes: PendingRequest[] = [];
  /** What the schedule, and what a person asks at the moment. */
  private scheduled: PendingRequest | undefined;
  private wished: PendingRequest | undefined;
  private isScheduling = false;
  private isWishing = false;
  private ended = false;

  constructor(private readonly parts: RequestQueueParts) {}

  /** Whether it asks what is due. */
  get isRunning(): boolean {
    return this.isScheduling;
  }

  /** Asks what is due, unless it is doing so. */
  run(): void {
    if (!this.isScheduling && !this.ended) void this.askScheduled();
  }

  /** Asks about an order before what is due; one already wished for, or being asked, is joined. */
  enqueue(id: OrderId, signal: AbortSignal): Promise<AskResult> {
    if (this.ended) return Promise.resolve(CANCELLED);
    const { scheduled } = this;
    if (scheduled?.id === id) {
      if (scheduled.hasBegun) return scheduled.join(signal).then((result) => this.again(id, signal, result));
      // It waits for its turn among the schedule's; the person's comes sooner.
      scheduled.cancel();
    }
    let wish = [this.wished, ...this.wishes].find((each) => each?.id === id && !each.signal.aborted);
    if (!wish) this.wishes.push((wish = new PendingRequest(id)));
    const result = wish.join(signal);
    if (!this.isWishing) void this.askWished();
    return result;
  }

  /** Ends what is being asked, gives up what is wished for, and takes nothing more. */
  end(): void {
    this.ended = true;
    for (const wish of [this.scheduled, this.wished, ...this.wishes.splice(0)]) wish?.cancel();
  }

  /** A question of the schedule that was joined and then not asked is asked for the person. */
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
    // The schedule's question goes on when whoever joined it leaves.
    wish.endsUnwanted = why === "person";
    return this.parts.ask(id, why, signal, { began: () => (wish.hasBegun = true) });
  }
}

const CANCELLED: AskResult = { kind: "cancelled" };

/** One question and those who wait for its answer. */
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
