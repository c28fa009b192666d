import type { Product } from "../../api/product";
import { NUMBER_KINDS } from "../model/order";
import { NAMED_COLLECTION_CODE, REFERENCE_VALUE, type ParsedOrder } from "./parsed-order";

/** Parameters that name an order, in lower case, by precedence. */
const REFERENCES = NUMBER_KINDS.map((kind) => [kind.toLowerCase(), kind] as const);

/**
 * The order that a call's or link's parameters name. A password among them is ignored.
 * @param product the product that the URL's path names
 * @param url where the call or the link goes, if known
 */
export function orderInParameters(
  parameters: Iterable<readonly [string, string]>,
  product: Product | undefined,
  line: number,
  url: URL | undefined,
): ParsedOrder | undefined {
  const values = new Map([...parameters].map(([key, value]) => [key.toLowerCase(), value.trim()]));
  const account = values.get("loginname");
  const code = values.get("collectioncode");
  const collectionCode = code !== undefined && NAMED_COLLECTION_CODE.test(code) ? code : undefined;
  const host = url && endpointHost(url);
  const more = {
    ...(product !== undefined && { product }),
    ...(account !== undefined && account !== "" && { account }),
    ...(collectionCode !== undefined && { collectionCode }),
    ...(collectionCode !== undefined && host !== undefined && { host }),
    line,
  };
  for (const [key, kind] of REFERENCES) {
    const value = values.get(key);
    if (value !== undefined && REFERENCE_VALUE.test(value)) return { reference: { kind, value }, ...more };
  }
  return collectionCode === undefined ? undefined : { reference: { kind: "collectionCode" }, ...more };
}

/** The path of an endpoint: a link to a portal may lead to another host than the one for the code. */
const ENDPOINT = /^\/products\/download\/Collect/i;

/** The server of an endpoint, as its address names it, with its port if that is not the default. */
export function endpointHost({ hostname, port, pathname }: URL): string | undefined {
  if (!ENDPOINT.test(pathname)) return undefined;
  return `${hostname.replace(/\.$/, "")}${port === "" ? "" : `:${port}`}`;
}
