import { selectedOrders } from "../window/looking";
import type { Program } from "../window/program";
import { copyNames, copyNumber, type Copied } from "./copy";

/**
 * Copies what the selected rows are called, as Ctrl+C does: the numbers of orders; else, on the row of a certificate,
 * its names.
 */
export async function copyRow(program: Program): Promise<Copied | undefined> {
  const before = program.collector.looking.at();
  const orders = selectedOrders(before);
  if (orders.length > 0) return copyNumber(program, { orders });
  const row = before.selected.find(({ kind }) => kind === "certificate");
  return row && copyNames(program, { order: row.order, serialNumber: row.serialNumber });
}
