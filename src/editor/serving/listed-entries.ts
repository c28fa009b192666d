import * as vscode from "vscode";
import type { FileOrder } from "../../orders/import/order-file";
import type { OrderId } from "../../orders/model/order";
import { allOrderFiles } from "../commands/order-files-here";
import { readListedOrders, trackedOrder } from "../languages/listed-orders";
import { mayReadOrders } from "../languages/order-file-trust";
import type { Collector } from "../window/collector";

/** What an order file of the workspace says of an order. */
export interface ListedEntry {
  readonly file: vscode.Uri;
  readonly entry: FileOrder;
}

/** What the order files of a trusted workspace say of an order; files that cannot be read say nothing. */
export async function listedEntries(collector: Collector, id: OrderId): Promise<readonly ListedEntry[]> {
  const found: ListedEntry[] = [];
  for (const file of (await allOrderFiles()).filter(mayReadOrders)) {
    try {
      const text = (await vscode.workspace.openTextDocument(file)).getText();
      const { orders } = await readListedOrders(collector.reading, text);
      const entry = orders.find((each) => trackedOrder(collector, each)?.order.id === id);
      if (entry !== undefined) found.push({ file, entry });
    } catch (error) {
      collector.log.error("An order file could not be read.", error);
    }
  }
  return found;
}
