import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";

const NAME = "certificate-collector.json";
const AFTER = { task: "reload" };

/** An entry of the order file. */
const entry = (orderNumber: string, label: string, fullchain: string, more: object = {}) => ({
  ...{ product: "ssl", orderNumber, label, ...more },
  save: { profile: "nginx", files: { fullchain } },
});

const ORDERS = [
  entry("1000003", "Shop", "tls/shop.pem", { after: AFTER }),
  entry("1000001", "Intranet", "tls/intranet.pem", { after: AFTER }),
  entry("1000008", "In the way", "tls/mine.pem"),
  entry("77777777", "Somebody else's", "tls/other.pem"),
];

const TASKS = { version: "2.0.0", tasks: [{ label: "reload", type: "shell", command: "echo reloaded >> log" }] };

describe("a person who renews all that a repository lists", () => {
  const editor = useEditor({
    files: {
      [NAME]: `${JSON.stringify({ version: 1, orders: ORDERS }, null, 2)}\n`,
      ".vscode/tasks.json": JSON.stringify(TASKS),
    },
  });
  useSandbox(editor);
  const at = (name: string): string => path.join(editor().folder, name);

  it("sees what is ready, in the way and not tracked, and what would change", async () => {
    await mkdir(at("tls"));
    await writeFile(at("tls/mine.pem"), "mine\n");
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    for (const { orderNumber, label } of ORDERS.slice(0, 3)) {
      await trackOrder(window, "My account", { product: "ssl", number: orderNumber, label });
      await window.row(label).waitFor();
    }
    await window.rowSays("In the way", "Expires in");
    await window.rowSays("Intranet", /20\d\d/);
    await window.rowSays("Shop", /20\d\d/);
    await window.command("Notifications: Clear All Notifications");
    await window.openFile(NAME);
    await window.lens("Collect All to These Files").click();
    await window.quickSays("Somebody else's");
    await window.screenshot("collect-all-1-list");
    const row = window.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "In the way" });
    await row.hover();
    await row.getByRole("button", { name: "Show Differences" }).click();
    await window.tab("current and new").waitFor();
    await window.quickSays("Somebody else's");
    await window.screenshot("collect-all-2-differences");
  });

  it("saves what is ticked, runs the task once, and gets a summary for a ticket", async () => {
    const window = editor().window;
    // The differences may have the focus by now.
    await window.quickInput().press("Enter");
    await window.page.locator(".monaco-dialog-box").filter({ hasText: "Command line: echo reloaded" }).waitFor();
    await window.screenshot("collect-all-3-task");
    await window.dialog("Run the task “reload”", "Run Task");
    await window.editorSays("ended with exit code 0");
    await window.screenshot("collect-all-4-summary");
    assert.equal(await readFile(at("log"), "utf8"), "reloaded\n");
    assert.match(await readFile(at("tls/shop.pem"), "utf8"), /BEGIN CERTIFICATE/);
    assert.match(await readFile(at("tls/intranet.pem"), "utf8"), /BEGIN CERTIFICATE/);
    assert.equal(await readFile(at("tls/mine.pem"), "utf8"), "mine\n");
  });
});
