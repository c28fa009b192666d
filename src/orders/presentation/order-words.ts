import { allOf } from "../../words/phrase";
import { CA_HOSTS, type Product } from "../../api/product";
import type { CaName, Order } from "../model/order";
import { inRow, type Locale } from "../../words/localize";
import { titleOf } from "./state";

/** A product in words, as the CA's pages call it. */
export function productName(product: Product, { localize }: Locale): string {
  switch (product) {
    case "ssl":
      return localize("SSL/TLS certificate");
    case "smime":
      return localize("S/MIME certificate");
    case "ccc":
      return localize("Custom client certificate");
    case "pac":
      return localize("Personal authentication certificate");
    case "mc":
      return localize("Mark certificate");
  }
}

/** What was ordered, and its number: "SSL/TLS certificate, order 1234567". */
export const orderedWords = (order: Pick<Order, "product" | "reference">, locale: Locale): string =>
  inRow([productName(order.product, locale), referenceWords(order, locale)], locale.localize);

/** The order's number as the CA knows it. A collection code is never shown. */
export function referenceWords({ reference }: Pick<Order, "reference">, { localize }: Locale): string {
  switch (reference.kind) {
    case "orderNumber":
      return localize("order {0}", reference.value);
    case "certificateID":
      return localize("certificate ID {0}", reference.value);
    case "baseOrderNumber":
      return localize("base order {0}", reference.value);
    case "collectionCode":
      return localize("by collection code");
  }
}

/** A CA in words: the server that is called. */
export function caWords(ca: CaName, { localize }: Locale): string {
  if (ca === "sectigo") return localize("Sectigo ({0})", CA_HOSTS[0]);
  return ca === "sandbox" ? localize("Sandbox") : ca.slice("other:".length);
}

/** The products' own names, short enough for a row. */
export const PRODUCT_SHORT: Readonly<Record<Product, string>> = {
  ssl: "SSL",
  smime: "S/MIME",
  ccc: "CCC",
  pac: "PAC",
  mc: "MC",
};

/** A sentence about journal lines of an order that could not be read; `undefined` if there are none. */
export function asideWords(count: number | undefined, { localize }: Locale): string | undefined {
  if (count === undefined) return undefined;
  return count === 1
    ? localize("This version cannot read 1 entry about this order. It stays in the journal.")
    : localize("This version cannot read {0} entries about this order. They stay in the journal.", count);
}

/** A sentence about another order that is the same one. */
export function twinWords(twin: Order, locale: Locale): string {
  const { localize } = locale;
  return localize(
    "The same order seems to be tracked as “{0}” ({1}) too. Stop tracking one of the two.",
    titleOf(twin, localize),
    referenceWords(twin, locale),
  );
}

/** The most names in a sentence; the rest are counted. */
const NAMED = 3;

/** The names of orders in a sentence: the first few, and how many more. */
export function namesOf(orders: readonly Order[], { localize }: Locale): string {
  const names = orders.map((order) => titleOf(order, localize));
  return localize("{0}", allOf(names, NAMED));
}
