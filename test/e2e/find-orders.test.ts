import assert from "node:assert/strict";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount } from "./steps";

const COUNT = 12;

describe("a person with 3,000 orders at the CA", () => {
  const editor = useEditor();
  const sandbox = useSandbox(editor, {
    accounts: [{ loginName: LOGIN, loginPassword: PASSWORD, holding: "many", firstRow: 0 }],
  });
  const ticked: string[] = [];

  it("adds the account, and finds them after agreeing to one sign-in", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await window.notificationAction("Find its orders now?", "Find Orders…");
    await window.quickSays("When were they placed?");
    await window.screenshot("find-orders-1-period");
    await window.pick("At Any Time");
    await window.quickSays("_ stands for one character");
    await window.screenshot("find-orders-2-domain");
    await window.answer("", "_ stands for one character");
    await window.screenshot("find-orders-3-consent");
    await window.dialog("for the first time?", "Sign In");
    await window.quickSays("3,000 orders are not tracked yet");
    await window.screenshot("find-orders-4-found");
  });

  it("filters while typing, ticks twelve, and sees them by their names", async () => {
    const window = editor().window;
    const rows = window.page.locator(".quick-input-widget:visible .monaco-list-row");
    await window.quickInput().fill("portal-3000.many.example");
    await rows.filter({ hasText: "portal-3000.many.example" }).waitFor();
    await window.quickInput().fill("");
    await window.page.keyboard.press("Enter");
    await window.quickSays("Tick the orders to track");
    // Rows that are not in view are not there.
    for (let place = 0; place < COUNT; place += 1) {
      const row = rows.nth(place);
      ticked.push((await row.locator(".quick-input-list-label .label-name").first().innerText()).trim());
      await row.click();
    }
    await window.screenshot("find-orders-5-ticked");
    await window.page.locator(".quick-input-widget:visible").getByRole("button", { name: "OK" }).click();
    await window.notification(`${COUNT} orders are now tracked.`);
    assert.equal(new Set(ticked).size, COUNT);
    for (const name of ticked) await window.row(name).waitFor();
    await window.screenshot("find-orders-6-tracked");
  });

  it("finds one of them again among others, marked", async () => {
    const window = editor().window;
    const [first = ""] = ticked;
    await window.commandPicked("Certificates: Find Orders…", "At Any Time", "When were they placed?");
    await window.answer(first.replace(/\d\d(?=\.)/, "__"), "_ stands for one character");
    await window.quickSays("1 tracked already");
    await window.quickInput().fill(first);
    await window.page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: "already tracked" }).waitFor();
    await window.screenshot("find-orders-7-again");
    await window.page.keyboard.press("Escape");
  });

  it("lets one report watch them all", async () => {
    const window = editor().window;
    await window.notificationAction(`${COUNT} orders are now tracked.`, "Watch by Report");
    await window.notification("now watches all orders of “My account”");
    await window.screenshot("find-orders-8-watched");
  });

  it("never had two calls at once, nor a sign-in refused", () => {
    const { requests } = sandbox();
    assert.deepEqual([requests.overlaps, requests.failedLogins], [0, 0]);
  });
});

describe("a person whose account is not enabled for reports", () => {
  const editor = useEditor();
  const sandbox = useSandbox(editor, {
    accounts: [{ loginName: LOGIN, loginPassword: PASSWORD, withoutServices: true }],
  });

  it("is told both readings of a refused sign-in, and learns by one order which is true", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await window.command("Certificates: Test Sign-In…");
    await window.dialog("for the first time?", "Sign In");
    await window.notification("Either the login is wrong");
    await window.screenshot("find-orders-9-refused");
    await window.notificationAction("Either the login is wrong", "Check With an Order Number…");
    await window.answer("ssl 1000017", "Order number");
    await window.answer("try once", "The CA said");
    await window.row("never.sandbox.example").waitFor();
  });

  it("is then told that the account is not enabled, and goes on without", async () => {
    const window = editor().window;
    await window.commandPicked("Certificates: Find Orders…", "At Any Time", "When were they placed?");
    await window.answer("", "_ stands for one character");
    await window.notification("“My account” is not enabled for this service");
    await window.screenshot("find-orders-10-not-enabled");
    await window.row("never.sandbox.example").waitFor();
    assert.equal(sandbox().requests.overlaps, 0);
  });
});
