import type { Order, OrderId } from "../../orders/model/order";
import { documentUri } from "../documents/document-uri";
import { clipboardLine } from "../base/inert-text";
import type { TreeElement } from "./tree-elements";

/** What dragged rows are elsewhere in the editor. */
export interface Dragged {
  /** The documents of their certificates, for an editor. */
  readonly documents: readonly string[];
  /** Of their orders, for a text. A collection code is a secret. */
  readonly numbers: readonly string[];
}

/** @param order what is known of an order */
export function draggedRows(rows: readonly TreeElement[], order: (id: OrderId) => Order | undefined): Dragged {
  const dragged = rows.flatMap((row) => {
    const of = "order" in row ? order(row.order) : undefined;
    return of === undefined ? [] : { row, of };
  });
  const documents = dragged.flatMap(({ row, of: { id, certificates } }) => {
    const serial = row.kind === "certificate" ? row.serialNumber : certificates[0]?.serialNumber;
    const collected = certificates.find(({ serialNumber }) => serialNumber === serial);
    if (collected === undefined) return [];
    const { serialNumber } = collected;
    return documentUri({ order: id, serialNumber, name: "fullchain.pem" }, collected).toString();
  });
  const numbers = dragged.flatMap(({ of: { reference } }) =>
    reference.kind === "collectionCode" ? [] : clipboardLine(reference.value),
  );
  return { documents: [...new Set(documents)], numbers: [...new Set(numbers)] };
}
