import assert from "node:assert/strict";
import { TestAuthority } from "../servers/authority";
import { answer, MisbehavingServer } from "../servers/misbehaving-server";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount } from "./steps";
import type { Window } from "./window";

/** Nothing listens there. */
const WRONG_HOST = "127.0.0.1:9";

const selected = (window: Window, words: string) =>
  window.page.locator(".part.sidebar .monaco-list-row.selected").filter({ hasText: words }).waitFor();

describe("a person whose account has the wrong host", () => {
  const editor = useEditor();
  let server: MisbehavingServer;
  before("start the server that the person means", async () => {
    const identity = await (await TestAuthority.create()).issue();
    server = await MisbehavingServer.start(identity, (connection) => connection.end(answer(200, "0")));
  });
  after(() => server.stop());

  it("adds it, and is told what comes next", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await window.commandPicked("Certificates: Add Account…", "Other host…", "Where did you place the orders?");
    await window.answer(WRONG_HOST, "Host name");
    await window.screenshot("accounts-1-login-name");
    await window.answer(LOGIN, "Login name");
    await window.answer(PASSWORD, "Password");
    await window.pick("Keep it in secret storage");
    await window.answer("Shop", "Your own name for this account");
    const added = await window.notification("Account added");
    await window.screenshot("accounts-2-added");
    assert.equal(await added.getByRole("button", { name: /Find Orders…|Track Order…/ }).count(), 2);
  });

  it("goes on from there: one box, and what was ordered, since nobody said it yet", async () => {
    const window = editor().window;
    await window.notificationAction("Account added", "Track Order…");
    await window.quickSays("Order number");
    await window.screenshot("accounts-3-track");
    await window.answer("1234567");
    await window.screenshot("accounts-4-product");
    await window.pick("SSL/TLS certificate", "What was ordered?");
    // It goes to another group as soon as it is checked: whether it is selected, the next one shows, which waits.
    await window.rowSays("1234567", "No connection");
  });

  it("tracks the next one in two steps: the command, and its box", async () => {
    const window = editor().window;
    await window.commandAnswered("Certificates: Track Order…", "Order number", "1234568");
    await selected(window, "1234568");
    await window.notification("1234568 is now tracked as SSL.");
    await window.screenshot("accounts-5-tracked");
  });

  it("corrects the host in two steps: the command, and its box", async () => {
    const window = editor().window;
    await window.command("Certificates: Edit Account…");
    await window.quickSays("Host name");
    assert.equal(await window.quickInput().inputValue(), WRONG_HOST);
    await window.screenshot("accounts-6-host");
    await window.answer(server.host);
    await window.notification("Host changed. 2 orders are checked again.");
    await window.screenshot("accounts-7-changed");
    const line = window.page.locator(".part.sidebar .message");
    await line.filter({ hasText: /No connection since .*: the server's certificate is not accepted\./ }).waitFor();
    await window.rowSays("1234568", "No connection");
    assert.equal(server.received, 0, "bytes before the certificate was judged");
  });

  it("is warned of the same login at the same host, and edits the one that is there", async () => {
    const window = editor().window;
    await window.commandPicked("Certificates: Add Account…", "Other host…", "Where did you place the orders?");
    await window.answer(server.host, "Host name");
    await window.answer(LOGIN, "Login name");
    await window.quickSays("“Shop” is the same login");
    await window.screenshot("accounts-8-same-login");
    await window.pick("Edit the Existing One");
    await window.quickSays("“Shop”");
    await window.page.keyboard.press("Escape");
  });
});

describe("a person whose password is wrong", () => {
  const editor = useEditor();
  const sandbox = useSandbox(editor);

  it("changes it in two steps: the command, and its box", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, "not the password", "My account");
    await window.commandAnswered("Certificates: Track Order…", "Order number", "ssl 1000017");
    await window.rowSays("1000017", "Sign in again");
    await window.commandAnswered("Certificates: Change Password…", "Password for", PASSWORD);
    await window.notification("Password changed. 1 order is checked again.");
    await window.screenshot("accounts-9-password");
    await window.row("never.sandbox.example").waitFor();
    assert.equal(sandbox().requests.failedLogins, 1);
  });
});
