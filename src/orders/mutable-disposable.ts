import type { Disposable } from "./ports";

/** Holds at most one disposable: setting another one, or clearing it, disposes of the previous one. */
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
