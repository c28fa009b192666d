import type { OrderId } from "./order";
import { otherNumberId } from "./order-id";

/**
 * Which orders may be one at the CA, though they are tracked by different names: those that hold the same certificate,
 * and an order's number that is also tracked as a base order number, for the first order of a row has both.
 */
export class Twins {
  /** Of each certificate: the orders that hold it, mostly one, whose set is spared. They are never fewer. */
  private readonly holders = new Map<string, OrderId | Set<OrderId>>();

  /** Takes in what an order holds: hashes of certificates. */
  note(id: OrderId, leaves: readonly string[]): void {
    for (const leaf of leaves) {
      const known = this.holders.get(leaf);
      if (known === undefined) this.holders.set(leaf, id);
      else if (known instanceof Set) known.add(id);
      else if (known !== id) this.holders.set(leaf, new Set([known, id]));
    }
  }

  /** The other orders that may be the same one, tracked or not. @param leaves what it holds */
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
