import assert from "node:assert/strict";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";

const EXTENSION = "certificate-collector.certificate-collector";
const COUNT = 24;
const number = (place: number): string => String(8_000_000 + place);
const host = (place: number): string => `host-${String(place).padStart(5, "0")}.bulk.example`;

/** What a person might have in a spreadsheet, with a line that is nothing. */
const TABLE = [
  ...Array.from({ length: COUNT }, (_, index) => `${number(index + 1)}\t${host(index + 1)}`),
  "total\t24 orders",
].join("\n");

describe("a person with many orders", () => {
  const editor = useEditor();
  const sandbox = useSandbox(editor, { bulk: { count: COUNT, seed: 7 }, step: 1000 });

  it("pastes a table, sees what was understood of it, and tracks it", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await window.copy(TABLE);
    await window.commandPasted("Certificates: Track Order…", "Order number");
    await window.pick("SSL/TLS certificate", `${COUNT} orders do not say`);
    await window.quickSays(`${COUNT} orders were recognized, 1 line was not recognized`);
    await window.screenshot("many-1-understood");
    await window.page.keyboard.press("Enter");
    await window.notification(`${COUNT} orders are now tracked`);
    await window.row("Waiting").waitFor();
    await window.screenshot("many-2-tracked");
    await window.notificationAction(`${COUNT} orders are now tracked`, "Show Report");
    await window.editorSays("Line 25:");
    await window.screenshot("many-3-report");
  });

  it("is told of several at once, in the status bar too, and wants no more of them", async () => {
    const window = editor().window;
    await window.notification(/certificates are ready: host-/);
    await window.screenshot("many-4-notice");
    await window.notificationAction(/certificates are ready: host-/, "Mute");
    await window.rowSays(/host-/, "muted");
    const status = window.page
      .locator(".part.statusbar")
      .getByRole("button", { name: /Certificate orders: 24 tracked/ });
    await status.filter({ has: window.page.locator(".codicon-verified-filled") }).waitFor();
    await window.openView("Explorer");
    await status.click();
    await window.row(host(1)).waitFor();
    // The view takes the focus after its rows are there, also from a box that somebody was as quick to open.
    await window.page.locator(".part.sidebar .monaco-list:focus").waitFor();
  });

  it("filters while typing, by several words, and clears", async () => {
    const window = editor().window;
    await window.commandAnswered("Certificates: Filter Orders…", "Words from a name", "bulk 00003");
    await window.page.getByText("Orders that match “bulk 00003”: 1 of 24.").waitFor();
    // The message comes from the extension at once, the rows when the window asks for them.
    await window.row(host(4)).waitFor({ state: "detached" });
    await window.row(host(3)).waitFor();
    await window.screenshot("many-5-filtered");
    await window.viewAction("Clear Filter");
    await window.page.getByText("Orders that match “bulk 00003”").waitFor({ state: "detached" });
  });

  it("selects some, tags them, and groups by tag and account", async () => {
    const window = editor().window;
    await window.commandPicked("Certificates: Group and Sort Orders…", "Account");
    await window.row("My account").waitFor();
    await window.commandPicked("Certificates: Group and Sort Orders…", "Name");
    await window.row(host(1)).click();
    await window.row(host(3)).click({ modifiers: ["ControlOrMeta"] });
    await window.screenshot("many-6-selected");
    await window.rowMenu(host(3), "Tag…", "Organize");
    await window.answer("Customer East, Munich", "Your own words");
    await window.commandPicked("Certificates: Group and Sort Orders…", "Tag");
    await window.row("Customer East").waitFor();
    await window.row("Munich").waitFor();
    await window.screenshot("many-7-tags");
    await window.commandPicked("Certificates: Group and Sort Orders…", "What Needs Doing");
    await window.row("Ready").waitFor();
    await window.command("Notifications: Clear All Notifications");
  });

  it("archives one, finds it in the archive, and takes it back", async () => {
    const window = editor().window;
    await window.rowMenu(host(1), "Archive", "Organize");
    await window.notification(`${host(1)} was archived`);
    await window.row(host(1)).waitFor({ state: "detached" });
    await window.command("Certificates: Show Archived Orders");
    await window.page.getByText("These orders are archived.").waitFor();
    await window.row(host(1)).waitFor();
    await window.screenshot("many-8-archived");
    await window.rowMenu(host(1), "Unarchive", "Organize");
    await window.viewAction("Back to Current Orders");
    await window.row(host(1)).waitFor();
  });

  it("stops tracking one by a key, and takes that back", async () => {
    const window = editor().window;
    await window.row(host(2)).click();
    await window.page.keyboard.press("Delete");
    await window.row(host(2)).waitFor({ state: "detached" });
    await window.notificationAction(`${host(2)} is no longer tracked.`, "Undo");
    await window.row(host(2)).waitFor();
  });

  it("marks all as seen, and takes that back", async () => {
    const window = editor().window;
    await window.row("Ready").waitFor();
    await window.command("Certificates: Mark All as Seen");
    await window.row("Done").waitFor();
    await window.screenshot("many-9-seen");
    await window.notificationAction(/certificates? (was|were) marked as seen\./, "Undo");
    await window.row("Ready").waitFor();
    await window.row("Done").waitFor({ state: "detached" });
    await window.command("Certificates: Mark All as Seen");
    await window.row("Done").waitFor();
  });

  it("copies a number by a key, and names by the menu", async () => {
    const window = editor().window;
    await window.row("Done").click();
    await window.row(host(3)).click();
    await window.page.keyboard.press("ControlOrMeta+C");
    await window.page.getByText(`Copied: ${number(3)}`).waitFor();
    assert.equal(await window.page.evaluate(() => navigator.clipboard.readText()), number(3));
    await window.rowMenu(host(3), "Names", "Copy");
    await window.page.getByText("Names copied: 2").waitFor();
    const names = `${host(3)}\nwww.${host(3)}`;
    assert.equal(await window.page.evaluate(() => navigator.clipboard.readText()), names);
  });

  it("is warned of a certificate that ends soon, and reads its history", async () => {
    const window = editor().window;
    await trackOrder(window, "My account", { product: "ssl", number: "1000008", label: "Old shop" });
    const notice = await window.notification("The certificate for Old shop expires on");
    await window.screenshot("many-10-warned");
    await notice.getByRole("button", { name: "Watch for the Reissue" }).waitFor();
    await window.row("Old shop").click();
    await window.webviewSays("renewed.sandbox.example");
    const card = window.webview().getByRole("button", { name: /^Order \d+$/ });
    if ((await card.getAttribute("aria-expanded")) === "false") await card.click();
    await window.webviewSays("Collected the certificate for renewed.sandbox.example");
    await window.webview().getByText("Collected the certificate").first().scrollIntoViewIfNeeded();
    await window.screenshot("many-11-history");
  });

  it("tracks by a link, and only after agreeing", async () => {
    const window = editor().window;
    await window.commandAnswered(
      "Developer: Open URL",
      "URL to open",
      `code-oss://${EXTENSION}/track?product=ssl&orderNumber=1000001&label=Linked`,
    );
    await window.dialog("open this URI", "Open");
    await window.dialog("Track the order in this link?", "Track");
    await window.row("Linked").waitFor();
    await window.commandAnswered(
      "Developer: Open URL",
      "URL to open",
      `code-oss://${EXTENSION}/track?product=ssl&orderNumber=1000002&account=mine`,
    );
    await window.dialog("open this URI", "Open");
    await window.notification("A link to track an order was refused. This link contains more than a product");
    await window.screenshot("many-12-links");
  });

  it("shows what a link says as a text, in the question, the row and the message", async () => {
    const window = editor().window;
    const label = "[run](command:workbench.action.terminal.new) $(bell)";
    const query = new URLSearchParams({ product: "ssl", orderNumber: "1000003", label });
    await window.commandAnswered(
      "Developer: Open URL",
      "URL to open",
      `code-oss://${EXTENSION}/track?${query.toString().replaceAll("+", "%20")}`,
    );
    await window.dialog("open this URI", "Open");
    const dialog = window.page.locator(".monaco-dialog-box", { hasText: "[run] (command:workbench.action" });
    await dialog.waitFor();
    await window.screenshot("many-13-hostile-link");
    const active = "a[href], a[data-href], .codicon-bell";
    assert.equal(await dialog.locator(".dialog-message-detail").locator(active).count(), 0);
    await window.dialog("Track the order in this link?", "Track");
    const row = window.row("[run] (command:workbench.action");
    await row.waitFor();
    assert.equal(await row.locator(".monaco-icon-label-container").locator(active).count(), 0);
    // Until it is collected it moves between groups, maybe from under the menu.
    await window.rowSays("[run] (command:workbench.action", "until");
    await window.rowMenu("[run] (command:workbench.action", "Stop Tracking");
    const notice = await window.notification("is no longer tracked");
    await window.screenshot("many-14-hostile-message");
    assert.match(await notice.innerText(), /\[run\] \(command:workbench/);
    assert.equal(await notice.locator(".notification-list-item-message").locator(active).count(), 0);
  });

  it("never had two calls at once, nor a sign-in refused", () => {
    const { requests } = sandbox();
    assert.deepEqual([requests.overlaps, requests.failedLogins], [0, 0]);
  });
});
