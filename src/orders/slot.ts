import type { Disposable } from "./ports";

/** Holds at most one: setting another ends the one before. */
export class Slot implements Disposable {
  private held: Disposable | undefined;

  get isSet(): boolean {
    return this.held !== undefined;
  }

  set(next: Disposable | undefined): void {
    const before = this.held;
    this.held = next;
    before?.dispose();
  }

  dispose(): void {
    this.set(undefined);
  }
}
