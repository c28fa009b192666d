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
};

/** What the page says of each, and what shows that more than its frame was read. */
const PAGES: readonly (readonly [file: string, says: readonly Words[]])[] = [
  ["github.pem", ["github.com", "Not valid", /SHA-256/, "Read in the browser"]],
  ["leaf.der", ["RSA", "Read in the browser"]],
  ["chain.p7b", ["certificate", "Read in the browser"]],
  ["list.crl", ["Revocation list", "Read in the browser"]],
  ["request.csr", ["Certificate request", "Read in the browser"]],
  ["store.p12", ["Its password cannot be entered in the browser"]],
];

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
      await window().command("View: Close All Editors");
    });
  }

  it("says in the empty view what is not here", async () => {
    await window().openView("Certificates");
    const welcome = window().page.locator(".part.sidebar .welcome-view-content");
    await welcome.filter({ hasText: "Orders, accounts, saving for servers" }).waitFor();
    await window().sideBarWidth(300);
    await window().screenshot("empty-view");
  });

  it("reaches nobody", () => assert.deepEqual(editor?.strays, []));
});
