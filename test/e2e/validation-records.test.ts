import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { trackOrders } from "../workbench/seed";
import { catalogue, DEMO_ACCOUNT } from "../../src/sandbox/server";
import { useEditor } from "./editor";
import { useSandbox } from "./sandbox";
import type { Window } from "./window";

/** Sample orders that wait until something is published: a record, a file on each of two hosts, CAA of the parent. */
const NUMBERS: ReadonlySet<string> = new Set(["1000027", "1000028", "1000029"]);

/** Below a web root. */
const FOLDER = ".well-known/pki-validation";

/** Saves the request that the order on the page was placed with, in the folder. */
async function saveRequest(window: Window, domain: string): Promise<void> {
  await window.command("Certificates: Save the Sandbox Request Here");
  await window.notification(`${domain}.csr was saved.`);
  await window.webviewSays(`For the request in ${domain}.csr`);
}

/** Shows the page of an order, with nothing else in the way. */
async function showOrder(window: Window, domain: string): Promise<void> {
  await window.command("Notifications: Clear All Notifications");
  await window.row(domain).click();
  await window.webview().getByRole("heading", { name: domain, level: 1 }).waitFor();
  await window.webview().getByRole("heading", { name: "What blocks this order" }).waitFor();
}

/** Presses a button of the page, by keyboard. */
async function press(window: Window, name: string): Promise<void> {
  const button = window.webview().getByRole("button", { name, exact: true });
  await button.focus();
  await button.press("Enter");
}

/** Copies a field of a record, and reads what a person would paste. */
async function copied(window: Window, field: string): Promise<string> {
  await window.copy("");
  await press(window, `Copy ${field}`);
  return window.untilCopied((text) => text !== "");
}

/** Leaves a picture of the page where it says something. */
async function pictureOf(window: Window, words: string, name: string): Promise<void> {
  const place = window.webview().getByText(words).first();
  await place.evaluate((element) => element.scrollIntoView({ block: "start" }));
  await window.screenshot(`validation-records-${name}`);
}

describe("a person whose order waits for what is to be published", () => {
  // Orders are checked when the person says so: else the certificate might come before what is told of the records.
  const editor = useEditor({ settings: { "certificateCollector.backgroundChecks": "off" } });
  useSandbox(editor, { step: 0, accounts: [DEMO_ACCOUNT] });
  before("track orders", () =>
    trackOrders(
      editor().globalStorage,
      catalogue().filter(({ orderNumber }) => NUMBERS.has(orderNumber)),
    ),
  );

  it("copies the record of the request that they choose, and has it watched", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await window.viewAction("Check All");
    await window.rowSays("garden.example", "Validate 2 domains");
    await showOrder(window, "garden.example");
    await window.webviewSays("Choose the order's certificate request");
    await saveRequest(window, "garden.example");
    await press(window, "Choose Another Request…");
    await window.quickSays("Which certificate request is garden.example for?");
    await window.screenshot("validation-records-1-choose");
    await window.pick("garden.example.csr");
    await window.answer("", "Unique value of the order");
    const host = await copied(window, "Host for garden.example");
    const target = await copied(window, "Target for garden.example");
    await press(window, "Watch Records");
    await window.webviewSays("Watched: checked again and again");
    await window.row("garden.example").locator(".monaco-tl-twistie").click();
    await window.row("No CNAME or file yet").waitFor();
    await pictureOf(window, "What blocks this order", "2-watched");
    await window.commandPicked("Certificates: Publish a Sandbox Record…", "A Line as in a Zone File…");
    await window.answer(`${host}. CNAME ${target}.`, "A record as in a zone file");
    await window.notification("The sandbox published");
  });

  it("publishes a file for one host, reads which one lacks it, and goes back for it", async () => {
    const { window } = editor();
    await showOrder(window, "harbour.example");
    await saveRequest(window, "harbour.example");
    await press(window, "What Does the CA Wait For?");
    await window.webviewSays("by a file over http");
    await press(window, "Save the File for the Web Root…");
    await window.quickSays("Choose the web root");
    await window.screenshot("validation-records-3-web-root");
    await window.page.keyboard.press("Enter");
    await window.answer("", "Unique value of the order");
    await window.notification("was saved. Deploy it with the site");
    const [name = ""] = await readdir(path.join(editor().folder, FOLDER));
    const contents = await readFile(path.join(editor().folder, FOLDER, name), "utf8");
    assert.match(contents, /^[0-9a-f]{64}\nsectigo\.com\n$/);
    await window.commandPicked("Certificates: Publish a Sandbox Record…", "A File for the Web Root…");
    await window.quickSays("Choose the file for the web root");
    for (const place of [...FOLDER.split("/"), name]) await window.pick(place);
    await window.answer("harbour.example", "On which host?");
    await window.notification("The sandbox published");
    await window.command("Notifications: Clear All Notifications");
    await press(window, "Check Records…");
    await window.notification("The file on www.harbour.example is not there yet");
    await pictureOf(window, "What blocks this order", "4-www-lacks-it");
    await window.command("Notifications: Clear All Notifications");
    await window.commandPicked("Certificates: Publish a Sandbox Record…", "What an Order Waits For");
    await window.notification("The sandbox published");
    await press(window, "Check Records…");
    await window.notification("harbour.example: what the CA looks up is in place");
    await pictureOf(window, "What blocks this order", "5-in-place");
    await window.notificationAction("harbour.example: what the CA looks up is in place", "Check Order Now");
    await window.rowSays("harbour.example", "New: the certificate is here");
    await window.screenshot("validation-records-6-issued");
  });

  it("finds the CAA record of the domain above that names another CA, and has the CA look again", async () => {
    const { window } = editor();
    await showOrder(window, "pay.store.example");
    await press(window, "Check Records…");
    await window.webviewSays("CAA at store.example does not allow the CA to issue.");
    await window.webviewSays("CAA records of store.example, which count");
    await pictureOf(window, "What blocks this order", "7-caa");
    await pictureOf(window, "CAA records of store.example", "8-caa-to-add");
    const line = await copied(window, "Line for a zone file for pay.store.example");
    await window.commandPicked("Certificates: Publish a Sandbox Record…", "A Line as in a Zone File…");
    await window.answer(line, "A record as in a zone file");
    await window.notification("The sandbox published");
    await window.command("Notifications: Clear All Notifications");
    await press(window, "Check Records…");
    await window.webviewSays("CAA of pay.store.example allows the order now.");
    await pictureOf(window, "What blocks this order", "9-caa-mended");
    await window.notificationAction(
      "pay.store.example: what the CA looks up is in place",
      "Ask for Another CAA Check…",
    );
    await window.dialog("check the CAA records", "Check Again");
    await window.notification("The CA checks the CAA records");
    await window.rowMenu("pay.store.example", "Check Now");
    await window.rowSays("pay.store.example", "New: the certificate is here");
  });

  it("is told once that the watched record is in place, and gets the certificate", async () => {
    const { window } = editor();
    await window.notification("garden.example: what the CA looks up is in place");
    await window.screenshot("validation-records-10-told");
    await window.notificationAction("garden.example: what the CA looks up is in place", "Check Order Now");
    await window.rowSays("garden.example", "New: the certificate is here");
    await window.screenshot("validation-records-11-issued");
  });
});
