import type { Book } from "../../orders/journal/book";
import type { OrderId } from "../../orders/model/order";
import { MutableDisposable } from "../../orders/mutable-disposable";
import type { Clock, Disposable } from "../../orders/ports";
import type { SecretStore } from "./secret-store";

/** ms after which the collection code of an order that is no longer tracked is deleted: until then there is Undo. */
export const UNDO_TIME = 10 * 60_000;

/** Whether the collection code of an order is deleted by now. @param at when it was stopped to be tracked */
export function isCodeGone({ at }: { readonly at: number }, now: number): boolean {
  return at + UNDO_TIME <= now;
}

/**
 * Deletes the collection codes of orders that are no longer tracked: a while after that, since it can be undone, or at
 * the next start. What the keyring does not delete is tried again then.
 */
export class ForgottenCodes implements Disposable {
  private readonly timer = new MutableDisposable();
  private readonly changes = new MutableDisposable();
  private readonly deleted = new Set<OrderId>();

  constructor(
    private readonly book: Pick<Book, "forgottenWithCode" | "onDidChange">,
    private readonly secrets: Pick<SecretStore, "forgetCollectionCode">,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.changes.value = this.book.onDidChange(({ structure }) => structure && this.look());
    this.look();
  }

  dispose(): void {
    this.changes.dispose();
    this.timer.dispose();
  }

  private look(): void {
    const now = this.clock.now();
    let next = Infinity;
    const forgotten = new Set<OrderId>();
    for (const { id, at } of this.book.forgottenWithCode()) {
      forgotten.add(id);
      if (this.deleted.has(id)) continue;
      if (isCodeGone({ at }, now)) void this.delete(id);
      else next = Math.min(next, at + UNDO_TIME);
    }
    // One that is tracked again may get another code.
    for (const id of this.deleted) if (!forgotten.has(id)) this.deleted.delete(id);
    this.timer.value = next === Infinity ? undefined : this.clock.after(next - now, () => this.look());
  }

  private async delete(id: OrderId): Promise<void> {
    this.deleted.add(id);
    await this.secrets.forgetCollectionCode(id).catch(() => undefined);
  }
}
