import { constants } from "node:os";

/** Ends one thing that was started. */
export type Stop = () => Promise<void> | void;

/**
 * What was started and must end with us, ended in reverse order: at the end, or when the person presses Ctrl+C or a
 * signal asks us to stop.
 */
export class Endings {
  private readonly stops: Stop[] = [];
  private running: Promise<void> | undefined;

  add(stop: Stop): void {
    this.stops.push(stop);
  }

  /** Whether the end has begun. */
  get begun(): boolean {
    return this.running !== undefined;
  }

  /** Ends everything, once; one that fails does not keep the others alive. Rejects with the first failure. */
  run(): Promise<void> {
    this.running ??= this.stopAll();
    return this.running;
  }

  /** From now on a signal ends everything and then this process, with the code that shells expect (128 + signal). */
  onSignals(): void {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        const exit = () => process.exit(128 + constants.signals[signal]);
        this.run().then(exit, exit);
      });
    }
  }

  private async stopAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let stop = this.stops.pop(); stop !== undefined; stop = this.stops.pop()) {
      try {
        await stop();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
