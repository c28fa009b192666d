import { MutableDisposable } from "../../orders/mutable-disposable";
import type { Clock, Disposable } from "../../orders/ports";

/** ms after which the editor has asked for the lenses of a document that shows, and how often it is reminded. */
const TIME_TO_ASK = 1_000;
const MOST_REMINDERS = 5;

/**
 * Reminds the editor of lenses that it did not ask for: it drops its request when the text loses the focus in the first
 * moments, to a row of a tree for instance, and asks again only once the text has the focus.
 */
export class LensReminder implements Disposable {
  private readonly timer = new MutableDisposable();

  /**
   * @param isForgotten whether there is a document on screen for which the editor never asked
   * @param remind tells the editor that lenses changed
   */
  constructor(
    private readonly clock: Clock,
    private readonly isForgotten: () => boolean,
    private readonly remind: () => void,
  ) {}

  /** To be called when other documents are on screen. */
  look(left = MOST_REMINDERS): void {
    this.timer.value = undefined;
    if (left === 0 || !this.isForgotten()) return;
    this.timer.value = this.clock.after(TIME_TO_ASK, () => {
      if (this.isForgotten()) this.remind();
      this.look(left - 1);
    });
  }

  dispose(): void {
    this.timer.dispose();
  }
}
