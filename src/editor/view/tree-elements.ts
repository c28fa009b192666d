import type { AccountId, OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";
import type { SeenRecords } from "../../orders/presentation/record-words";

/** What there is to know about an order when its row is drawn. */
export type { OrderRow as OrderFacts } from "../../orders/presentation/arrange";

/** An element of the tree. Plain data, so that a row is a valid argument of the commands in its menu. */
export type TreeElement = SectionElement | OrderElement | StepElement | CertificateElement | MoreElement;

export interface SectionElement {
  readonly kind: "section";
  /** A group, an account's id, a product, or a tag; empty for orders without one. */
  readonly section: string;
  /** The account, if sections are accounts. */
  readonly account?: AccountId;
}
export interface OrderElement {
  readonly kind: "order";
  readonly order: OrderId;
  /** If an order can appear in several sections: the section of this row. */
  readonly section?: string;
}
export interface StepElement {
  readonly kind: "step";
  readonly order: OrderId;
  readonly step: string;
  readonly section?: string;
}
export interface CertificateElement {
  readonly kind: "certificate";
  readonly order: OrderId;
  readonly serialNumber: string;
  readonly section?: string;
}
/** What this window saw of the records that orders wait for, which the rows of their steps say. */
export interface SeenByOrder {
  seen(order: OrderId): readonly SeenRecords[];
  onDidChange(listener: (order: OrderId) => void): Disposable;
}

/** Stands for the rows of a section that are not drawn yet. */
export interface MoreElement {
  readonly kind: "more";
  readonly section: string;
}

/** Tells apart the rows of one order in several sections. */
export function placeOf({ section }: { readonly section?: string }): string {
  return section === undefined ? "" : `/in/${section}`;
}
