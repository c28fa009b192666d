import { selectedOrders } from "../window/looking";
import type { Program } from "../window/program";
import { copyNames, copyNumber, type Copied } from "./copy";

/**
 * Copies what the selected rows are called, as Ctrl+C does: the numbers of orders; else, on rows of certificates, their
 * names.
 */
export async function copyRow(program: Program): Promise<Copied | undefined> {
  const { looking } = program.collector;
  await looking.drawn();
  const before = looking.at();
  const orders = selectedOrders(before);
  if (orders.length > 0) return copyNumber(program, { orders });
  const rows = before.selected.filter(({ kind }) => kind === "certificate");
  if (rows.length === 0) return undefined;
  const certificates = rows.map(({ order, serialNumber = "" }) => `${order}/${serialNumber}`);
  return copyNames(program, { orders: [...new Set(rows.map(({ order }) => order))], certificates });
}
