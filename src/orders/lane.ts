import type { AskResult } from "./ask";
import type { AskReason, OrderId } from "./order";

/** What a lane needs of the poller. */
export interface LaneParts {
  readonly ask: (id: OrderId, why: AskReason, signal: AbortSignal) => Promise<AskResult>;
  /** The order to ask next by the schedule, if one is due. */
  readonly nextDue: () => OrderId | undefined;
  /** Told the result of each question the schedule asked. */
  readonly settled: (id: OrderId, result: AskResult) => void;
  /** Told when there is nothing more to ask. */
  readonly idle: () => void;
}

/** The questions of this window to one CA: one at a time, a person's before the schedule's, equal ones joined. */
export class Lane {
  private readonly wishes: Wish[] = [];
  private current: Wish | undefined;
  private running = false;
  private ended = false;

  constructor(private readonly parts: LaneParts) {}

  /** Asks what is due, unless it is doing so. */
  run(): void {
    if (this.running || this.ended) return;
    this.running = true;
    void this.work();
  }

  /** Asks about an order before what is due; one already wished for, or being asked, is joined. */
  want(id: OrderId, signal: AbortSignal): Promise<AskResult> {
    if (this.ended) return Promise.resolve(CANCELLED);
    let wish = [this.current, ...this.wishes].find((each) => each?.id === id && !each.signal.aborted);
    if (!wish) this.wishes.push((wish = new Wish(id, "person")));
    const result = wish.join(signal);
    this.run();
    return result;
  }

  /** Ends what is being asked, gives up what is wished for, and takes nothing more. */
  end(): void {
    this.ended = true;
    this.current?.cancel();
    for (const wish of this.wishes.splice(0)) wish.cancel();
  }

  private async work(): Promise<void> {
    for (let wish = this.next(); wish; wish = this.next()) {
      this.current = wish;
      const { why } = wish;
      const result = await this.parts.ask(wish.id, why, wish.signal);
      this.current = undefined;
      if (why === "schedule") this.parts.settled(wish.id, result);
      // Whoever joined a question of the schedule that was not asked has one of their own.
      if (why === "schedule" && wish.isWanted && result.kind !== "answered" && !this.ended) {
        wish.why = "person";
        this.wishes.unshift(wish);
      } else {
        wish.settle(result);
      }
    }
    this.running = false;
    if (!this.ended) this.parts.idle();
  }

  private next(): Wish | undefined {
    if (this.ended) return undefined;
    for (let wish = this.wishes.shift(); wish; wish = this.wishes.shift()) if (wish.isWanted) return wish;
    const id = this.parts.nextDue();
    return id === undefined ? undefined : new Wish(id, "schedule");
  }
}

const CANCELLED: AskResult = { kind: "cancelled" };

/** One question and those who wait for its answer. */
class Wish {
  private readonly controller = new AbortController();
  private readonly waiting = new Set<(result: AskResult) => void>();

  constructor(
    readonly id: OrderId,
    public why: AskReason,
  ) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get isWanted(): boolean {
    return this.waiting.size > 0;
  }

  /** Waits for the answer. The last one to give up ends the question, unless the schedule asks it too. */
  join(signal: AbortSignal): Promise<AskResult> {
    return new Promise((resolve) => {
      const leave = () => {
        this.waiting.delete(done);
        resolve(CANCELLED);
        if (!this.isWanted && this.why === "person") this.controller.abort();
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
