import assert from "node:assert/strict";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Locator } from "playwright-core";
import { Issuer } from "../page/issued";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";
import type { Window } from "./window";

const root = path.resolve(__dirname, "..", "..", "..");

/** The file in which a repository lists orders, and its marks that would do something where they were obeyed. */
const NAME = "certificate-collector.json";
const LINK = "[Click](command:workbench.action.closeAllEditors)";
const ORDERS = [
  {
    product: "ssl",
    orderNumber: "1000003",
    label: `Theirs ${LINK}`,
    save: { profile: "nginx", files: { fullchain: "tls/shop.chained.crt" } },
  },
  { product: "ssl", orderNumber: "1000004", password: "not here" },
];

/** Each setting of ours, with a value that would show. */
const SETTINGS = {
  "certificateCollector.backgroundChecks": "off",
  "certificateCollector.notifications": "none",
  "certificateCollector.additionalCertificationAuthorities": ["/nowhere/ca.pem"],
  "certificateCollector.syncOrders": true,
  "certificateCollector.telemetry.enabled": true,
};

/** What the person's key runs, since the palette does not offer it. */
const KEYS = [{ key: "ctrl+alt+9", command: "certificateCollector.collectToFiles" }];

describe("a person in a folder of strangers", () => {
  const editor = useEditor({
    extension: "package",
    asksForTrust: true,
    files: {
      [NAME]: `${JSON.stringify({ version: 1, orders: ORDERS }, null, 2)}\n`,
      ".vscode/settings.json": JSON.stringify(SETTINGS),
    },
  });
  useSandbox(editor);

  before("put certificates into the folder, and a key into the person's", async () => {
    const chain = await new Issuer().chain({
      issuer: "dv-ec",
      key: "p-256",
      lifetime: "tls",
      transparency: false,
      purposes: ["1.3.6.1.5.5.7.3.1"],
      policies: ["2.23.140.1.2.1"],
      subject: [["commonName", LINK]],
      dnsNames: ["www.example.com"],
    });
    await writeFile(path.join(editor().folder, "theirs.pem"), chain);
    const dsa = path.join(root, "test", "fixtures", "certificates", "keys", "dsa.pem");
    await copyFile(dsa, path.join(editor().folder, "dsa.pem"));
    const user = path.join(editor().globalStorage, "..", "..");
    await mkdir(user, { recursive: true });
    await writeFile(path.join(user, "keybindings.json"), JSON.stringify(KEYS));
  });

  /**
   * Points into the first order of the list, and waits until the editor says what the form of such lists says of it.
   */
  async function pointAtOrder(window: Window): Promise<string> {
    await window.page.locator(".view-line").getByText('"nginx"').first().hover();
    const hover = window.page.locator(".monaco-hover:visible").filter({ hasText: "What the files are for" });
    await hover.waitFor();
    return hover.innerText();
  }

  /** What links in a part of the window would run. */
  const commandsIn = (part: Locator): Promise<string[]> =>
    part
      .locator("a")
      .evaluateAll((links) =>
        links
          .flatMap((link) => [link.getAttribute("href") ?? "", link.getAttribute("data-href") ?? ""])
          .filter((target) => target.startsWith("command:")),
      );

  const lenses = (window: Window) => window.page.locator(".codelens-decoration a");
  const problems = (window: Window) => window.page.locator(".markers-panel .monaco-list-row");

  it("is in Restricted Mode, in which accounts and orders are as ever, whatever the folder sets", async () => {
    const window = await editor().open();
    await window.page.getByRole("button", { name: "Restricted Mode" }).first().waitFor();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await trackOrder(window, "My account", { product: "ssl", number: "1000003", label: "Mine" });
    await window.rowSays("Mine", "New: the certificate is here");
    await window.notification("The certificate for Mine is ready.");
    await window.screenshot("restricted-mode-1-orders");
    await window.command("Notifications: Clear All Notifications");
  });

  it("reads about certificates of the folder, whose names do nothing", async () => {
    const window = editor().window;
    await window.openFile("theirs.pem");
    // It moves the lines when it shows.
    await window.lens(/^\[Click\]/).waitFor();
    await window.page.locator(".view-line").getByText("-----BEGIN CERTIFICATE-----").first().hover();
    const hover = window.page.locator(".monaco-hover:visible").filter({ hasText: LINK });
    await hover.waitFor();
    assert.deepEqual(await commandsIn(hover), []);
    await window.screenshot("restricted-mode-2-hover");
    for (const [file, says] of [
      ["theirs.pem", LINK],
      ["dsa.pem", "id-dsa"],
    ] as const) {
      await window.command("File: Focus on Files Explorer");
      await window.rowMenu(file, "Show Certificate Details");
      await window.webviewSays(says);
      await window.screenshot(`restricted-mode-3-${file.replace(".pem", "")}`);
    }
    assert.deepEqual(await commandsIn(window.webview().locator("body")), []);
  });

  it("sees nothing of the list of orders in the folder, and nothing is written by it", async () => {
    const window = editor().window;
    await window.openFile(NAME);
    assert.doesNotMatch(await pointAtOrder(window), /tracked|Mine|Theirs/i);
    assert.equal(await lenses(window).count(), 0);
    await window.screenshot("restricted-mode-4-list");
    await window.command("Problems: Focus on Problems View");
    // The form's own, which the editor finds; and of the certificates.
    await problems(window).filter({ hasText: "Property password is not allowed" }).waitFor();
    await problems(window).filter({ hasText: "theirs.pem" }).waitFor();
    assert.equal(await problems(window).filter({ hasText: "certificate orders" }).count(), 0);
    await window.screenshot("restricted-mode-5-problems");
    await window.page.keyboard.press("Control+Alt+9");
    await window.notification("Orders are read from certificate-collector.json only in a trusted workspace.");
    await window.screenshot("restricted-mode-6-refused");
    await window.command("Notifications: Clear All Notifications");
    assert.deepEqual((await readdir(editor().folder)).sort(), [".vscode", "README.txt", NAME, "dsa.pem", "theirs.pem"]);
  });

  it("has all of it from the click that trusts the folder, but for its settings", async () => {
    const window = editor().window;
    await window.page.getByRole("button", { name: "Restricted Mode" }).first().click();
    const trust = window.page.locator(".workspace-trust-editor");
    await trust.getByRole("button", { name: "Trust", exact: true }).click();
    await trust.getByText("You trust this folder").waitFor();
    await window.page
      .getByRole("button", { name: /^Close/ })
      .and(window.page.locator(":visible"))
      .last()
      .click();
    await window.lens("Collect to These Files").waitFor();
    await problems(window).filter({ hasText: "looks like a secret" }).waitFor();
    assert.match(await pointAtOrder(window), /Mine[^]*New/);
    await window.screenshot("restricted-mode-7-trusted");

    await window.openView("Certificates");
    await trackOrder(window, "My account", { product: "ssl", number: "1000005", label: "Mine, too" });
    await window.rowSays("Mine, too", "New: the certificate is here");
    await window.notification("The certificate for Mine, too is ready.");
    await window.lens("Collect to These Files").click();
    await window.notification("Saved for Mine: tls/shop.chained.crt.");
    assert.match(await readFile(path.join(editor().folder, "tls", "shop.chained.crt"), "utf8"), /BEGIN CERTIFICATE/);
  });
});
