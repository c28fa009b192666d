import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Words } from "../e2e/window";
import { WebEditor } from "./web-editor";

const fixtures = path.join("test", "fixtures", "certificates");

/** Files of the folder, by the fixture that each is a copy of. */
const FILES: Readonly<Record<string, string>> = {
  "github.pem": "transparency/github-2026.pem",
  "icann.pem": "transparency/icann-2026.pem",
  "leaf.der": "containers/leaf.der",
  "chain.p7b": "containers/certs-only.p7b",
  "list.crl": "containers/list.pem",
  "request.csr": "containers/request.pem",
  "store.p12": "containers/aes-rsa.p12",
  "p-224.pem": "keys/p-224.pem",
  "key.pem": "containers/private-ec.pem",
};

const LIMITS = "Read in the browser, which cannot ask a CA, a server or the DNS.";

/** What the page says of each: of its content, and what was computed of it. */
const PAGES: readonly (readonly [file: string, says: readonly Words[]])[] = [
  ["github.pem", ["github.com", "Sectigo", /46 ?B6 ?01 ?EE ?08 ?B4/i, LIMITS]],
  ["leaf.der", ["www.example.test", "Valid for", LIMITS]],
  [
    "chain.p7b",
    ["The chain is complete: 3 certificates up to the root.", "Found in: PEM block PKCS7, PKCS #7", LIMITS],
  ],
  ["list.crl", ["Revocation List", LIMITS]],
  ["request.csr", ["Certificate request", LIMITS]],
  ["store.p12", ["Its password cannot be entered in the browser. Open the file with VS Code on a computer.", LIMITS]],
  ["p-224.pem", ["Its signature was not checked: this crypto engine cannot verify ECDSA with SHA-256", LIMITS]],
  ["key.pem", ["Private key", LIMITS]],
];

const THEMES = ["Dark Modern", "Light High Contrast"];

describe("a person reading certificates in a browser", () => {
  let editor: WebEditor | undefined;
  const window = () => {
    assert.ok(editor);
    return editor.window;
  };

  before("open the folder", async () => {
    const files = Object.fromEntries(
      Object.entries(FILES).map(([name, fixture]) => [name, readFileSync(path.join(fixtures, fixture))]),
    );
    editor = await WebEditor.start({ files });
  });
  after(() => editor?.stop());
  afterEach("close what was opened", () => window().command("View: Close All Editors"));

  /** Opens a file from the list of files. */
  const open = async (file: string): Promise<void> => {
    await window().command("View: Show Explorer");
    await window().row(file).dblclick();
    await window().tab(file).first().waitFor();
  };

  for (const [file, says] of PAGES) {
    it(`shows the details of ${file}`, async () => {
      await open(file);
      if (!/\.(der|p12)$/.test(file)) await window().command("Certificates: Show Certificate Details");
      for (const words of says) await window().webviewSays(words);
      await window().screenshot(`details-${file}`);
    });
  }

  it("tells in a text what is in it: above it, under the mouse, in the outline and as problems", async () => {
    await open("github.pem");
    await window()
      .lens(/github\.com · (until|expired on) Nov 29, 2026/)
      .waitFor();
    await window().page.locator(".monaco-editor .view-line").nth(2).hover();
    const hover = window().page.locator(".monaco-hover:visible");
    await hover.filter({ hasText: "github.com" }).filter({ hasText: "SHA-256" }).waitFor();
    await window().screenshot("hover");
    await window().command("View: Close All Editors");
    await open("chain.p7b");
    await window().command("Problems: Focus on Problems View");
    await window()
      .page.locator(".part.panel .monaco-list-row")
      .filter({ hasText: "Its RSA key has 1024 bits, fewer than the safe minimum of 2048." })
      .first()
      .waitFor();
    await window().screenshot("problems");
    await window().command("View: Hide Panel");
  });

  it("opens the page from the line above a certificate, at that certificate", async () => {
    await open("icann.pem");
    await window().lens("· Details").click();
    await window().webviewSays("icann.org");
    await window().webviewSays(LIMITS);
  });

  it("compares the certificates of two files", async () => {
    await open("github.pem");
    await window().commandAnswered("Certificates: Compare with…", "Compare with", "/icann.pem");
    await window().tab("github.pem ↔ icann.pem").waitFor();
    await window().editorSays("icann.org");
    await window().screenshot("comparison");
  });

  it("compares two files that are selected in the list", async () => {
    await window().command("View: Show Explorer");
    await window().row("icann.pem").click();
    await window()
      .row("github.pem")
      .click({ modifiers: ["ControlOrMeta"] });
    await window().rowMenu("github.pem", "Compare with…");
    await window()
      .tab(/github\.pem ↔ icann\.pem|icann\.pem ↔ github\.pem/)
      .waitFor();
  });

  for (const [form, starts] of [
    ["Text", "Certificate:\n    Data:\n"],
    ["JSON", '{\n  "version": 1,\n  "certificates": [\n'],
  ] as const) {
    it(`exports a chain as ${form}`, async () => {
      await open("leaf.der");
      await window().webview().getByRole("button", { name: "Export…" }).click();
      await window().pick(form, "The other formats");
      await window().editorSays(form === "Text" ? "Certificate:" : '"version"');
      const text = await window().editorText();
      assert.ok(text.startsWith(starts), text.slice(0, 100));
      assert.match(text, /www\.example\.test/);
      await window().screenshot(`export-${form}`);
      await window().command("View: Revert and Close Editor");
    });
  }

  it("says so where there is nothing to export", async () => {
    await open("request.csr");
    await window().command("Certificates: Export Certificates…");
    await window().notification("There is no certificate in this file.");
  });

  it("says in the empty view what is not here", async () => {
    await window().openView("Certificates");
    await window().sideBarWidth(300);
    const welcome = window().page.locator(".part.sidebar .welcome-view-content");
    await welcome.filter({ hasText: "Orders, accounts, saving for servers" }).waitFor();
    await window().screenshot("empty-view");
  });

  for (const theme of THEMES) {
    it(`can be read in ${theme}`, async () => {
      await window().commandAnswered("Preferences: Color Theme", "Color Theme", theme);
      await open("chain.p7b");
      await window().command("Certificates: Show Certificate Details");
      await window().webviewSays("The chain is complete");
      await window().openView("Certificates");
      await window().screenshot(theme.replaceAll(" ", "-"));
    });
  }

  it("has no commands that ask for accounts, orders or servers", async () => {
    await window().page.keyboard.press("F1");
    await window().quickInput().fill(">Certificates: ");
    const rows = window().page.locator(".quick-input-widget:visible .monaco-list-row");
    await rows.filter({ hasText: "Compare with…" }).waitFor();
    const names = (await rows.allInnerTexts()).flatMap((text) => /^Certificates: .*/.exec(text)?.[0] ?? []);
    assert.deepEqual(names.sort(), [
      "Certificates: Compare with…",
      "Certificates: Export Certificates…",
      // The editor's own, for each view.
      "Certificates: Focus on Orders View",
      "Certificates: Show Certificate Details",
    ]);
    await window().page.keyboard.press("Escape");
  });

  it("reaches nobody", () => assert.deepEqual(editor?.strays, []));
});
