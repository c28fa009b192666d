import type { Clock, Disposable } from "../../orders/ports";
import { Slot } from "../../orders/slot";

const HOUR = 60 * 60_000;

/** Does something every hour, as long as there is a reason to; no timer runs without one. */
export class Hourly implements Disposable {
  private readonly timer = new Slot();

  constructor(
    private readonly clock: Clock,
    private readonly task: () => void,
  ) {}

  /** Does it now and every hour from now on, or no more. */
  set isWanted(isWanted: boolean) {
    if (isWanted === this.timer.isSet) return;
    if (isWanted) this.run();
    else this.timer.set(undefined);
  }

  dispose(): void {
    this.timer.dispose();
  }

  private run(): void {
    this.timer.set(this.clock.after(HOUR, () => this.run()));
    this.task();
  }
}
