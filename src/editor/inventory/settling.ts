import { MutableDisposable } from "../../orders/mutable-disposable";
import type { Clock, Disposable } from "../../orders/ports";

/** ms of quiet after which changes are told; ms after which they are told though there is none. */
const QUIET = 1_000;
const LONGEST_UNREST = 10_000;

/** Tells of many changes once, when they are over or last long. */
export class Settling implements Disposable {
  private readonly timer = new MutableDisposable();
  /** Of the first change that was not told, epoch ms. */
  private since: number | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly settled: () => void,
  ) {}

  changed(): void {
    const now = this.clock.now();
    this.since ??= now;
    this.timer.value = this.clock.after(Math.min(QUIET, this.since + LONGEST_UNREST - now), () => {
      this.since = undefined;
      this.settled();
    });
  }

  dispose(): void {
    this.timer.dispose();
  }
}
