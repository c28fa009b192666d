import type { Product } from "../../api/product";
import type { OrderReference } from "../model/order";
import { COLLECTION_CODE, REFERENCE_VALUE, type ParsedOrder } from "./parsed-order";

/** Parameters that name an order, in lower case, in the order in which they count. */
const REFERENCES: readonly (readonly [string, Exclude<OrderReference["kind"], "collectionCode">])[] = [
  ["ordernumber", "orderNumber"],
  ["certificateid", "certificateID"],
  ["baseordernumber", "baseOrderNumber"],
];

/**
 * The order that a call's or link's parameters name. A password among them is not looked at.
 * @param product the product that the URL's path tells
 * @param url where the call goes or the link leads, where that is told
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
  const collectionCode = code !== undefined && COLLECTION_CODE.test(code) ? code : undefined;
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

/** The path of an endpoint: a link to a portal leads elsewhere than the code goes. */
const ENDPOINT = /^\/products\/download\/Collect/i;

/** The server of an endpoint, as its address names it, with a port where it has one of its own. */
export function endpointHost({ hostname, port, pathname }: URL): string | undefined {
  if (!ENDPOINT.test(pathname)) return undefined;
  return `${hostname.replace(/\.$/, "")}${port === "" ? "" : `:${port}`}`;
}
