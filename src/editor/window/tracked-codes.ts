import type { Product } from "../../api/product";
import type { CaName, Order, OrderId } from "../../orders/model/order";
import type { SecretSource } from "../../orders/ports";

/** Where a collection code fetches a certificate. */
interface Place {
  readonly ca: CaName;
  readonly product: Product;
}

/**
 * The orders by their stored collection codes: an order identified by its code has no other name by which it could be
 * recognised. Contains secrets, so it must not be kept.
 */
export class TrackedCodes {
  private readonly orders = new Map<string, OrderId>();

  /** Reads the codes of the orders that have one; codes that cannot be read are skipped. */
  static async of(orders: Iterable<Order>, secrets: Pick<SecretSource, "collectionCode">): Promise<TrackedCodes> {
    const found = new TrackedCodes();
    const withCode = [...orders].filter(({ reference, codeSetAt }) => {
      return reference.kind === "collectionCode" || codeSetAt !== undefined;
    });
    await Promise.all(
      withCode.map(async (order) => {
        const code = await secrets.collectionCode(order);
        if (code !== undefined) found.add(order, code, order.id);
      }),
    );
    return found;
  }

  add(place: Place, code: string, id: OrderId): void {
    this.orders.set(keyOf(place, code), id);
  }

  find(place: Place, code: string): OrderId | undefined {
    return this.orders.get(keyOf(place, code));
  }
}

const keyOf = ({ ca, product }: Place, code: string): string => JSON.stringify([ca, product, code]);
