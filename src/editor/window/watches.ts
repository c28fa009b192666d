import { HOUR } from "../../orders/model/policy";
import type { Clock, Disposable } from "../../orders/ports";

const MINUTE = HOUR / 60;

/** How often something is looked at that a person watches: soon at first, since they have just changed something. */
export interface WatchPace {
  /** ms before the first looks. */
  readonly first: readonly number[];
  /** ms between later ones. */
  readonly then: number;
  /** ms after which the watch ends; absent if it does not. */
  readonly length?: number;
}

/** Records in the DNS and files, which a person publishes within a day. */
export const RECORDS_PACE: WatchPace = {
  first: [MINUTE, 2 * MINUTE, 5 * MINUTE],
  then: 15 * MINUTE,
  length: 24 * HOUR,
};

/** What hosts serve: until it fits, or a person stops it. */
export const HOSTS_PACE: WatchPace = { first: [MINUTE, 5 * MINUTE, 15 * MINUTE], then: HOUR };

/** ms before the next look. @param looks those so far */
export const nextWait = ({ first, then }: WatchPace, looks: number): number => first[looks] ?? then;

interface Watched {
  /** Epoch ms. */
  readonly until: number;
  /** The looks so far. */
  looks: number;
  waiting: Disposable;
  /** Ends the look that is under way. */
  readonly over: AbortController;
}

/** What is looked at again and again in this window, until it is as wanted or its time is over. */
export class Watches<E extends string> implements Disposable {
  private readonly watched = new Map<string, Watched>();

  /**
   * @param look looks once, until the signal says that nobody wants it any more. Anything but `go-on` ends the watch. A
   *   look that fails is repeated like the others
   * @param ended called when a watch ends by itself, with what its last look came to
   */
  constructor(
    private readonly clock: Clock,
    private readonly pace: WatchPace,
    private readonly look: (key: string, signal: AbortSignal) => Promise<E | "go-on">,
    private readonly ended: (key: string, last: E | "go-on") => void,
  ) {}

  /** Until when something is watched. Epoch ms, or without end; `undefined` if it is not. */
  until(key: string): number | undefined {
    return this.watched.get(key)?.until;
  }

  get keys(): readonly string[] {
    return [...this.watched.keys()];
  }

  /** Watches from now on. @returns until when, epoch ms, or without end */
  start(key: string): number {
    this.stop(key);
    const until = this.clock.now() + (this.pace.length ?? Infinity);
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
    for (const key of this.keys) this.stop(key);
  }

  private wait(key: string, watched: Watched): void {
    watched.waiting = this.clock.after(nextWait(this.pace, watched.looks), () => void this.again(key, watched));
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

  private end(key: string, last: E | "go-on"): void {
    this.stop(key);
    this.ended(key, last);
  }
}
