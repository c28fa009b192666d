import { copyFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { TestAuthority } from "../servers/authority";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";
import type { Window } from "./window";

const fixtures = path.resolve(__dirname, "..", "..", "..", "test", "fixtures", "certificates");

/** Themes by their titles, with the class that the window has then. */
const THEMES = {
  dark: ["Dark Modern", "vs-dark"],
  light: ["Light Modern", "vs"],
  "contrast-dark": ["Dark High Contrast", "hc-black"],
  "contrast-light": ["Light High Contrast", "hc-light"],
} as const;

describe("a person with details beside their documents", () => {
  const editor = useEditor();
  useSandbox(editor, { plainPort: 0, step: 0 });

  before("put files into the folder", async () => {
    await copyFile(path.join(fixtures, "containers/aes-rsa.p12"), inFolder("store.p12"));
    await copyFile(path.join(fixtures, "containers/mailed.zip"), inFolder("mailed.zip"));
    const authority = await TestAuthority.create();
    const [mine, others] = [await authority.issue(), await authority.issue()];
    await writeFile(inFolder("match.crt"), mine.cert);
    await writeFile(inFolder("match.key"), mine.key);
    await writeFile(inFolder("mixed.crt"), mine.cert);
    await writeFile(inFolder("mixed.key"), others.key);
    await writeFile(inFolder("both.pem"), `${mine.key}${mine.cert}`);
    await writeFile(inFolder("damaged.pem"), "-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----\n");
  });

  const inFolder = (name: string): string => path.join(editor().folder, name);

  async function inThemes(window: Window, name: string): Promise<void> {
    for (const theme of ["contrast-light", "contrast-dark", "light", "dark"] as const) {
      const [label, shown] = THEMES[theme];
      await window.commandAnswered("Preferences: Color Theme", "Color Theme", label);
      await window.page.locator(`.monaco-workbench.${shown}`).waitFor();
      await window.screenshot(`${name}-${theme}`);
    }
  }

  it("opens a certificate, whose tab has its name, with a lens above each block and its details beside", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await trackOrder(window, "My account", { product: "ssl", number: "1000001", label: "Shop" });
    await trackOrder(window, "My account", { product: "mc", number: "5000001", label: "Mark" });
    for (const label of ["Shop", "Mark"]) await window.rowSays(label, /certificate is here/);
    await window.rowMenu("Mark", "Open Certificate");
    await window.tab("mark.example.pem").waitFor();
    await window.rowMenu("Mark", "Show Details");
    await window.tab("Details: Mark").waitFor();
    await window.lens(/^Example Harbour GmbH · until .* · Details$/).waitFor();
    await window.webviewSays("mark.example");
    await inThemes(window, "details-beside");
  });

  it("sees the details follow the document in front, and the certificate of a lens", async () => {
    const window = editor().window;
    await window.rowMenu("Shop", "Open Certificate");
    await window.tab("www.sandbox.example.pem").waitFor();
    await window.tab("Details: Shop").waitFor();
    await window.webviewSays("www.sandbox.example");
    await window.lens(/^Sandbox .*CA.* · until/).click();
    await window.webview().locator("[aria-selected=true], [aria-current=true]").filter({ hasText: "CA" }).waitFor();
    await window.screenshot("details-of-a-lens");
    await window.tab("mark.example.pem").click();
    await window.tab("Details: Mark").waitFor();
    await window.webviewSays("mark.example");
  });

  it("keeps one open, and finds both again after a reload", async () => {
    const window = editor().window;
    await window.tab("Details: Mark").click();
    await window.page.getByRole("button", { name: "Keep Details Open" }).click();
    await window.tab("www.sandbox.example.pem").click();
    await window.rowMenu("Shop", "Show Details");
    await window.tab("Details: Shop").waitFor();
    await window.tab("Details: Mark").waitFor();
    await window.webviewSays("www.sandbox.example");
    await window.reload();
    await window.tab("Details: Shop").waitFor();
    await window.webviewSays("www.sandbox.example");
    // The preview follows, and the kept one stays.
    await window.tab("mark.example.pem").click();
    await window.tab("www.sandbox.example.pem").click();
    await window.tab("Details: Mark").click();
    await window.webviewSays("mark.example");
    await window.page.getByRole("button", { name: "Keep Details Open" }).waitFor({ state: "detached" });
    await window.screenshot("details-kept");
  });

  it("reads a history that nobody has to save", async () => {
    const window = editor().window;
    await window.command("View: Close All Editors");
    await window.openView("Certificates");
    // A click selects it, and shows its details, which the command is about then.
    await window.row("Done").click();
    await window.row("Shop").click();
    await window.tab("Details: Shop").waitFor();
    await window.command("Certificates: Show History");
    await window.tab("History of Shop.txt").waitFor();
    await window.editorSays("History of Shop");
    await inThemes(window, "details-report");
    await window.command("View: Close All Editors");
    await window.tab("History of Shop.txt").waitFor({ state: "detached" });
  });

  it("opens a key store by a click, and an archive by Open With", async () => {
    const window = editor().window;
    await window.command("File: Focus on Files Explorer");
    await window.row("store.p12").click();
    await window.webviewSays("PKCS #12");
    await inThemes(window, "details-p12");
    await window.rowMenu("mailed.zip", "Open With...");
    await window.pick("Certificate Details");
    await window.webviewSays("Save As…");
    await inThemes(window, "details-zip");
  });

  it("learns whether a key belongs to its certificate, without a look at it", async () => {
    const window = editor().window;
    for (const [file, says] of [
      ["match.crt", /It matches: the private key in match\.key \(.*\) belongs to match\.crt/],
      ["mixed.crt", /It does not match: the private key in mixed\.key/],
      ["match.key", /It matches: the private key in match\.key \(.*\) belongs to match\.crt/],
      ["both.pem", /It matches: the private key in this file/],
    ] as const) {
      await window.command("View: Close All Editors");
      await window.command("File: Focus on Files Explorer");
      await window.rowMenu(file, "Show Certificate Details");
      await window.tab(`Details: ${file}`).waitFor();
      await window.webviewSays(says);
      await window.screenshot(`details-key-${file.replace(".", "-")}`);
    }
  });

  it("saves the certificates of a file in another form", async () => {
    const window = editor().window;
    await window.webview().getByRole("button", { name: "Save As…", exact: true }).click();
    await window.quickSays("What do you want to save it for?");
    await window.screenshot("details-save-file");
    await window.pick("DER");
    await window.pick(path.basename(editor().folder), "Choose a folder to save in");
    await (await window.notification("Saved for both.pem")).waitFor();
    await window.command("Notifications: Clear All Notifications");
  });

  it("sees what a block is by its lens, damaged or a key", async () => {
    const window = editor().window;
    await window.command("View: Close All Editors");
    await window.openFile("both.pem");
    await window.page
      .locator(".codelens-decoration")
      .filter({ hasText: /Private key · EC P-256$/ })
      .first()
      .waitFor();
    await window.screenshot("details-lens-key");
    await window.openFile("damaged.pem");
    await window.lens("Damaged · Details").click();
    await window.tab("Details: damaged.pem").waitFor();
    await window.webviewSays("PEM block CERTIFICATE");
    await window.screenshot("details-lens-damaged");
  });
});
