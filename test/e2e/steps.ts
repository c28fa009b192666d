import assert from "node:assert/strict";
import type { SandboxProduct } from "../../src/sandbox/server";
import type { Window } from "./window";

/** The products as the list of "Track Order" names them. */
const PRODUCT_NAMES: Readonly<Record<SandboxProduct, string>> = {
  ssl: "SSL/TLS certificate",
  smime: "S/MIME certificate",
  ccc: "Custom client certificate",
  pac: "Personal authentication certificate",
  mc: "Mark certificate",
};

/** Where "Add Account" can keep a password, in its words. */
export type Keeping = "Keep it in secret storage" | "Only until this window closes";

/** Adds an account for the sandbox, typed as a person types it. */
export async function addAccount(
  window: Window,
  login: string,
  password: string,
  label: string,
  keeping: Keeping = "Keep it in secret storage",
): Promise<void> {
  await window.commandPicked("Certificates: Add Account…", "Sandbox", "Where did you place the orders?");
  await window.answer(login, "Login name");
  await window.quickSays("Password");
  assert.equal(await window.quickInput().getAttribute("type"), "password", "the password shows on screen");
  await window.answer(password, "Password");
  await window.pick(keeping, "Where should the password be kept?");
  await window.answer(label, "Your own name for this account");
}

/** An order as a person knows it. */
export interface Known {
  readonly product: SandboxProduct;
  readonly number?: string;
  readonly collectionCode?: string;
  readonly label: string;
}

/** Tracks an order, typed as a person types it. */
export async function trackOrder(window: Window, account: string, order: Known): Promise<void> {
  await window.commandPicked("Certificates: Track Order…", account, "Which account");
  await window.pick(PRODUCT_NAMES[order.product], "What was ordered?");
  if (order.product === "ssl" || order.product === "ccc" || order.product === "pac") {
    await window.pick(
      order.collectionCode === undefined ? "Order number" : "Collection code",
      "How do you want to identify the order",
    );
  }
  if (order.collectionCode === undefined) {
    await window.answer(order.number ?? "", "The order number");
  } else {
    await window.quickSays("collection e-mail");
    assert.equal(await window.quickInput().getAttribute("type"), "password", "the collection code shows on screen");
    await window.answer(order.collectionCode, "collection e-mail");
  }
  await window.answer(order.label, "Your own name");
}
