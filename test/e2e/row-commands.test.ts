import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { DEMO_ACCOUNT, samples } from "../../src/sandbox/server";
import { trackOrders } from "../workbench/seed";
import { useEditor } from "./editor";
import { useSandbox } from "./sandbox";

const SHOP = "www.sandbox.example";
const FILE = "certificate-collector.json";

describe("a person at work with the row of an order", () => {
  const editor = useEditor();
  useSandbox(editor, { step: 0, accounts: [DEMO_ACCOUNT] });
  before("track orders", () => trackOrders(editor().globalStorage, samples()));

  const inFolder = (name: string): string => path.join(editor().folder, name);

  it("renames it by a key", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await window.rowSays(SHOP, /certificate is here/);
    // It clicks the row by itself: two clicks in a row would be a double click, which opens the certificate.
    await window.rowKeyAnswered(SHOP, "F2", "Rename", "Web shop");
    await window.rowSays("Web shop", /certificate is here/);
    await window.screenshot("row-1-renamed");
  });

  it("watches for another certificate, which is here all the while, and stops", async () => {
    const { window } = editor();
    await window.rowMenu("Web shop", "Watch for Another Certificate", "Check");
    await window.webview().getByRole("button", { name: "Stop Watching" }).waitFor();
    await window.row("Ready").waitFor();
    await window.screenshot("row-2-watched");
    await window.rowMenu("Web shop", "Stop Watching", "Check");
    await window.webview().getByRole("button", { name: "Watch for Another Certificate" }).waitFor();
  });

  it("acts by the palette on all rows that are selected, though a page is open", async () => {
    const { window } = editor();
    await window.row("mark.example").click();
    await window.webviewSays("Example Harbour GmbH");
    await window.page.keyboard.press("Shift+ArrowUp");
    await window.command("Certificates: Stop Tracking");
    await window.row("mark.example").waitFor({ state: "detached" });
    await window.notificationAction("2 orders are no longer tracked.", "Undo");
    // The menu of a row is that of several for as long as several are selected.
    await window.row("mark.example").click();
    await window.webviewSays("Example Harbour GmbH");
  });

  it("collects it in another form, and reads the answer before it is saved", async () => {
    const { window } = editor();
    await window.rowMenu("Web shop", "Collect Certificate As…", "Check");
    await window.quickSays("What do you want to collect?");
    await window.screenshot("row-3-form");
    await window.pick("CA certificates alone (CA bundle)");
    await window.pick("Collect Now");
    // Whether the CA's wait is over depends on how long the steps before took; without an answer, it is not.
    const answer = window.tab("Details: Answer for Web shop");
    const isFree = await answer.waitFor({ timeout: 10_000 }).then(
      () => true,
      () => false,
    );
    if (!isFree) await window.notificationAction("The CA asks you to wait until", "Check Anyway");
    await answer.waitFor();
    await window.webviewSays("Sandbox RSA Domain Validation Secure Server CA");
    // Where to save it is asked at once.
    await window.quickInput().waitFor();
    await window.page.keyboard.press("Escape");
    await window.notification("is shown, not saved.");
    await window.screenshot("row-3-answer");
  });

  it("is told that there is no file for orders, and creates one with the order in it", async () => {
    const { window } = editor();
    await window.row("Web shop").click();
    await window.tab("Details: Web shop").waitFor();
    await window.command("Certificates: Collect to Workspace Files…");
    await window.notificationAction(`No ${FILE} here.`, "Create It");
    await window.dialog(`This workspace has no ${FILE}`, "Create It");
    await window.editorSays('"orderNumber": "1000001"');
    await window.screenshot("row-4-listed");
  });

  it("saves the key of a sandbox certificate, to try what wants one", async () => {
    const { window } = editor();
    await window.command("Certificates: Save the Sandbox Key Here");
    await window.notificationAction(`${SHOP}.key was saved`, "Save As…");
    await window.pick("HAProxy", "Save");
    await access(inFolder(`${SHOP}.key`));
    await window.screenshot("row-5-key");
    await readFile(inFolder(`${SHOP}.key`));
  });
});
