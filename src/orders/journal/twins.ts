import type { OrderId } from "../model/order";
import { otherNumberId } from "../model/order-id";

/**
 * The most orders that are remembered for one certificate. A server that answers every order with the same one would
 * make all of them twins, and listing all twins of each would take quadratic work.
 */
export const MAX_HOLDERS = 10;

/**
 * Which orders may be the same at the CA although they are tracked under different names: those with the same
 * certificate, and an order number that is also tracked as a base order number, since the first of a series of orders
 * has both.
 */
export class Twins {
  /**
   * For each certificate, the first orders that had it. A single one is stored without a set. Orders are never
   * removed.
   */
  private readonly holders = new Map<string, OrderId | Set<OrderId>>();

  /** Notes the certificates of an order, by their hashes. */
  note(id: OrderId, leaves: readonly string[]): void {
    for (const leaf of leaves) {
      const known = this.holders.get(leaf);
      if (known === id) continue;
      if (known === undefined) this.holders.set(leaf, id);
      else if (!(known instanceof Set)) this.holders.set(leaf, new Set([known, id]));
      else if (known.size < MAX_HOLDERS) known.add(id);
    }
  }

  /** Other orders that may be the same one, tracked or not: the first few. @param leaves hashes of its certificates */
  of(id: OrderId, leaves: readonly string[]): ReadonlySet<OrderId> {
    const found = new Set<OrderId>();
    const other = otherNumberId(id);
    if (other !== undefined) found.add(other);
    for (const leaf of leaves) {
      const known = this.holders.get(leaf);
      if (known instanceof Set) for (const holder of known) found.add(holder);
    }
    found.delete(id);
    return found;
  }
}
