import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";

const RELOADS = { label: "reload nginx", type: "shell", command: "echo reloaded >> log" };
const tasks = (...entries: readonly object[]): string => JSON.stringify({ version: "2.0.0", tasks: entries }, null, 2);

describe("a person who reloads a server after saving", () => {
  const editor = useEditor({ files: { ".vscode/tasks.json": tasks(RELOADS) } });
  useSandbox(editor);

  it("chooses a task, and sees what it does before agreeing", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await trackOrder(window, "My account", { product: "ssl", number: "1000003", label: "Shop" });
    await window.row("Ready").waitFor();
    await window.command("Notifications: Clear All Notifications");
    await window.command("Certificates: Run a Task After Saving…");
    await window.quickSays("Run a task after saving Shop");
    await window.screenshot("after-saving-1-choose");
    await window.pick("reload nginx");
    await window.page.locator(".monaco-dialog-box").filter({ hasText: "Command line: echo reloaded" }).waitFor();
    await window.screenshot("after-saving-2-agree");
    await window.dialog("each time Shop is saved?", "Run after Saving");
  });

  it("saves, and the task runs", async () => {
    const window = editor().window;
    await window.rowMenu("Shop", "Save As…");
    await window.pick("Plain files", "What do you want to save it for?");
    await window.pick("workspace folder", "Choose a folder to save in");
    await window.notification("Saved for Shop");
    await window.page.getByText("“reload nginx” ended with 0.").first().waitFor();
    await window.screenshot("after-saving-3-ran");
    assert.equal(await readFile(path.join(editor().folder, "log"), "utf8"), "reloaded\n");
  });

  it("is told once that it failed, and reads so on the row and the page", async () => {
    const window = editor().window;
    await window.command("Notifications: Clear All Notifications");
    await writeFile(path.join(editor().folder, ".vscode/tasks.json"), tasks({ ...RELOADS, command: "exit 3" }));
    await window.command("Certificates: Run Its Task");
    await window.page.locator(".monaco-dialog-box").filter({ hasText: "It changed since you agreed." }).waitFor();
    await window.screenshot("after-saving-4-changed");
    await window.dialog("after saving Shop?", "Run Task");
    await window.notification("“reload nginx” failed with exit code 3. The files for Shop are saved.");
    await window.row("Trouble").waitFor();
    await window.rowSays("Shop", "Its task failed");
    await window.screenshot("after-saving-5-failed");
    await window.notificationAction("failed with exit code 3", "Show Terminal");
    await window.rowMenu("Shop", "Show Details");
    await window.webviewSays("Saved, but its task failed");
    await window.screenshot("after-saving-6-page");
  });
});
