import { isProduct, type Product } from "../../api/product";
import { NUMBER_KINDS, type NumberReference } from "../model/order";
import { REFERENCE_VALUE } from "./parsed-order";
import { isLabel } from "../model/label";
import { phrase, type Phrase } from "../../words/phrase";

/** Characters of a link's query: more than it needs. */
const MAX_QUERY = 1000;

const KEYS: ReadonlySet<string> = new Set(["product", "label", ...NUMBER_KINDS]);

/** What a link may say about an order: never an account, an endpoint or a secret. */
export interface LinkedOrder {
  readonly product: Product;
  readonly reference: NumberReference;
  readonly label?: string;
}

/**
 * Reads a link to track an order, `vscode://<extension>/track?product=ssl&orderNumber=1234567&label=shop`. Anybody can
 * create one, so a link with anything else in it is refused.
 * @param query as the editor gives it, decoded once
 * @returns the order, or what is wrong with the link, in one sentence that does not repeat any of it
 */
export function readTrackLink(path: string, query: string): LinkedOrder | Phrase {
  if (path !== "/track") return phrase("This extension does not know this link.");
  if (query.length > MAX_QUERY) return phrase("This link is too long.");
  const values = new Map<string, string>();
  for (const part of query.split("&")) {
    const at = part.indexOf("=");
    const key = at < 0 ? part : part.slice(0, at);
    if (values.has(key)) return phrase("This link contains a field twice.");
    if (!KEYS.has(key)) return phrase("This link contains more than a product, a number and a name.");
    values.set(key, at < 0 ? "" : part.slice(at + 1));
  }
  const product = values.get("product");
  if (!isProduct(product)) return phrase("This link does not say what was ordered: ssl, smime, ccc, pac or mc.");
  const [kind, ...others] = NUMBER_KINDS.filter((each) => values.has(each));
  const value = kind === undefined ? undefined : values.get(kind);
  if (kind === undefined || value === undefined || others.length > 0)
    return phrase("This link does not name exactly one order.");
  if (!REFERENCE_VALUE.test(value)) return phrase("This link does not contain a valid order number.");
  const label = values.get("label") ?? "";
  if (label !== "" && !isLabel(label))
    return phrase("The name in this link is too long or contains invisible characters.");
  return { product, reference: { kind, value }, ...(label !== "" && { label }) };
}
