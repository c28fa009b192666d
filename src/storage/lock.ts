import { setTimeout as sleep } from "node:timers/promises";
import type { CaName } from "../orders/model/order";
import type { CallLock, Disposable, LockHolder } from "../orders/ports";
import type { Exclusive } from "./exclusive";
import { storageError } from "./storage-error";
import { userExclusive } from "./user-exclusive";
import { phrase } from "../words/phrase";

/** ms that a scheduled turn waits if others want the lock too, so that a person's turn comes first everywhere… */
const STAND_BACK = 40;
/** …and up to this much more, so that windows do not try in step. */
const SPREAD = 40;
/** ms after which a waiting window tries again without being notified. */
const RETRY = 1_000;

type Turn = "person" | "schedule";

/** Waits so many ms, or until it is aborted. */
type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

const paused: Pause = (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined);

/** One call to a CA at a time over all processes of this user, persons first. */
export class ProcessLock implements CallLock {
  private readonly queues = new Map<string, Queue>();

  /**
   * @param nameOf the lock's name for a CA: the same in every process that must not call it at the same time
   * @param make for tests: makes the exclusive for a name
   * @param pause for tests: lets time pass
   */
  constructor(
    private readonly nameOf: (ca: CaName) => string,
    private readonly make: (name: string) => Exclusive = userExclusive,
    private readonly pause: Pause = paused,
  ) {}

  acquire(ca: CaName, turn: Turn, signal: AbortSignal): Promise<Disposable> {
    return this.queue(ca).wait(turn, signal);
  }

  holder(ca: CaName): Promise<LockHolder | undefined> {
    return this.queue(ca).exclusive.holder();
  }

  private queue(ca: CaName): Queue {
    const name = this.nameOf(ca);
    let queue = this.queues.get(name);
    if (!queue) this.queues.set(name, (queue = new Queue(this.make(name), this.pause)));
    return queue;
  }
}

interface Waiting {
  readonly turn: Turn;
  /** Grants the turn; resolves when the turn is over. */
  take(): Promise<void>;
  fail(error: Error): void;
}

/** The waiting callers of this process for one lock. */
class Queue {
  private readonly waiting: Waiting[] = [];
  private working = false;
  /** Whether others wanted the last turn, too: then they come first, however soon this process wants the next one. */
  private contended = false;
  /** Ends the current pause of the queue: a person has come, or nobody waits any more. */
  private changed = new AbortController();

  constructor(
    readonly exclusive: Exclusive,
    private readonly pause: Pause,
  ) {}

  async wait(turn: Turn, signal: AbortSignal): Promise<Disposable> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.remove(entry);
        const reason: unknown = signal.reason;
        reject(reason instanceof Error ? reason : new Error("Aborted."));
      };
      const entry: Waiting = {
        turn,
        take: () => {
          signal.removeEventListener("abort", leave);
          return new Promise((released) => resolve({ dispose: released }));
        },
        fail: (error) => {
          signal.removeEventListener("abort", leave);
          reject(error);
        },
      };
      signal.addEventListener("abort", leave, { once: true });
      this.waiting.push(entry);
      if (turn === "person") this.changed.abort();
      if (!this.working) void this.work();
    });
  }

  private remove(entry: Waiting): void {
    const index = this.waiting.indexOf(entry);
    if (index >= 0) this.waiting.splice(index, 1);
    if (this.waiting.length === 0) this.changed.abort();
  }

  /** Takes turns until nobody waits. */
  private async work(): Promise<void> {
    this.working = true;
    while (this.waiting.length > 0) {
      this.changed = new AbortController();
      if (this.contended && !this.hasPerson()) {
        await this.pause(STAND_BACK + Math.random() * SPREAD, this.changed.signal);
        // All of them may have given up meanwhile.
        if (this.waiting.length === 0) break;
      }
      try {
        this.contended = await this.turn();
      } catch (error) {
        for (const entry of this.waiting.splice(0))
          entry.fail(storageError(error, (why) => phrase("Could not wait for other calls to the CA: {0}.", why)));
      }
    }
    this.working = false;
  }

  /** Gives one turn if the lock can be had, else waits until it may be. @returns whether others want it too */
  private async turn(): Promise<boolean> {
    const taken = await this.exclusive.take();
    if (!taken) {
      await this.exclusive.released(RETRY, this.changed.signal);
      return true;
    }
    try {
      await this.next()?.take();
      return taken.isWanted;
    } finally {
      taken.dispose();
    }
  }

  private hasPerson(): boolean {
    return this.waiting.some((entry) => entry.turn === "person");
  }

  private next(): Waiting | undefined {
    const person = this.waiting.findIndex((entry) => entry.turn === "person");
    return this.waiting.splice(Math.max(0, person), 1)[0];
  }
}
