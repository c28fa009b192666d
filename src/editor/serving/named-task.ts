import * as vscode from "vscode";
import type { Order } from "../../orders/model/order";
import { ORDER_FILE } from "../base/contributions";
import { showPick } from "../base/messages";
import { findOrderFiles } from "../commands/order-files-here";
import { readListedOrders, trackedOrder } from "../languages/listed-orders";
import { mayReadOrders } from "../languages/order-file-trust";
import type { Program } from "../window/program";
import { localize } from "../base/localize";

/** The name of a task, and the order file that names it; without one, a person chose it. */
export interface NamedTask {
  readonly task: string;
  readonly file?: vscode.Uri;
}

/**
 * The task that runs after an order is saved: its own, else that of the order file that lists it. In Restricted Mode,
 * no file is read. Where files name several tasks, the person is asked.
 * @param file the only one that counts, if it is known
 */
export async function namedTask(
  { collector }: Program,
  { id, afterSaving }: Order,
  file: vscode.Uri | undefined,
): Promise<NamedTask | undefined> {
  if (afterSaving !== undefined) return { task: afterSaving.task };
  const files = file === undefined ? await findOrderFiles(true) : [file];
  const found = new Map<string, NamedTask>();
  for (const each of files.filter(mayReadOrders)) {
    const text = (await vscode.workspace.openTextDocument(each)).getText();
    const { orders } = await readListedOrders(collector.reading, text);
    for (const order of orders) {
      if (order.after === undefined || trackedOrder(collector, order)?.order.id !== id) continue;
      const { task } = order.after;
      if (!found.has(task)) found.set(task, { task, file: each });
    }
  }
  const [only] = found.values();
  if (found.size <= 1) return only;
  return showPick({
    title: localize("Choose a task to run after saving"),
    placeholder: ORDER_FILE,
    choices: [...found.values()].map((value) => ({
      label: value.task,
      ...(value.file && { description: vscode.workspace.asRelativePath(value.file) }),
      value,
    })),
  });
}
