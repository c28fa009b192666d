import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFile, readFile, rename, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createServer, type Server } from "node:tls";
import { TestAuthority } from "../servers/authority";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, type Known, trackOrder } from "./steps";
import type { Window } from "./window";

const root = path.resolve(__dirname, "..", "..", "..");
const fixtures = path.join(root, "test", "fixtures", "certificates");

const ORDERS: readonly (Known & { readonly says: string })[] = [
  { product: "ssl", number: "1000001", label: "DV", says: "Valid for" },
  { product: "ssl", number: "1000005", label: "OV multi-domain", says: "domain names" },
  { product: "smime", number: "2000001", label: "Mail", says: "Valid for" },
  { product: "mc", number: "5000001", label: "Mark", says: "Valid for" },
];

/** Files of the folder, by the fixture that each is a copy of. */
const FILES: Readonly<Record<string, string>> = {
  "aes.p12": "containers/aes-rsa.p12",
  "legacy.p12": "containers/legacy-rc2-40.p12",
  "request.csr": "containers/request.pem",
  "list.crl": "containers/list.pem",
  "leaf.der": "containers/leaf.der",
  "old.pem": "extensions/old.pem",
};

const THEMES = { dark: "Dark Modern", light: "Light Modern", contrast: "Dark High Contrast" } as const;

describe("a person looking into certificates", () => {
  const editor = useEditor();
  let ahead = 0;
  useSandbox(editor, { plainPort: 0, step: 2_000, clock: { now: () => Date.now() + ahead } });
  let server: Server | undefined;

  before("put files into the folder", async () => {
    for (const [name, fixture] of Object.entries(FILES)) {
      await copyFile(path.join(fixtures, fixture), inFolder(name));
    }
    const pem = await readFile(path.join(fixtures, "extensions", "tls-leaf.pem"), "utf8");
    await writeFile(inFolder("broken.pem"), pem.replace(/^(.{400})..../s, "$1****"));
    await writeFile(inFolder("notes.pem"), Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 97) % 251)));
  });
  after(() => server?.close());

  const inFolder = (name: string): string => path.join(editor().folder, name);

  async function useTheme(window: Window, theme: keyof typeof THEMES): Promise<void> {
    await window.commandAnswered("Preferences: Color Theme", "Color Theme", THEMES[theme]);
  }

  /** Chooses a row of a file's context menu in the explorer. */
  async function fileMenu(window: Window, file: string, item: string): Promise<void> {
    await window.command("File: Focus on Files Explorer");
    await window.rowMenu(file, item);
  }

  /** Clicks a button of the details page. */
  async function pageAction(window: Window, button: string): Promise<void> {
    await window.webview().getByRole("button", { name: button, exact: true }).click();
  }

  it("sees of each kind who it is for, until when, whether it is good, and why", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    for (const order of ORDERS) await trackOrder(window, "My account", order);
    for (const { label, says } of ORDERS) {
      await window.rowSays(label, "New: the certificate is here");
      await window.commandPicked("Certificates: Show Details", label, "Choose an order to show its details");
      await window.tab(label).waitFor();
      await window.webviewSays(says);
      await window.command("Certificates: Keep Details Open");
    }
    await window.command("View: Toggle Primary Side Bar Visibility");
    for (const theme of ["dark", "light", "contrast"] as const) {
      await useTheme(window, theme);
      for (const { label, says } of ORDERS) {
        await window.tab(label).click();
        await window.webviewSays(says);
        await window.screenshot(`certificate-${label.toLowerCase().replaceAll(" ", "-")}-${theme}`);
      }
    }
    await useTheme(window, "dark");
  });

  it("asks whether one was revoked, having read what is sent, and sees the answer on the page", async () => {
    const window = editor().window;
    await window.tab("DV").first().click();
    await pageAction(window, "Check Revocation…");
    await window.page.locator(".monaco-dialog-box").filter({ hasText: "The serial number" }).waitFor();
    await window.screenshot("certificate-revocation-consent");
    await window.dialog("The serial number of the certificate", "Ask");
    await window.webviewSays(/It was not revoked, according to the OCSP server/);
    await window.screenshot("certificate-revocation-good");

    await window.openView("Certificates");
    await trackOrder(window, "My account", { product: "ssl", number: "1000012", label: "Revoked soon" });
    await window.rowSays("Revoked soon", "New: the certificate is here");
    // It has come to its place, from where it waited.
    await window.rowSays("Ready", "5");
    await window.row("Waiting").waitFor({ state: "detached" });
    ahead = 60_000;
    await window.rowMenu("Revoked soon", "Check Revocation…", "Check");
    await window.dialog("The serial number of the certificate", "Ask");
    await window.webviewSays(/It was revoked on [A-Z][a-z]{2} \d{1,2}, \d{4}/);
    await window.webviewSays(/Revoked on [A-Z][a-z]{2} \d/);
    await window.rowSays("Trouble", "1");
    await window.rowSays("Revoked soon", /Revoked on [A-Z][a-z]{2} \d/);
    await window.screenshot("certificate-revocation-revoked");

    // A file with the same certificate is not called a good one, although nobody was asked about the file.
    await window.rowMenu("Revoked soon", "PEM", "Copy");
    const copied = await window.untilCopied((text) => text.startsWith("-----BEGIN C"));
    await writeFile(inFolder("revoked.pem"), copied);
    await fileMenu(window, "revoked.pem", "Show Certificate Details");
    await window.tab("revoked.pem").waitFor();
    await window.webviewSays(/Revoked on [A-Z][a-z]{2} \d/);
    await window.screenshot("file-of-a-revoked-certificate");
  });

  it("fetches the issuers that a file lacks, one after the other, and opens the whole chain", async () => {
    const window = editor().window;
    await window.tab("DV").first().click();
    await pageAction(window, "Open Certificate");
    await window.tab("www.sandbox.example.pem").waitFor();
    const [leaf = ""] = /-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/.exec(await window.editorText()) ?? [];
    await writeFile(inFolder("leaf-only.pem"), leaf);
    await fileMenu(window, "leaf-only.pem", "Show Certificate Details");
    await window.webviewSays("ends below the root");
    await pageAction(window, "Find Missing Issuers…");
    await window.dialog("that issued www.sandbox.example?", "Ask");
    await window.dialog("above that one as well?", "Ask");
    await window.webviewSays("The chain is now complete up to a root.");
    await window.screenshot("certificate-issuers-found");
    await window.notificationAction("Found Sandbox RSA Domain Validation", "Open Chain as PEM");
    await window.tab("with issuers.pem").waitFor();
    await window.command("Notifications: Clear All Notifications");
  });

  it("opens files of every kind with the details editor", async () => {
    const window = editor().window;
    await window.command("View: Close All Editors");
    await fileMenu(window, "request.csr", "Open With...");
    await window.pick("Certificate Details");
    await window.webviewSays("Certificate request");
    await window.screenshot("file-request-csr");
    for (const [file, says] of [
      ["list.crl", "Revocation list"],
      ["leaf.der", "Fingerprints"],
      ["old.pem", "Self-signed"],
      ["broken.pem", "It is damaged"],
      ["notes.pem", "no certificate"],
    ] as const) {
      await fileMenu(window, file, "Show Certificate Details");
      await window.tab(file).waitFor();
      await window.webviewSays(new RegExp(says, "i"));
      await window.screenshot(`file-${file.replace(".", "-")}`);
    }
    await useTheme(window, "light");
    await fileMenu(window, "broken.pem", "Show Certificate Details");
    await window.webviewSays(/It is damaged/);
    await window.screenshot("file-broken-pem-light");
    await useTheme(window, "contrast");
    await window.screenshot("file-broken-pem-contrast");
    await useTheme(window, "dark");
  });

  it("copies from a page's context menu, which offers nothing else, what is below the pointer", async () => {
    const window = editor().window;
    await fileMenu(window, "leaf.der", "Show Certificate Details");
    await window.tab("leaf.der").waitFor();
    await window.webviewSays("Fingerprints");
    assert.deepEqual(await window.pageMenu('dd .shown:text-is("www.example.test")', "Copy"), ["Copy"]);
    await window.copied("www.example.test");
  });

  it("opens PKCS #12 files by their password, modern and legacy, after a wrong one", async () => {
    const window = editor().window;
    for (const [file, password, subject] of [
      ["aes.p12", "pässword", "Example Root"],
      ["legacy.p12", "secret", "Example Root"],
    ] as const) {
      await window.openFile(file);
      await window.webviewSays("PKCS #12");
      await window.screenshot(`file-${file.replace(".", "-")}-locked`);
      await pageAction(window, "Enter Password…");
      await window.answer("wrong", "Password for the PKCS #12 file");
      await window.quickSays("Enter a different one");
      await window.screenshot(`file-${file.replace(".", "-")}-wrong-password`);
      await window.answer(password, "Enter a different one");
      await window.webviewSays(subject);
      await window.webviewSays("It matches: the private key in this file belongs to its certificate.");
      await window.screenshot(`file-${file.replace(".", "-")}-open`);
    }
  });

  it("sees a file follow its changes on disk, be gone, and come back", async () => {
    const window = editor().window;
    await fileMenu(window, "leaf.der", "Show Certificate Details");
    await window.webviewSays("Fingerprints");
    await copyFile(path.join(fixtures, "containers/request.pem"), inFolder("new.tmp"));
    await rename(inFolder("new.tmp"), inFolder("leaf.der"));
    await window.webviewSays("Certificate request");
    await rename(inFolder("leaf.der"), inFolder("elsewhere.der"));
    await window.webviewSays("no longer exists");
    await window.screenshot("file-gone");
    await rename(inFolder("elsewhere.der"), inFolder("leaf.der"));
    await window.webviewSays("Certificate request");
  });

  it("compares a file with what a live host shows", async () => {
    const window = editor().window;
    const authority = await TestAuthority.create();
    const [mine, others] = [await authority.issue(), await authority.issue({ dnsNames: ["old.example.test"] })];
    let shown = others;
    server = createServer(others, (socket) => socket.on("error", () => undefined).end());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await writeFile(inFolder("server.pem"), mine.cert);
    await fileMenu(window, "server.pem", "Show Certificate Details");
    for (const says of [/presents (another|an older|a newer) certificate/, /presents this certificate/]) {
      server.setSecureContext(shown);
      await pageAction(window, "Compare with Live Host…");
      await window.quickSays("makes one TLS handshake directly with it");
      await window.screenshot("certificate-live-host-question");
      await window.answer(`127.0.0.1:${port}`);
      await window.webviewSays(says);
      await window.screenshot(`certificate-live-host-${shown === mine ? "same" : "other"}`);
      shown = mine;
    }
  });

  it("finds what is wrong with a file among the problems", async () => {
    const window = editor().window;
    await window.openFile("old.pem");
    await window.command("Problems: Focus on Problems View");
    await window.page.locator(".markers-panel .monaco-list-row").filter({ hasText: "RFC 5280" }).first().waitFor();
    await window.screenshot("certificate-problems");
  });
});
