import type { Order, OrderId } from "../../orders/model/order";

/** The orders that a person has before them. */
export interface LookedAt {
  /** Whose details page or document is the active editor, if any. */
  readonly page?: OrderId;
  /** Whose rows are selected in the view, if it shows. */
  readonly selected: readonly OrderId[];
}

/** What a person does in this window, as far as rows and commands depend on it. The journal does not say it. */
export class Looking {
  /** The certificates that were opened here, by their {@link Order.certificates} leaf. */
  private readonly opened = new Set<string>();

  /** What is before the person now; the composition root sets it. */
  at: () => LookedAt = () => ({ selected: [] });

  /** Notes that the newest certificate of an order was opened in this window. */
  noteOpened({ certificates: [newest] }: Order): void {
    if (newest !== undefined) this.opened.add(newest.leaf);
  }

  /** Forgets {@link noteOpened}: the person is done with it. */
  letGo({ certificates: [newest] }: Order): void {
    if (newest !== undefined) this.opened.delete(newest.leaf);
  }

  hasOpened({ certificates: [newest] }: Order): boolean {
    return newest !== undefined && this.opened.has(newest.leaf);
  }
}
