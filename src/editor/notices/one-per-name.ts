import type { Order } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";

/** The first order of each name: a sentence that names orders says each name once, beside the count of all. */
export function onePerName<T extends Order>(orders: readonly T[]): T[] {
  const named = new Map<string, T>();
  for (const order of orders) if (!named.has(titleOf(order))) named.set(titleOf(order), order);
  return [...named.values()];
}
