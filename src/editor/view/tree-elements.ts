import type { AccountId, OrderId } from "../../orders/model/order";

/** What there is to know about an order when its row is drawn. */
export type { OrderRow as OrderFacts } from "../../orders/presentation/arrange";

/** An element of the tree. Plain data, so that a row is a valid argument of the commands in its menu. */
export type TreeElement = SectionElement | OrderElement | StepElement | CertificateElement | MoreElement;

export interface SectionElement {
  readonly kind: "section";
  /** A group, an account's id, a product, or a tag; empty for orders without one. */
  readonly section: string;
  /** Where sections are accounts: which. */
  readonly account?: AccountId;
}
export interface OrderElement {
  readonly kind: "order";
  readonly order: OrderId;
  /** Where an order can stand in several sections: in which this row does. */
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
/** Stands for the rows of a section that are not drawn yet. */
export interface MoreElement {
  readonly kind: "more";
  readonly section: string;
}

/** What keeps the rows of one order in several sections apart. */
export function placeOf({ section }: { readonly section?: string }): string {
  return section === undefined ? "" : `/in/${section}`;
}
