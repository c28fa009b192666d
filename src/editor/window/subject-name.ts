import type { OrderId } from "../../orders/model/order";

/** What records are for: an order, or the file of a certificate request, by its URI. */
export type SubjectName = { readonly order: OrderId } | { readonly file: string };

const DOCUMENT = "file:";
const ORDER = "order:";

/** Says a subject in one text, for maps. */
export const subjectKey = (name: SubjectName): string => ("order" in name ? ORDER + name.order : DOCUMENT + name.file);

/** What {@link subjectKey} said. */
export const subjectNamed = (key: string): SubjectName =>
  key.startsWith(ORDER) ? { order: key.slice(ORDER.length) } : { file: key.slice(DOCUMENT.length) };
