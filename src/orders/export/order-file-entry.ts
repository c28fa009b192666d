import { NUMBER_KINDS, type NumberReference, type Order } from "../model/order";
import type { Product } from "../../api/product";
import { MAX_LABEL, MAX_TAGS } from "../model/label";

/** An order as a repository's file lists it: no secret, no account and no server. */
export interface FileEntry {
  readonly product: Product;
  readonly reference: NumberReference;
  readonly label?: string;
  readonly tags: readonly string[];
}

/**
 * The entry of an order; `undefined` for one that is known by a collection code, which is a secret.
 * @param label its title
 */
export function fileEntryOf(order: Order, label: string): FileEntry | undefined {
  const { product, reference, tags } = order;
  if (reference.kind === "collectionCode") return undefined;
  const isLabel = label !== reference.value && TEXT.test(label) && [...label].length <= MAX_LABEL;
  const listed = tags.filter((tag) => TEXT.test(tag)).slice(0, MAX_TAGS);
  return { product, reference, tags: listed, ...(isLabel && { label }) };
}

/** A text that the file may hold: without characters that nobody sees. */
const TEXT = /^[^\p{C}]+$/u;

/** The content of a new file with these entries. */
export function newOrderFile(entries: readonly FileEntry[]): string {
  const orders = entries.map(fileMembersOf);
  return `${JSON.stringify({ version: 1, orders }, undefined, 2)}\n`;
}

/** The members of an entry in the order of the documentation. */
export function fileMembersOf({ product, reference, label, tags }: FileEntry): object {
  const number = Object.fromEntries(
    NUMBER_KINDS.flatMap((kind) => (kind === reference.kind ? [[kind, reference.value]] : [])),
  );
  return { product, ...number, ...(label !== undefined && { label }), ...(tags.length > 0 && { tags }) };
}
