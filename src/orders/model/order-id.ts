import { phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";
import { randomBytes } from "node:crypto";
import type { Product } from "../../api/product";
import type { CaName, OrderId, OrderReference } from "./order";

/**
 * An order's id: `<ca>~<product>~<kind>~<value>`, each part escaped so that it is valid in every file system and URI.
 * It follows from CA, product and reference, so that the same order has the same id when it is tracked twice,
 * imported, or on another computer. If only a collection code identifies the order, the value is random, so that an id
 * reveals nothing of a secret.
 */
export interface OrderName {
  readonly ca: CaName;
  readonly product: Product;
  readonly reference: OrderReference;
}

/** Characters. File systems allow 255 bytes for a name, and a document's name is appended. */
export const MAX_ORDER_ID_LENGTH = 200;

const KINDS = {
  orderNumber: "order",
  certificateID: "certificate",
  baseOrderNumber: "base",
  collectionCode: "code",
} as const satisfies Record<OrderReference["kind"], string>;

/**
 * The id of an order, the same for the same name; for a collection code a new one at each call.
 * @throws OrderIdError when the reference is so long that the id would not fit in a file name
 */
export function formatOrderId(name: OrderName): OrderId {
  const value = name.reference.kind === "collectionCode" ? randomBytes(8).toString("hex") : name.reference.value;
  const id = join([name.ca, name.product, KINDS[name.reference.kind], value]);
  if (id.length > MAX_ORDER_ID_LENGTH) throw new OrderIdError();
  return id;
}

/** As {@link formatOrderId} for a number, but `undefined` for one that is too long, as a line of the journal may be. */
export function numberedOrderId(name: OrderName): OrderId | undefined {
  if (name.reference.kind === "collectionCode") return undefined;
  const id = join([name.ca, name.product, KINDS[name.reference.kind], name.reference.value]);
  return id.length > MAX_ORDER_ID_LENGTH ? undefined : id;
}

/** Whether an id was given to an order at a CA: an order keeps its id when its account moves to another one. */
export function isIdAt(ca: CaName, id: OrderId): boolean {
  return id.startsWith(`${escape(ca)}~`);
}

/** The id of the same number as a base order number, or vice versa; `undefined` for other references. */
export function otherNumberId(id: OrderId): OrderId | undefined {
  const [ca = "", product = "", word, value = ""] = id.split("~");
  if (word !== KINDS.orderNumber && word !== KINDS.baseOrderNumber) return undefined;
  return [ca, product, word === KINDS.orderNumber ? KINDS.baseOrderNumber : KINDS.orderNumber, value].join("~");
}

/** Whether a text names a CA, as settings, files and journal lines write it. */
export function isCaName(text: string): text is CaName {
  return text === "sectigo" || text === "sandbox" || (text.startsWith("other:") && text.length > "other:".length);
}

function join(parts: readonly string[]): OrderId {
  return parts.map(escape).join("~");
}

/** Lower-case letters, digits, `-` and inner dots stay; any other UTF-8 byte becomes `_xx`. */
function escape(part: string): string {
  return part.replace(/[^a-z0-9.-]|\.$/gu, (character) =>
    [...Buffer.from(character, "utf8")].map((byte) => `_${byte.toString(16).padStart(2, "0")}`).join(""),
  );
}

/** Thrown when an order's reference is too long for an id. */
class OrderIdError extends SaidError {
  override readonly name = "OrderIdError";
  readonly code = "order-id";

  constructor() {
    super(
      phrase("The order's number or its CA's host name is too long. Check whether something else was pasted with it."),
    );
  }
}
