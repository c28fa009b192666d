import { HOUR } from "../../orders/model/policy";
import type { Clock, Disposable } from "../../orders/ports";

const MINUTE = HOUR / 60;

/** ms between looks: soon at first, since a person has just published something, then at a steady pace. */
const WAITS = [MINUTE, 2 * MINUTE, 5 * MINUTE] as const;
const STEADY = 15 * MINUTE;

/** How long a watch lasts. */
const WATCH_LENGTH = 24 * HOUR;

interface Watched {
  readonly until: number;
  /** The looks so far. */
  looks: number;
  waiting: Disposable;
  /** Ends the look that is under way. */
  readonly over: AbortController;
}

/** What a look of a watch comes to: `not-agreed` where no person agreed to whom it would ask. */
export type WatchLook = "go-on" | "in-place" | "not-agreed";

/** What is looked at again and again in this window, until it is in place or a day is over. Never asks the CA. */
export class RecordWatches implements Disposable {
  private readonly watched = new Map<string, Watched>();

  /**
   * @param look looks once, until the signal says that nobody wants it any more. One that fails is repeated like the
   *   others
   * @param ended called when a watch ends by itself, with what its last look came to
   */
  constructor(
    private readonly clock: Clock,
    private readonly look: (key: string, signal: AbortSignal) => Promise<WatchLook>,
    private readonly ended: (key: string, last: WatchLook) => void,
  ) {}

  /** Until when something is watched. Epoch ms; `undefined` if it is not. */
  until(key: string): number | undefined {
    return this.watched.get(key)?.until;
  }

  /** Watches from now on, for a day. @returns until when, epoch ms */
  start(key: string): number {
    this.stop(key);
    const until = this.clock.now() + WATCH_LENGTH;
    const watched: Watched = { until, looks: 0, waiting: { dispose: () => undefined }, over: new AbortController() };
    this.watched.set(key, watched);
    this.wait(key, watched);
    return until;
  }

  /** @returns whether it was watched */
  stop(key: string): boolean {
    const watched = this.watched.get(key);
    watched?.waiting.dispose();
    watched?.over.abort();
    return this.watched.delete(key);
  }

  dispose(): void {
    for (const key of [...this.watched.keys()]) this.stop(key);
  }

  private wait(key: string, watched: Watched): void {
    const wait = WAITS[watched.looks] ?? STEADY;
    watched.waiting = this.clock.after(wait, () => void this.again(key, watched));
  }

  private async again(key: string, watched: Watched): Promise<void> {
    if (this.clock.now() >= watched.until) {
      this.end(key, "go-on");
      return;
    }
    watched.looks++;
    const look = await this.look(key, watched.over.signal).catch(() => "go-on" as const);
    // Stopped, or begun anew, in the meantime.
    if (this.watched.get(key) !== watched) return;
    if (look === "go-on") this.wait(key, watched);
    else this.end(key, look);
  }

  private end(key: string, last: WatchLook): void {
    this.stop(key);
    this.ended(key, last);
  }
}
