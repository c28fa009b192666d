import type { Product } from "../../api/product";
import { guardFormula } from "../formula";
import { LIST_VERSION } from "../import/json";
import type { Account, Order, OrderReference } from "../model/order";
import type { OrderState } from "../presentation/state";

/** An order with the additional facts of an export. */
export interface ExportRow {
  readonly order: Order;
  readonly account: Account | undefined;
  readonly state: OrderState;
}

/**
 * A table of orders (RFC 4180, with line ends as there), for spreadsheets and for importing again. Without secrets: an
 * order by collection code is exported without the code. Anything that a spreadsheet would run as a formula is quoted.
 */
export function formatTable(rows: readonly ExportRow[]): string {
  const data = rows.map(({ order, account, state }) => ({
    product: order.product,
    reference: order.reference.kind,
    number: order.reference.kind === "collectionCode" ? "" : order.reference.value,
    label: order.label ?? "",
    names: (order.certificates[0]?.names ?? []).join(" "),
    tags: order.tags.join(", "),
    account: account?.label ?? "",
    state: state.words,
    "valid until": order.certificates[0] ? new Date(order.certificates[0].notAfter).toISOString() : "",
  }));
  const [first = {}] = data;
  const lines = [Object.keys(first), ...data.map((row) => Object.values(row).map(guardFormula))];
  return lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

/** A guarded cell has no line ends. */
const quoted = (cell: string): string => (/^ | $|[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** An order in a list for another computer. */
export interface ListItem {
  readonly product: Product;
  readonly reference: OrderReference;
  readonly label?: string;
  readonly tags?: readonly string[];
  /** Login name. */
  readonly account?: string;
}

/** An order for a list. Without secrets: an order by collection code is exported without the code. */
export function listItem({ order, account }: Pick<ExportRow, "order" | "account">): ListItem {
  return {
    product: order.product,
    reference: order.reference,
    ...(order.label !== undefined && { label: order.label }),
    ...(order.tags.length > 0 && { tags: order.tags }),
    ...(account && { account: account.loginName }),
  };
}

/** The list as JSON, for importing on another computer. Without secrets. */
export function formatList(rows: readonly ExportRow[]): string {
  return `${JSON.stringify({ version: LIST_VERSION, orders: rows.map(listItem) }, null, 2)}\n`;
}
