import type { Order, OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";

/** A row of the list of files. Plain data, so that a row is a valid argument of the commands in its menu. */
export type InventoryElement =
  | { readonly kind: "files"; readonly section: string }
  /** With the order that it belongs to, if it does. */
  | { readonly kind: "file"; readonly file: string; readonly order?: OrderId };

/** The orders that files are held against. */
export interface TrackedOrders {
  all(): Iterable<Order>;
  onDidChange(listener: () => void): Disposable;
}
