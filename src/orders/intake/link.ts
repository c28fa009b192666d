import { ORDER_NUMBER, type FoundOrder } from "./found";
import { orderInParameters } from "./parameters";
import { productIn } from "./product-words";

/** Names that portals give an order's number in a query, beside the CA's own. */
const ORDER_KEY = /^(?:order|ordernumber|orderno|orderid|order_id|order_number|order-number|ordernum|oid)$/i;

/** The order that a link to a portal or to an endpoint names, in its query, its fragment or its path. */
export function orderInLink(link: string, line: number): FoundOrder | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  const product = productIn(url.pathname);
  const fragment = url.hash.slice(1);
  const parameters = [...url.searchParams, ...new URLSearchParams(fragment.slice(fragment.indexOf("?") + 1))];
  const known = orderInParameters(parameters, product, line);
  if (known) return known;
  const named = parameters.find(([key, value]) => ORDER_KEY.test(key) && ORDER_NUMBER.test(value.trim()))?.[1];
  const inPath = /\/orders?\/(?:[a-z]+\/)?(\d{5,20})(?:\/|$)/i.exec(`${url.pathname}/${fragment}`)?.[1];
  const value = named?.trim() ?? inPath;
  if (value === undefined) return undefined;
  return { reference: { kind: "orderNumber", value }, ...(product !== undefined && { product }), line };
}

/** The links in a text, and where each begins. */
export function* linksIn(text: string): Generator<{ readonly link: string; readonly at: number }> {
  for (const match of text.matchAll(/https?:\/\/[^\s<>"'`\\)\]]+/gi)) {
    yield { link: match[0].replace(/[.,;:!?]+$/, "").replaceAll("&amp;", "&"), at: match.index };
  }
}
