import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import path from "node:path";
import type { Locator } from "playwright-core";
import { catalogue, DEMO_ACCOUNT } from "../../src/sandbox/server";
import { inPseudo } from "../unit/words/pseudo";
import { trackOrders } from "../workbench/seed";
import { useEditor } from "./editor";
import { makePseudoExtension, PSEUDO_FOLDER, PSEUDO_LANGUAGE } from "./pseudo-extension";
import { englishIn, wordsIn } from "./pseudo-words";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";

const root = path.resolve(__dirname, "..", "..", "..");
const fixtures = path.join(root, "test", "fixtures", "certificates", "extensions");

/** px; all rows of the view are in view, and the walkthrough has room for its pictures. */
const SIZE = { width: 1480, height: 960 };

/** Orders of each group: docs/SANDBOX.md says what each does. */
const NUMBERS: ReadonlySet<string> = new Set([
  ...["1000001", "1000008", "1000011", "1000014", "1000017", "1000022", "1000026", "1000027"],
  ...["2000001", "2000011", "5000001"],
]);

const ORDER_FILE = "certificate-collector.json";

/** One order as it should be; the others are not. */
const LISTED = [
  {
    ...{ product: "ssl", orderNumber: "1000001", label: "W1" },
    save: { profile: "nginx", files: { fullchain: "t1/w1.crt" } },
  },
  {
    ...{ product: "ssl", orderNumber: "1000004", account: "a1", password: "p1" },
    save: { profile: "nginx", files: { fullchain: "../w1.crt" } },
  },
  { product: "smime", orderNumber: "x1" },
];

type Texts = Readonly<Record<string, string>>;

const textsOf = (...file: readonly string[]): Texts =>
  JSON.parse(readFileSync(path.join(root, ...file), "utf8")) as Texts;
const manifest = textsOf("package.nls.json");
const bundle = textsOf("l10n", "bundle.l10n.de.json");

/** A text of the manifest, by its key. */
function named(key: string): string {
  const text = manifest[key];
  assert.ok(text !== undefined, `the manifest has no text "${key}"`);
  return inPseudo(text);
}

/** The title of a command in the palette. */
const command = (name: string): string => `${named("category")}: ${named(`command.${name}`)}`;

/** An English text of ours, as the pseudo-language says it, with whatever is in its places. */
function said(english: string): RegExp {
  assert.ok(english in bundle, `nothing of ours says "${english}"`);
  const parts = inPseudo(english).split(/\{\d\}/);
  return new RegExp(parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join(".*"));
}

const ORDER_BOX = "Order number, certificate ID, collection code or link; or paste an e-mail or a table.";

describe("a reader of the pseudo-language", () => {
  before("make the extension", () => makePseudoExtension());
  const editor = useEditor({
    extension: { folder: PSEUDO_FOLDER },
    language: PSEUDO_LANGUAGE,
    settings: { "workbench.hover.delay": 1, "editor.hover.delay": 1, "editor.minimap.enabled": false },
    files: { [ORDER_FILE]: `${JSON.stringify({ version: 1, orders: LISTED }, null, 2)}\n` },
  });
  /** The clock of the sandbox's orders, epoch ms: it stands still, so that none moves because a computer is slow. */
  let now = Date.now();
  const sandbox = useSandbox(editor, {
    clock: { now: () => now },
    accounts: [DEMO_ACCOUNT, { loginName: LOGIN, loginPassword: PASSWORD, holding: "many", firstRow: 0 }],
  });
  /** What was read, by its place. */
  const words = new Map<string, readonly string[]>();

  before("put files into the folder", async () => {
    for (const name of ["old", "damaged", "tls-leaf"]) {
      await copyFile(path.join(fixtures, `${name}.pem`), path.join(editor().folder, `${name}.pem`));
    }
  });

  /** Reads what is said in a place. */
  async function read(place: string, elements: Locator): Promise<void> {
    const found = await wordsIn(elements);
    assert.ok(found.length > 0, `nothing to read: ${place}`);
    words.set(place, [...(words.get(place) ?? []), ...found]);
  }

  const find = (selector: string): Locator => editor().window.page.locator(selector);
  const bar = (): Locator => find(".part.sidebar");
  const question = (): Locator => find(".quick-input-widget:visible");
  const notices = (): Locator => find(".notification-list-item");
  const picture = (name: string): Promise<string> => editor().window.screenshot(`pseudo-${name}`);

  /** Reads what shows under the mouse, once it has words of ours. A row that is drawn anew takes it away. */
  async function readHover(place: string, target: Locator, says: string): Promise<void> {
    const shown = find(".monaco-hover:visible").filter({ hasText: says }).first();
    for (let tries = 0; tries < 5 && !(await shown.isVisible()); tries += 1) {
      await editor().window.page.mouse.move(SIZE.width / 2, SIZE.height / 2);
      await target.hover();
      await shown.waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
    await read(`under the mouse: ${place}`, shown);
  }

  /** Reads the details page that shows, with all that can be opened on it. */
  async function readPage(name: string, says: string | RegExp): Promise<void> {
    const page = editor().window.webview();
    await editor().window.webviewSays(says);
    const closed = page.locator("button.disclosure[aria-expanded=false]:visible");
    // What is opened may have more to open in it.
    while ((await closed.count()) > 0) await closed.first().click();
    await read(`page: ${name}`, page.locator("body"));
  }

  /** Runs a command that asks, reads its question, and leaves it. */
  async function readQuestion(name: string): Promise<void> {
    const { window } = editor();
    await window.command(command(name));
    await question().filter({ hasText: "‹" }).waitFor();
    await read(`question: ${name}`, question());
    await window.page.keyboard.press("Escape");
    await question().waitFor({ state: "hidden" });
  }

  it("finds how to begin", async () => {
    const window = await editor().open();
    await window.page.setViewportSize(SIZE);
    await window.openView(named("view.container"));
    await find(".welcome-view-content").first().waitFor();
    await read("first run", bar());
    await picture("1-first-run");
    await window.command(command("howItWorks"));
    for (const step of ["sandbox", "account", "track", "collect"]) {
      const title = named(`walkthrough.${step}`);
      await find(".getting-started-step").filter({ hasText: title }).first().click();
      await find(".getting-started-step.expanded").filter({ hasText: title }).waitFor();
      await window.webview().locator("svg").waitFor();
      await read("walkthrough", find(".getting-started-step"));
    }
    await picture("2-walkthrough");
    await window.command("View: Close All Editors");
  });

  it("adds an account, and finds its orders", async () => {
    const { window } = editor();
    await window.command(command("addAccount"));
    await window.quickSays(said("Where did you place the orders?"));
    await read("account: where", question());
    await picture("3-account");
    await window.pick(said("Sandbox"));
    await window.answer("", said("Your login name at the CA. It is case-sensitive."));
    await read("account: login", question());
    await window.answer(LOGIN);
    await window.quickSays(said("Password for “{0}” at {1}. It goes only there and into the editor's secret storage."));
    await read("account: password", question());
    await window.answer(PASSWORD);
    await window.quickSays(said("Where should the password be kept?"));
    await read("account: keep", question());
    await window.pick(said("Keep it in secret storage"));
    await window.quickSays(said("Your own name for this account."));
    await read("account: name", question());
    await window.answer("A1");
    await window.notification(said("Account added. Find its orders now?"));
    await read("messages", notices());
    await window.notificationAction(said("Account added. Find its orders now?"), inPseudo("Find Orders…"));
    await window.quickSays(said("When were they placed?"));
    await read("find: when", question());
    await window.pick(said("At Any Time"));
    await window.quickSays(/_/);
    await read("find: domain", question());
    await window.answer("shop-%");
    await find(".monaco-dialog-box").waitFor();
    await read("find: consent", find(".monaco-dialog-box"));
    await picture("4-consent");
    await window.dialog("‹", inPseudo("Sign In"));
    await window.quickSays(said("{0} orders are not tracked yet"));
    await read("find: found", question());
    await picture("5-found");
    await window.page.keyboard.press("Escape");
  });

  it("sees orders of each group", async () => {
    const { window } = editor();
    const orders = catalogue().filter(({ orderNumber }) => NUMBERS.has(orderNumber));
    await trackOrders(editor().globalStorage, orders);
    for (const number of ["2000001", "5000001"]) await window.rowSays(number, said("CA: processing"));
    await window.rowSays("renewed.sandbox.example", said("New: the certificate is here"));
    await window.row("garden.example").waitFor();
    await read("view: waiting", bar());
    now += 30_000;
    for (const name of ["www.sandbox.example", "ada@sandbox.example", "mark.example"])
      await window.rowSays(name, /20\d\d/);
    await window.rowSays("2000011", "(-20)");
    await window.notification(said("{0} certificates are ready: {1}."));
    await read("messages", notices());
    await picture("6-orders");
    await window.command("Notifications: Clear All Notifications");
    await read("view", bar());
    await read("status bar", find(".part.statusbar [id*=certificate-collector]"));
    await window.sideBarWidth(300);
    await picture("7-narrow");
    await window.sideBarWidth(500);
  });

  it("reads rows, what is below them and under the mouse, and their menus", async () => {
    const { window } = editor();
    for (const name of ["caa.sandbox.example", "garden.example", "rejected.sandbox.example", "1000014", "mark.example"])
      await readHover(name, window.row(name), name);
    await picture("8-hover");
    await readHover("status bar", find(".part.statusbar [id*=certificate-collector]"), "‹");
    for (const name of ["signing.sandbox.example", "www.sandbox.example"])
      await window.row(name).locator(".monaco-tl-twistie").click();
    await window.row("www.sandbox.example.pem").waitFor();
    await read("rows below", bar());
    await readHover("certificate", window.row("www.sandbox.example.pem"), "‹");
    await window.rowMenuSeen("www.sandbox.example", async (menu) => {
      await read("menu", menu);
      await picture("9-menu");
    });
    for (const name of ["signing.sandbox.example", "www.sandbox.example"])
      await window.row(name).locator(".monaco-tl-twistie").click();
  });

  it("reads the details of orders", async () => {
    const { window } = editor();
    for (const name of ["www.sandbox.example", "signing.sandbox.example", "rejected.sandbox.example", "mark.example"]) {
      await window.row(name).click();
      await window.tab(name).waitFor();
      await readPage(name, name);
      await picture(`10-${name}`);
    }
    await window.rowMenu("garden.example", named("command.whatTheCaWaitsFor"));
    await window.row("garden.example").click();
    await window.tab("garden.example").waitFor();
    await readPage("what blocks", said("What blocks this order"));
    await picture("11-blocked");
    await window.command("View: Close All Editors");
  });

  it("compares a certificate with the one before it, and reads a history", async () => {
    const { window } = editor();
    await window.commandPicked(command("compareWithPrevious"), "renewed.sandbox.example");
    // The two texts go to others, too, and are in English.
    await window.tab(said("{0}: previous and current")).waitFor();
    await find(".monaco-diff-editor .view-line").first().waitFor();
    await read("compared", find(".tabs-container .tab-label"));
    await picture("12-compared");
    await window.command("View: Close All Editors");
    await window.row("www.sandbox.example").click();
    await window.tab("www.sandbox.example").waitFor();
    await window.command(command("showHistory"));
    await find(".monaco-editor .view-line").nth(2).waitFor();
    await read("history", find(".monaco-editor .view-lines"));
    await picture("13-history");
    await window.command("View: Close All Editors");
  });

  it("reads documents: above their lines, under the mouse, and among the problems", async () => {
    const { window } = editor();
    await window.openFile("old.pem");
    await window.lens(said("{0} · Details")).waitFor();
    await read("lens", find(".codelens-decoration"));
    await readHover("PEM", find(".view-line").filter({ hasText: "-----BEGIN" }).locator("span").last(), "‹");
    await picture("14-hover");
    await window.openFile("damaged.pem");
    await window.lens(said("{0} · Details")).waitFor();
    await read("lens", find(".codelens-decoration"));
    await window.openFile(ORDER_FILE);
    await window.lens(said("Collect to These Files")).waitFor();
    await read("lens", find(".codelens-decoration"));
    await readHover("order file", find(".view-line").getByText("1000001"), "‹");
    await window.command("Problems: Focus on Problems View");
    const problems = find(".markers-panel .monaco-list-row");
    await problems.filter({ hasText: "RFC 5280" }).first().waitFor();
    await problems.filter({ hasText: ORDER_FILE }).first().waitFor();
    await read("problems", problems);
    await picture("15-problems");
    await window.command("View: Toggle Panel Visibility");
    await window.command("View: Close All Editors");
  });

  it("reads the certificates of the workspace, good and damaged", async () => {
    const { window } = editor();
    await window.command(command("showInventory"));
    await window.rowSays("damaged.pem", "‹");
    await read("files", bar());
    await picture("16-files");
    for (const name of ["damaged", "old", "tls-leaf"]) {
      await window.row(`${name}.pem`).click();
      await window.tab(`${name}.pem`).waitFor();
      await readPage(`${name}.pem`, name);
      await picture(`17-${name}`);
    }
    await window.command("View: Close All Editors");
  });

  it("is asked, and told what is wrong", async () => {
    const { window } = editor();
    await window.commandAnswered(command("trackOrder"), said(ORDER_BOX), "12 34x");
    await window.quickSays(said("There is no order number or collection code in it."));
    await read("question: trackOrder", question());
    await picture("18-wrong");
    await window.page.keyboard.press("Escape");
    for (const name of ["arrangeOrders", "filterOrders", "exportOrders", "editAccount", "collectToFiles"])
      await readQuestion(name);
    for (const name of ["checkRecords", "testConnection", "saveAs", "collectAs"]) await readQuestion(name);
    const table = ["2000012\ta.b.example\tSSL", "1000003\tc.example\tSSL", "1000001\tw.example\tSSL", "total\t24 x"];
    await window.copy(table.join("\n"));
    await window.commandPasted(command("trackOrder"), said(ORDER_BOX));
    await window.quickSays(said("Which account do they belong to? {0} orders do not say."));
    await read("review: account", question());
    await window.pick("Sandbox");
    await window.quickSays(said("{0} orders were recognized"));
    await read("review", question());
    await picture("19-review");
    await window.page.keyboard.press("Enter");
    await window.notification(said("{0} orders are now tracked"));
    await read("messages", notices());
    await picture("20-message");
  });

  it("reads the settings", async () => {
    const { window } = editor();
    await window.command("Preferences: Open Settings (UI)");
    await find(".settings-header .suggest-input-container").click();
    await window.page.keyboard.type("@ext:certificate-collector.certificate-collector");
    const settings = find(".setting-item-contents");
    await settings.filter({ hasText: "‹" }).nth(2).waitFor();
    await read("settings", settings.locator(".setting-item-description, .setting-value-checkbox, select, option"));
    await picture("21-settings");
    await window.command("View: Close All Editors");
  });

  it("is told that the CA cannot be reached", async () => {
    const { window } = editor();
    await sandbox().stop();
    await window.openView(named("view.container"));
    await window.command(command("checkAll"));
    await bar().locator(".message").filter({ hasText: "‹" }).first().waitFor();
    await read("no connection", bar());
    await window.notification("‹");
    await read("messages", notices());
    await picture("22-no-connection");
  });

  it("has read nothing in English", () => {
    const left = [...words].flatMap(([place, found]) => englishIn(found).map((text) => `${place}: ${text}`));
    assert.deepEqual([...new Set(left)], []);
  });
});
