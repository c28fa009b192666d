import type { Clock, Disposable } from "../../orders/ports";
import { MutableDisposable } from "../../orders/mutable-disposable";

/** Runs a task at an interval while it is enabled; otherwise, no timer runs. */
export class IntervalTimer implements Disposable {
  private readonly timer = new MutableDisposable();

  /** @param interval ms */
  constructor(
    private readonly clock: Clock,
    private readonly interval: number,
    private readonly task: () => void,
  ) {}

  /** Enabling runs the task now, and then at each interval. */
  set enabled(enabled: boolean) {
    if (enabled === (this.timer.value !== undefined)) return;
    if (enabled) this.run();
    else this.timer.value = undefined;
  }

  dispose(): void {
    this.timer.dispose();
  }

  private run(): void {
    this.timer.value = this.clock.after(this.interval, () => this.run());
    this.task();
  }
}
