import { bare, ORDER_NUMBER, type ParsedOrder } from "./parsed-order";
import { orderInParameters } from "./parameters";
import { productIn } from "./product-words";

/** Names that portals use for an order number in a query, besides the CA's own. */
const ORDER_KEY = /^(?:order|ordernumber|orderno|orderid|order_id|order_number|order-number|ordernum|oid)$/i;

/** Characters of a link; those of portals have a few hundred. */
const MAX_LINK = 8192;
/**
 * Characters of user, host and port; names of hosts have 255. Reading a longer one in Unicode takes quadratic time.
 */
const MAX_AUTHORITY = 300;

/** Parses a link, if it is not too long. */
export function readLink(link: string): URL | undefined {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(link.slice(0, MAX_LINK))?.[1] ?? "";
  if (link.length > MAX_LINK || authority.length > MAX_AUTHORITY || !URL.canParse(link)) return undefined;
  return new URL(link);
}

/** The order that a link to a portal or an endpoint names in its query, fragment or path. */
export function orderInLink(link: string, line: number): ParsedOrder | undefined {
  const url = readLink(link);
  if (url?.protocol !== "https:" && url?.protocol !== "http:") return undefined;
  const product = productIn(url.pathname);
  const fragment = url.hash.slice(1);
  const parameters = [...url.searchParams, ...new URLSearchParams(fragment.slice(fragment.indexOf("?") + 1))];
  const known = orderInParameters(parameters, product, line, url);
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
    yield { link: bare(match[0], "", ".,;:!?").replaceAll("&amp;", "&"), at: match.index };
  }
}

/** A text of the same length with spaces in place of links, whose content does not count as words of the text. */
export function withoutLinks(text: string): string {
  return text.replace(/https?:\/\/\S+/gi, (link) => " ".repeat(link.length));
}
