import type { Disposable } from "../../orders/ports";

/** Owns disposables and disposes of them with itself. What is added after that is disposed of at once. */
export class DisposableStore implements Disposable {
  private readonly owned = new Set<Disposable>();
  private ended = false;

  /** Takes ownership and hands its argument back, so that a field is made and owned in one expression. */
  add<T extends Disposable>(disposable: T): T {
    if (this.ended) disposable.dispose();
    else this.owned.add(disposable);
    return disposable;
  }

  /**
   * Disposes of everything, the last added first. If one throws, the others are still disposed of, and the errors are
   * thrown at the end.
   */
  dispose(): void {
    this.ended = true;
    const errors: unknown[] = [];
    for (const disposable of [...this.owned].reverse()) {
      try {
        disposable.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    this.owned.clear();
    if (errors.length > 0) throw new AggregateError(errors, "Some resources could not be disposed of.");
  }
}
