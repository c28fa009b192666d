import * as vscode from "vscode";
import type { Product } from "../../api/product";
import { CA_HOSTS } from "../../api/endpoints";
import type { CaName, Order } from "../../orders/order";
import { titleOf } from "../../orders/state";

export function productName(product: Product): string {
  switch (product) {
    case "ssl":
      return vscode.l10n.t("SSL/TLS certificate");
    case "smime":
      return vscode.l10n.t("S/MIME certificate");
    case "ccc":
      return vscode.l10n.t("Custom client certificate");
    case "pac":
      return vscode.l10n.t("Personal authentication certificate");
    case "mc":
      return vscode.l10n.t("Mark certificate");
  }
}

/** The order's number as the CA knows it. A collection code is never shown. */
export function referenceWords({ reference }: Pick<Order, "reference">): string {
  switch (reference.kind) {
    case "orderNumber":
      return vscode.l10n.t("order {0}", reference.value);
    case "certificateID":
      return vscode.l10n.t("certificate ID {0}", reference.value);
    case "baseOrderNumber":
      return vscode.l10n.t("base order {0}", reference.value);
    case "collectionCode":
      return vscode.l10n.t("by collection code");
  }
}

/** A CA in words: the server that is called. */
export function caWords(ca: CaName): string {
  if (ca === "sectigo") return vscode.l10n.t("Sectigo ({0})", CA_HOSTS[0]);
  return ca === "sandbox" ? vscode.l10n.t("Sandbox") : ca.slice("other:".length);
}

/** The products' own names, short enough for a row. */
export const PRODUCT_SHORT: Readonly<Record<Product, string>> = {
  ssl: "SSL",
  smime: "S/MIME",
  ccc: "CCC",
  pac: "PAC",
  mc: "MC",
};

/** A point in time as a person writes it in the display language: the day only when it is another one. */
export function timeWords(at: number, now = Date.now()): string {
  const date = new Date(at);
  const sameDay = date.toDateString() === new Date(now).toDateString();
  return sameDay
    ? date.toLocaleTimeString(vscode.env.language, { timeStyle: "medium" })
    : date.toLocaleString(vscode.env.language, { dateStyle: "medium", timeStyle: "short" });
}

/** A day as a person writes it in the display language. */
export function dateWords(at: number): string {
  return new Date(at).toLocaleDateString(vscode.env.language, { dateStyle: "medium" });
}

/** A day that the CA tells by its first or last second in UTC: elsewhere that second is on another day. */
export function dayWords(at: number): string {
  return new Date(at).toLocaleDateString(vscode.env.language, { dateStyle: "medium", timeZone: "UTC" });
}

/** What is said of lines of the journal about an order that could not be read; `undefined` where there are none. */
export function asideWords(count: number | undefined): string | undefined {
  if (count === undefined) return undefined;
  return count === 1
    ? vscode.l10n.t("1 entry about this order cannot be read by this version. It stays in the journal.")
    : vscode.l10n.t("{0} entries about this order cannot be read by this version. They stay in the journal.", count);
}

/** What is said of another order that is the same one. */
export function twinWords(twin: Order): string {
  return vscode.l10n.t(
    "The same order seems to be tracked as “{0}” ({1}). Forget one of the two.",
    titleOf(twin),
    referenceWords(twin),
  );
}

/** Names that a sentence gives before it only counts. */
const NAMED = 3;

/** The names of orders in a sentence: the first few, and how many more. */
export function namesOf(orders: readonly Order[]): string {
  const names = orders.slice(0, NAMED).map(titleOf).join(", ");
  const others = orders.length - NAMED;
  return others > 0 ? vscode.l10n.t("{0} and {1} more", names, others) : names;
}
