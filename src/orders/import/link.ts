import { bare, ORDER_NUMBER, type ParsedOrder, isProblem } from "./parsed-order";
import { orderInParameters } from "./parameters";
import { productIn } from "./product-words";
import { readTrackLink } from "./track-link";

/** The authority of this extension's own links: its publisher and its name. */
const EXTENSION = "certificate-collector.certificate-collector";

/** Links that the editor opens: VS Code's to any extension, and those of its other builds to this one. */
const OF_EDITOR = String.raw`(?:vscode(?:-insiders)?|[a-z][a-z\d+.-]{0,30}(?=:\/\/certificate-collector\.))://`;
/** Neither a space nor what stands around a link. */
const IN_LINK = String.raw`[^\s<>"'\x60\\)\]]+`;

const LINKS = new RegExp(`(?:https?://|${OF_EDITOR})${IN_LINK}`, "gi");
const WHOLE_LINKS = new RegExp(String.raw`(?:https?://|${OF_EDITOR})\S+`, "gi");
const EDITOR_LINKS = new RegExp(`${OF_EDITOR}${IN_LINK}`, "gi");
const LINK = new RegExp(String.raw`^(?:https?://|${OF_EDITOR})[^\s<>]+$`, "i");

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

/**
 * The order that a link to a portal or an endpoint names in its query, fragment or path, or one of this extension's own
 * links. Links that the editor opens in other extensions do not name orders, whatever numbers they contain.
 */
export function orderInLink(link: string, line: number): ParsedOrder | undefined {
  if (!/^https?:/i.test(link)) return orderInOwnLink(link, line);
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

/** Read as the editor hands it to the extension: a link that it would refuse does not name an order here either. */
function orderInOwnLink(link: string, line: number): ParsedOrder | undefined {
  if (link.length > MAX_LINK || /^https?:/i.test(link)) return undefined;
  const parts = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)([^?#]*)\??([^#]*)/i.exec(link);
  const [, authority = "", path = "", query = ""] = parts ?? [];
  if (authority.toLowerCase() !== EXTENSION) return undefined;
  const linked = readTrackLink(path, decoded(query));
  return isProblem(linked) ? undefined : { ...linked, line };
}

/** The order that the only one of this extension's links in a cell names. */
export function orderInCell(cell: string, line: number): ParsedOrder | undefined {
  const [order, ...others] = [...linksIn(cell)].flatMap(({ link }) => orderInOwnLink(link, line) ?? []);
  return others.length === 0 ? order : undefined;
}

/** A query that is not valid percent-encoding stays as it is. */
function decoded(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

/** The links in a text, and where each begins. */
export function* linksIn(text: string): Generator<{ readonly link: string; readonly at: number }> {
  for (const match of text.matchAll(LINKS)) {
    yield { link: bare(match[0], "", ".,;:!?").replaceAll("&amp;", "&"), at: match.index };
  }
}

/** A text of the same length with spaces in place of links, whose content does not count as words of the text. */
export function withoutLinks(text: string): string {
  return text.replace(WHOLE_LINKS, (link) => " ".repeat(link.length));
}

/** A text of the same length with spaces in place of links to extensions, whose fields are not those of a call. */
export function withoutEditorLinks(text: string): string {
  return text.replace(EDITOR_LINKS, (link) => " ".repeat(link.length));
}

/** Whether a text is a link and nothing else. */
export const isLink = (text: string): boolean => LINK.test(text);
