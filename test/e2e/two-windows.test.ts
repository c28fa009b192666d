import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { openStorage } from "../../src/storage/storage";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";
import type { Window } from "./window";

/** What the rows say. */
const READY = "New: the certificate is here";
const WAITING = "Waiting for you";
const SIGN_IN = "Sign in again to continue";

describe("two windows, of which one has the password", () => {
  const editor = useEditor();
  // Each order is at its end when it is first asked for.
  const sandbox = useSandbox(editor, { step: 0 });
  let first: Window;
  let second: Window;

  const callsFor = (number: string): number => sandbox().requests.byOrder.get(`ssl:${number}`)?.length ?? 0;

  it("show what one of them asked", async () => {
    first = await editor().open();
    second = await editor().open();
    await addAccount(first, LOGIN, PASSWORD, "My account", "Only until this window closes");
    // It opened before anything was there, and finds out.
    for (const window of [first, second]) await window.openView("Certificates");
    await second.page.getByText("No orders are tracked yet.").waitFor();

    await trackOrder(first, "My account", { product: "ssl", number: "1000001", label: "My shop" });
    for (const window of [first, second]) await window.rowSays("My shop", READY);
    assert.equal(callsFor("1000001"), 1, "the second window asked again");
    await second.screenshot("two-windows-1-shown");

    await second.rowAction("My shop", "Open Certificate");
    await second.webviewSays("www.sandbox.example");
    await first.row("Done").waitFor();
    assert.equal(callsFor("1000001"), 1, "what one window holds was asked for again");
  });

  it("say “sign in again” when none has it any more, and send nothing", async () => {
    // An order that waits for ever.
    await trackOrder(first, "My account", { product: "ssl", number: "1000017", label: "My patience" });
    await first.rowSays("My patience", WAITING);
    await first.reload();
    await first.openView("Certificates");
    for (const window of [first, second]) await window.rowSays("My patience", SIGN_IN);
    await second.screenshot("two-windows-2-signed-out");
    assert.equal(sandbox().requests.failedLogins, 0, "signed in without the password");
  });

  it("go on where the person signed in, and there alone", async () => {
    const before = callsFor("1000017");
    await second.commandAnswered("Certificates: Change Password…", "Password for", PASSWORD);
    await second.rowSays("My patience", WAITING);
    // It says so from when it has the password on; the call comes after.
    while (callsFor("1000017") === before) await wait(100);
    await first.rowSays("My patience", SIGN_IN);
    await first.screenshot("two-windows-3-one-signed-in");

    // Windows share what is kept, and read it when they open.
    await second.commandPicked(
      "Certificates: Edit Account…",
      "Where the Password Is Kept",
      "What do you want to change?",
    );
    await second.answer(PASSWORD, "Password for");
    await second.pick("Keep it in secret storage", "Where should the password be kept?");
    await first.reload();
    await first.openView("Certificates");
    await first.rowSays("My patience", WAITING);
    const { overlaps, failedLogins } = sandbox().requests;
    assert.deepEqual([overlaps, failedLogins], [0, 0]);
  });

  it("say who calls the CA, while a person waits for their turn", async () => {
    // This process has the turn, as another editor on the same storage would.
    const { lock } = openStorage(editor().globalStorage);
    const turn = await lock.acquire("sandbox", "person", AbortSignal.timeout(60_000));
    try {
      // How long ago the last check was depends on how long the steps before took. Nobody checks while the turn is
      // taken.
      const answers = /was checked just now|The CA asks you to wait until|Waiting: another window/;
      const ask = async () => {
        await second.rowMenu("My patience", "Check Now");
        return second.notification(answers);
      };
      let said = await ask();
      while ((await said.innerText()).includes("was checked just now")) {
        await second.command("Notifications: Clear All Notifications");
        said = await ask();
      }
      const agree = said.getByRole("button", { name: "Check Anyway" });
      if (await agree.isVisible()) await agree.click();
      await second.notification(`Waiting: another window (process ${process.pid}) has been calling the CA since`);
      await second.screenshot("two-windows-3-waiting");
    } finally {
      turn.dispose();
    }
    const waiting = second.page.locator(".notification-list-item").filter({ hasText: "Waiting: another window" });
    await waiting.waitFor({ state: "hidden" });
  });
});

describe("two windows, of which one closes at work", () => {
  const editor = useEditor();
  // What is asked first is answered for good; each answer is held, so that the windows meet at the lock.
  const sandbox = useSandbox(editor, { bulk: { count: 24, seed: 7 }, step: 0, hold: 150 });

  it("ask about each order once, and leave none out", async () => {
    const { requests, catalogue } = sandbox();
    const orders = catalogue.filter(({ title }) => title.endsWith("issued, ready to collect"));
    assert.ok(orders.length > 15);
    const first = await editor().open();
    await first.openView("Certificates");
    await addAccount(first, LOGIN, PASSWORD, "My account");
    const second = await editor().open();
    await second.openView("Certificates");
    await second.page.getByText("No orders are tracked yet.").waitFor();

    const table = orders.map(({ orderNumber }) => `${orderNumber},ssl`);
    await first.copy(["order number,product", ...table].join("\n"));
    await first.commandPasted("Certificates: Track Order…", "Order number");
    await first.quickSays(`${orders.length} orders were recognized`);
    await first.page.keyboard.press("Enter");
    await first.row("Ready").waitFor();
    await editor().close(first);
    const closedAt = requests.total;
    assert.ok(closedAt < orders.length, "all was asked before the window closed");

    await second.rowSays("Ready", String(orders.length));
    await second.screenshot("two-windows-4-left-alone");
    const calls = orders.map(({ orderNumber }) => requests.byOrder.get(`ssl:${orderNumber}`)?.length ?? 0);
    assert.ok(!calls.includes(0), "an order was left out");
    // What was on its way as the window closed may be lost with it.
    assert.ok(calls.filter((count) => count > 1).length <= 1, `asked ${calls.join(", ")} times`);

    const again = await editor().open();
    await again.openView("Certificates");
    await again.rowSays("Ready", String(orders.length));
    const { total, overlaps, failedLogins } = requests;
    assert.deepEqual([total, overlaps, failedLogins], [calls.reduce((sum, count) => sum + count, 0), 0, 0]);
  });
});
