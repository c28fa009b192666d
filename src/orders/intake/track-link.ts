import { isProduct, type Product } from "../../api/product";
import type { OrderReference } from "../order";
import { REFERENCE_VALUE } from "./found";
import { MAX_TEXT } from "./limits";

/** Characters of a link's query: more than all it may say. */
const MAX_QUERY = 1000;

const KINDS = ["orderNumber", "certificateID", "baseOrderNumber"] as const;

/** What a link may say of an order: never an account, an endpoint or a secret. */
export interface LinkedOrder {
  readonly product: Product;
  readonly reference: Exclude<OrderReference, { readonly kind: "collectionCode" }>;
  readonly label?: string;
}

/**
 * Reads a link to track an order, `vscode://<extension>/track?product=ssl&orderNumber=1234567&label=shop`. Anybody can
 * make one: whatever it says beyond that makes it none.
 * @param query as the editor gives it, decoded once
 * @returns the order, or what is wrong with the link, one sentence
 */
export function readTrackLink(path: string, query: string): LinkedOrder | string {
  if (path !== "/track") return "This link leads nowhere in this extension.";
  if (query.length > MAX_QUERY) return "This link is too long.";
  const values = new Map<string, string>();
  for (const part of query.split("&")) {
    const at = part.indexOf("=");
    const key = at < 0 ? part : part.slice(0, at);
    if (values.has(key)) return `This link says “${shown(key)}” twice.`;
    if (!["product", "label", ...KINDS].includes(key)) return `This link says “${shown(key)}”, which links may not.`;
    values.set(key, at < 0 ? "" : part.slice(at + 1));
  }
  const product = values.get("product");
  if (!isProduct(product)) return "This link does not say what was ordered: ssl, smime, ccc, pac or mc.";
  const [kind, ...others] = KINDS.filter((each) => values.has(each));
  const value = kind === undefined ? undefined : values.get(kind);
  if (kind === undefined || value === undefined || others.length > 0) return "This link does not name one order.";
  if (!REFERENCE_VALUE.test(value)) return "The number in this link is none.";
  const label = values.get("label") ?? "";
  // Characters that cannot be seen could make the name say another thing than it shows.
  if (label.length > MAX_TEXT || /\p{C}/u.test(label))
    return "The name in this link is too long, or has odd characters.";
  return { product, reference: { kind, value }, ...(label !== "" && { label }) };
}

function shown(key: string): string {
  return key.replace(/\p{C}/gu, "").slice(0, 40);
}
