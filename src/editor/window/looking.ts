import type { Order, OrderId } from "../../orders/model/order";
import type { TreeElement } from "../view/tree-elements";

/** An order, or one of its certificates, that is before a person. */
export interface Sight {
  readonly order: OrderId;
  /** Of the certificate, in hex; without it, the order as a whole, and its newest certificate. */
  readonly serialNumber?: string;
}

/** A row that is selected in the view. */
export interface SelectedRow extends Sight {
  readonly kind: "order" | "step" | "certificate";
}

/** The orders that a person has before them. */
export interface LookedAt {
  /** Whose details page or document is the active editor, if any. */
  readonly page?: Sight;
  /** The rows that are selected in the view and belong to an order, if it shows. */
  readonly selected: readonly SelectedRow[];
}

/** What a person does in this window, as far as rows and commands depend on it. The journal does not say it. */
export class Looking {
  /** The certificates that were opened here, by their {@link Order.certificates} leaf. */
  private readonly opened = new Set<string>();

  /** What is before the person now; the composition root sets it. */
  at: () => LookedAt = () => ({ selected: [] });

  /** The rows that are selected, waited for while the editor draws them anew; the composition root sets it. */
  drawn: () => Promise<readonly TreeElement[]> = () => Promise.resolve([]);

  /** Notes that the newest certificate of an order was opened in this window. */
  noteOpened({ certificates: [newest] }: Order): void {
    if (newest !== undefined) this.opened.add(newest.leaf);
  }

  /** Forgets {@link noteOpened}: the person is done with it. */
  letGo({ certificates: [newest] }: Order): void {
    if (newest !== undefined) this.opened.delete(newest.leaf);
  }

  /** Whether the newest certificate of an order was opened in this window, and the person is not done with it. */
  hasOpened({ certificates: [newest] }: Order): boolean {
    return newest !== undefined && this.opened.has(newest.leaf);
  }
}

/** The orders whose own rows are selected, as keys mean them: not those of a certificate or a step below. */
export function selectedOrders({ selected }: Pick<LookedAt, "selected">): readonly OrderId[] {
  return [...new Set(selected.flatMap(({ kind, order }) => (kind === "order" ? order : [])))];
}

/**
 * Which certificate of an order is before a person: that of the active page or document, or of the only selected row
 * of the order. Its serial number in hex; `undefined` for the newest.
 */
export function certificateLookedAt({ page, selected }: LookedAt, order: OrderId): string | undefined {
  if (page?.order === order) return page.serialNumber;
  const [row, ...others] = selected.filter((each) => each.order === order);
  return others.length === 0 ? row?.serialNumber : undefined;
}
