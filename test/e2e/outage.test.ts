import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import path from "node:path";
import { startSandboxServer } from "../../src/sandbox/server";
import { seedGlobalStorage } from "../workbench/seed";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount } from "./steps";
import type { Window, Words } from "./window";

/** An order that waits for its person forever: it is asked about every few seconds. */
const FOREVER = "1000022";

const line = (window: Window, words: Words) => window.page.locator(".part.sidebar .message").filter({ hasText: words });

describe("a person whose CA cannot be reached", () => {
  const editor = useEditor();
  const sandbox = useSandbox(editor, { step: 300 });
  let again: Awaited<ReturnType<typeof startSandboxServer>> | undefined;
  after(() => again?.stop());

  it("sees one line above the tree, and every order as it was", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await window.commandAnswered("Certificates: Track Order…", "Order number", `ssl ${FOREVER}`);
    await window.commandAnswered("Certificates: Track Order…", "Order number", "ssl 1000001");
    await window.rowSays("caa.sandbox.example", "Fix the C");
    await window.rowSays("www.sandbox.example", / 20\d\d/);
    await window.screenshot("outage-1-before");
    await sandbox().stop();
    await line(window, /^No connection since \d/).waitFor();
    await window.rowSays("caa.sandbox.example", "Fix the C");
    await window.rowSays("www.sandbox.example", / 20\d\d/);
    await window.screenshot("outage-2-line");
  });

  it("is told that it still cannot be reached when they try", async () => {
    const window = editor().window;
    // Within seconds of its last answer, the CA's wish to wait holds for this, too.
    for (let isHeld = true; isHeld;) {
      await window.viewAction("Retry Now");
      const said = await (await window.notification(/refused the connection|asks to wait/)).innerText();
      isHeld = said.includes("asks to wait");
      if (isHeld) await window.command("Notifications: Clear All Notifications");
    }
    await window.screenshot("outage-3-retried");
    await line(window, /^No connection since \d/).waitFor();
  });

  it("sees it go on by itself when it is back", async () => {
    const window = editor().window;
    again = await startSandboxServer({ accounts: [{ loginName: LOGIN, loginPassword: PASSWORD }], step: 300 });
    await seedGlobalStorage(editor().globalStorage, again);
    await line(window, "No connection").waitFor({ state: "hidden" });
    // The line goes with the first answer, so a call was made without a click.
    assert.ok(again.requests.total > 0, "nobody asked the sandbox that came back");
    await window.rowSays("caa.sandbox.example", "Fix the C");
    await window.screenshot("outage-4-back");
  });

  it("is offered to start the sandbox when it has ended", async () => {
    const window = editor().window;
    await again?.stop();
    await rm(path.join(editor().globalStorage, "sandbox.json"));
    await line(window, "The sandbox is not running.").waitFor();
    await window.screenshot("outage-5-stopped");
    await window.viewAction("Start Sandbox");
    await line(window, "The sandbox is not running.").waitFor({ state: "hidden" });
    await window.screenshot("outage-6-started");
  });

  it("is told so after the window was reloaded, with which the sandbox ended", async () => {
    const window = editor().window;
    await window.reload();
    await window.openView("Certificates");
    await line(window, "The sandbox is not running.").waitFor();
    await window.screenshot("outage-7-reloaded");
    await window.viewAction("Start Sandbox");
    await line(window, "The sandbox is not running.").waitFor({ state: "hidden" });
  });
});
