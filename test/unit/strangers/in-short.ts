import type { ParsedOrder } from "../../../src/orders/import/parsed-order";

/** An order in short: kind of reference where it is not an order number, number, product, name, account, code. */
export function inShort({ reference, product, label, account, collectionCode }: ParsedOrder): string {
  const number = "value" in reference ? reference.value : "";
  const kind = reference.kind === "orderNumber" ? "" : reference.kind;
  return [kind, number, product, label, account, collectionCode].filter(Boolean).join(" ");
}
