import assert from "node:assert/strict";
import { copyFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { DEMO_ACCOUNT, samples } from "../../src/sandbox/server";
import { trackOrders } from "../workbench/seed";
import { useEditor } from "./editor";
import { useSandbox } from "./sandbox";

const SHOP = "www.sandbox.example";

/** A certificate of the web, with timestamps of logs. */
const LOGGED = "test/fixtures/certificates/transparency/github-2026.pem";

describe("a person who copies from rows and drops on the view", () => {
  const editor = useEditor();
  useSandbox(editor, { step: 0, accounts: [DEMO_ACCOUNT] });
  before("track orders", () => trackOrders(editor().globalStorage, samples()));

  const inFolder = (name: string): string => path.join(editor().folder, name);

  /** A file as the Explorer of a window names it whose files are elsewhere. */
  const uriOf = (name: string): string =>
    `vscode-remote://${new URL(editor().window.page.url()).host}${pathToFileURL(inFolder(name)).pathname}`;

  /** Drops what the Explorer would. */
  async function drop(type: string, value: string): Promise<void> {
    const { window } = editor();
    await window.row(SHOP).evaluate(
      (row, [of, text]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData(of, text);
        const { x, y, height } = row.getBoundingClientRect();
        const at = { clientX: x + 60, clientY: y + height / 2, bubbles: true, cancelable: true, dataTransfer };
        for (const event of ["dragenter", "dragover", "drop"]) row.dispatchEvent(new DragEvent(event, at));
      },
      [type, value] as const,
    );
  }

  it("finds all that can be copied in one menu of a narrow view, and copies a request without its secrets", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await window.sideBarWidth(300);
    await window.rowSays(SHOP, /certificate is here/);
    await window.rowMenuSeen(
      SHOP,
      async (menu) => {
        await menu.getByRole("menuitem", { name: "Request as curl" }).waitFor({ timeout: 2_000 });
        await window.screenshot("copy-1-menu");
      },
      "Copy",
    );
    await window.rowMenu(SHOP, "Request as curl", "Copy");
    const line = await window.untilCopied((copied) => copied.includes("CollectSSL"));
    assert.match(line, /^: "\$\{SECTIGO_PASSWORD:\?\}" && printf %s "\$SECTIGO_PASSWORD" \| curl /);
    assert.ok(!line.includes(encodeURIComponent(DEMO_ACCOUNT.loginPassword)));
    await window.screenshot("copy-2-said");
    await window.rowMenu(SHOP, "Serial Number", "Copy");
    await window.untilCopied((copied) => /^[0-9A-F]{16,}$/.test(copied));
  });

  it("drops a certificate, whose details open, and a list, whose orders are offered", async () => {
    const { window } = editor();
    await copyFile(LOGGED, inFolder("logged.pem"));
    await drop("text/uri-list", uriOf("logged.pem"));
    await window.tab("logged.pem").waitFor();
    await window.webviewSays("github.com");
    await window.screenshot("copy-3-dropped-certificate");
    await writeFile(inFolder("orders.csv"), "product,orderNumber,account\nssl,1000021,sandbox\n");
    await drop("text/uri-list", uriOf("orders.csv"));
    await window.quickSays("1 order was recognized");
    await window.screenshot("copy-4-dropped-list");
    await window.page.keyboard.press("Escape");
  });

  it("is told what crt.sh learns before the browser opens", async () => {
    const { window } = editor();
    await window.tab("logged.pem").click();
    await window.command("Certificates: Open in crt.sh…");
    const dialog = window.page.locator(".monaco-dialog-box").filter({ hasText: "in crt.sh?" });
    await dialog.filter({ hasText: "This one says that it was logged." }).waitFor();
    await window.screenshot("copy-5-crt-sh");
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });
});
