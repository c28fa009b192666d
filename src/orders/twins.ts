import type { Order, OrderId } from "./order";

/**
 * Which orders are one at the CA, though they are tracked by different names: those that hold the same certificate, and
 * an order's number that is also tracked as a base order number, for the first order of a row has both.
 */
export class Twins {
  private readonly keys = new Map<OrderId, readonly string[]>();
  private readonly orders = new Map<string, Set<OrderId>>();

  /**
   * Takes in how an order stands now; `undefined` when it is not tracked any more.
   * @returns the orders besides it that may have a twin more or less
   */
  note(id: OrderId, order: Order | undefined): ReadonlySet<OrderId> {
    const before = this.keys.get(id) ?? [];
    const after = order === undefined ? [] : keysOf(order);
    const concerned = new Set<OrderId>();
    if (before.join() === after.join()) return concerned;
    for (const key of before) this.orders.get(key)?.delete(id);
    for (const key of after) this.at(key).add(id);
    for (const key of [...before, ...after]) for (const other of this.at(key)) concerned.add(other);
    for (const key of before) if (this.at(key).size === 0) this.orders.delete(key);
    if (after.length > 0) this.keys.set(id, after);
    else this.keys.delete(id);
    concerned.delete(id);
    return concerned;
  }

  /** The orders that are the same one. */
  of(id: OrderId): readonly OrderId[] {
    const found = new Set((this.keys.get(id) ?? []).flatMap((key) => [...(this.orders.get(key) ?? [])]));
    found.delete(id);
    return [...found];
  }

  private at(key: string): Set<OrderId> {
    let found = this.orders.get(key);
    if (found === undefined) this.orders.set(key, (found = new Set()));
    return found;
  }
}

function keysOf({ ca, product, reference, held: [newest] }: Order): string[] {
  const isNumber = reference.kind === "orderNumber" || reference.kind === "baseOrderNumber";
  return [
    ...(isNumber ? [`number ${product} ${reference.value} ${ca}`] : []),
    ...(newest === undefined ? [] : [`leaf ${newest.leaf} ${ca}`]),
  ];
}
