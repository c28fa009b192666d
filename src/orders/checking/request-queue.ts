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
  private readonly pending: PendingRequest[] = [];
  /** The current scheduled check. */
  private scheduled: PendingRequest | undefined;
  /** A person's current request. */
  private current: PendingRequest | undefined;
  private isScheduling = false;
  private isWorking = false;
  private ended = false;

  constructor(private readonly parts: RequestQueueParts) {}

  /** Whether it is checking due orders. */
  get isRunning(): boolean {
    return this.isScheduling;
  }

  /** Checks due orders, unless it is already doing so. */
  run(): void {
    if (!this.isScheduling) void this.askScheduled();
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
    let request = [this.current, ...this.pending].find((each) => each?.id === id && !each.signal.aborted);
    if (!request) this.pending.push((request = new PendingRequest(id)));
    const result = request.join(signal);
    if (!this.isWorking) void this.askPending();
    return result;
  }

  /** Cancels the running check, drops pending requests, and accepts no more. */
  end(): void {
    this.ended = true;
    for (const request of [this.scheduled, this.current, ...this.pending.splice(0)]) request?.cancel();
  }

  /** If a joined scheduled check made no call, the order is checked again for the person. */
  private again(id: OrderId, signal: AbortSignal, result: AskResult): AskResult | Promise<AskResult> {
    return result.kind === "answered" || signal.aborted ? result : this.enqueue(id, signal);
  }

  private async askScheduled(): Promise<void> {
    this.isScheduling = true;
    for (let id = this.parts.nextDue(); id !== undefined && !this.ended; id = this.parts.nextDue()) {
      const request = (this.scheduled = new PendingRequest(id));
      const result = await this.ask(request, "schedule");
      this.scheduled = undefined;
      this.parts.settled(id, result);
      request.settle(result);
    }
    this.isScheduling = false;
    if (!this.ended) this.parts.idle();
  }

  private async askPending(): Promise<void> {
    this.isWorking = true;
    for (let request = this.pending.shift(); request; request = this.pending.shift()) {
      if (!request.isWanted) continue;
      this.current = request;
      const result = await this.ask(request, "person");
      this.current = undefined;
      request.settle(result);
    }
    this.isWorking = false;
  }

  private ask(request: PendingRequest, why: AskReason): Promise<AskResult> {
    const { id, signal } = request;
    // A scheduled check continues when the person who joined it leaves.
    request.endsUnwanted = why === "person";
    return this.parts.ask(id, why, signal, { began: () => (request.hasBegun = true) });
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
