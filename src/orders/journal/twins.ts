import type { OrderId } from "../model/order";
import { otherNumberId } from "../model/order-id";

/**
 * Orders that are remembered of one certificate. Whoever answers every order with the same one makes all of them twins,
 * and each that named all others would cost as many times their number as there are.
 */
export const MAX_HOLDERS = 10;

/**
 * Which orders may be one at the CA, though they are tracked by different names: those that hold the same certificate,
 * and an order's number that is also tracked as a base order number, for the first order of a row has both.
 */
export class Twins {
  /** Of each certificate: the first orders that held it, mostly one, whose set is spared. They are never fewer. */
  private readonly holders = new Map<string, OrderId | Set<OrderId>>();

  /** Takes in what an order holds: hashes of certificates. */
  note(id: OrderId, leaves: readonly string[]): void {
    for (const leaf of leaves) {
      const known = this.holders.get(leaf);
      if (known === id) continue;
      if (known === undefined) this.holders.set(leaf, id);
      else if (!(known instanceof Set)) this.holders.set(leaf, new Set([known, id]));
      else if (known.size < MAX_HOLDERS) known.add(id);
    }
  }

  /** Other orders that may be the same one, tracked or not: the first few. @param leaves what it holds */
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
