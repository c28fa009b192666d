import type { Order } from "../model/order";
import { isAtEnd } from "../model/said";
import { isWatched } from "./schedule";

/** Whether a person can have an order checked again that is not checked any more, or only for its reissue. */
export function canBeWatched(order: Order): boolean {
  return (order.certificates.length > 0 || isAtEnd(order)) && !isWatched(order);
}
