import type { OrderId } from "../../orders/model/order";
import type { Clock } from "../../orders/ports";

/** ms within which a second click on the same row belongs to the first one. */
export const DOUBLE_CLICK = 500;

/**
 * Tells a double click from two clicks: the editor's tree runs a row's command with each, and says no more about it.
 */
export class RowClicks {
  private last: { readonly order: OrderId; readonly at: number } | undefined;

  constructor(private readonly clock: Pick<Clock, "now">) {}

  /** Notes a click on the row of an order. @returns whether it is the second of a double click */
  take(order: OrderId): boolean {
    const at = this.clock.now();
    const { last } = this;
    const isSecond = last?.order === order && at - last.at >= 0 && at - last.at < DOUBLE_CLICK;
    // A third click begins anew.
    this.last = isSecond ? undefined : { order, at };
    return isSecond;
  }
}
