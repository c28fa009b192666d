import assert from "node:assert/strict";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";

describe("a person in trouble", () => {
  const editor = useEditor();
  const sandbox = useSandbox(editor);

  it("gets one message about a wrong password, keeps the order, and goes on with the right one", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, "not the password", "My account");
    for (const number of ["1000001", "1000002", "1000003"]) {
      await trackOrder(window, "My account", { product: "ssl", number, label: `Order ${number}` });
    }
    await window.notification("The CA refused the sign-in");
    await window.rowSays("Order 1000001", "Sign in again");
    await window.rowSays("Order 1000003", "Sign in again");
    const badge = window.page.getByRole("tab", { name: /^Certificates - .*3 need you/ }).locator(".badge-content");
    await badge.filter({ hasText: "3" }).waitFor();
    await window.rowSays("Needs you", "3");
    await window.screenshot("trouble-wrong-password");
    const refused = window.page.locator(".notification-list-item").filter({ hasText: "refused" });
    assert.equal(await refused.count(), 1, "more than one message");
    assert.equal(sandbox().requests.failedLogins, 1, "asked again with a password that was refused");

    await window.notificationAction("The CA refused the sign-in", "Change Password…");
    await window.answer("not the password", "Password for");
    await window.quickSays("The CA refused this password.");
    await window.screenshot("trouble-same-password");
    await window.answer(PASSWORD);
    // All of them, so that no check of theirs is under way when the next test counts.
    for (const number of ["1000001", "1000002", "1000003"])
      await window.rowSays(`Order ${number}`, "New: the certificate is here");
    assert.equal(sandbox().requests.failedLogins, 1);
  });

  it("is told what is wrong with an order number before anything is sent", async () => {
    const window = editor().window;
    const before = sandbox().requests.total;
    await window.commandAnswered("Certificates: Track Order…", "Order number", "12 34x");
    await window.quickSays("There is no order number or collection code in it.");
    await window.screenshot("trouble-bad-number");
    await window.page.keyboard.press("Escape");
    assert.equal(sandbox().requests.total, before);
  });

  it("is told by the CA's words that it does not know the order", async () => {
    const window = editor().window;
    await trackOrder(window, "My account", { product: "smime", number: "999", label: "A number of nobody" });
    await window.rowSays("A number of nobody", "The value of the 'orderNumber' argument is invalid!");
    await window.screenshot("trouble-unknown-order");
  });

  it("is told that the server cannot be reached, and loses nothing", async () => {
    const window = editor().window;
    await sandbox().stop();
    await trackOrder(window, "My account", { product: "mc", number: "5000001", label: "My mark" });
    await window.page
      .locator(".part.sidebar .message")
      .filter({ hasText: /No connection since \d/ })
      .waitFor();
    await window.rowSays("My mark", "Not checked yet");
    await window.rowSays("A number of nobody", "The value of the 'orderNumber' argument is invalid!");
    await window.row("Order 1000001").waitFor();
    await window.screenshot("trouble-unreachable");
  });
});
