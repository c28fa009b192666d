import type { Disposable } from "./ports";

/** Holds at most one disposable: setting another, or none, disposes the one before. */
export class MutableDisposable implements Disposable {
  private current: Disposable | undefined;

  get value(): Disposable | undefined {
    return this.current;
  }

  set value(next: Disposable | undefined) {
    const before = this.current;
    this.current = next;
    before?.dispose();
  }

  dispose(): void {
    this.value = undefined;
  }
}
