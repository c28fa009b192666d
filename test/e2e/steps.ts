import assert from "node:assert/strict";
import type { SandboxProduct } from "../../src/sandbox/server";
import type { Window } from "./window";

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

/** Tracks an order: a text with all that is known of it goes into the one box, which then asks for nothing more. */
export async function trackOrder(window: Window, account: string, order: Known): Promise<void> {
  const { product, number, collectionCode, label } = order;
  const text = JSON.stringify({ product, orderNumber: number, collectionCode, label, account });
  await window.commandAnswered("Certificates: Track Order…", "Order number", text);
}
