import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { readContainers } from "../../src/certificates/containers/read";
import { openPkcs12 } from "../../src/certificates/pkcs12/open";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";

const ORDER = "1000008";
const CHAIN = "renewed.sandbox.example.chained.crt";
const KEY = "renewed.sandbox.example.key";
/** No word of it occurs anywhere else. */
const FILE_PASSWORD = "Vexed+Quöll/12";

describe("a person who deploys a certificate", () => {
  const editor = useEditor();
  /** The clock of the sandbox's orders, epoch ms: it stands still, so that none moves because a computer is slow. */
  let now = Date.now();
  const sandbox = useSandbox(editor, { clock: { now: () => now } });

  const at = (name: string): string => path.join(editor().folder, name);
  const leaf = async (): Promise<X509Certificate> => new X509Certificate(await readFile(at(CHAIN)));
  let first = "";

  it("saves it for nginx with the key that lies in the folder, and opens what was saved", async () => {
    await mkdir(at("certs"));
    await writeFile(at("certs/renewed.key"), await sandbox().privateKeyPem(ORDER));
    const window = await editor().open();
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await trackOrder(window, "My account", { product: "ssl", number: ORDER, label: "Old shop" });
    await window.rowSays("Old shop", "Expires in");
    await window.command("Notifications: Clear All Notifications");
    await window.rowMenu("Old shop", "Save As…");
    await window.quickSays("What do you want to save it for?");
    await window.screenshot("saving-1-what");
    await window.pick("nginx", "What do you want to save it for?");
    await window.quickSays("Choose a folder to save in");
    await window.screenshot("saving-2-where");
    await window.pick("workspace folder", "Choose a folder to save in");
    await window.quickSays("Which private key should be written with the certificate?");
    await window.screenshot("saving-3-key");
    await window.pick("certs/renewed.key", "Which private key");
    await window.notification(`Saved for Old shop: ${CHAIN} and ${KEY}.`);
    await window.screenshot("saving-4-saved");
    await window.notificationAction("Saved for Old shop", "How to Use It");
    await window.editorSays("ssl_certificate");
    await window.screenshot("saving-5-how-to-use-it");
    const saved = await leaf();
    first = saved.serialNumber;
    assert.ok(saved.checkPrivateKey(createPrivateKey(await readFile(at(KEY)))));
    assert.equal((await stat(at(KEY))).mode & 0o777, 0o600);
  });

  it("is offered to save the reissued one where it went, sees what changes, and does it by one click", async () => {
    const window = editor().window;
    await writeFile(at("certs/renewed.key"), await sandbox().privateKeyPem(ORDER, 1));
    // What was said of the first certificate is over.
    await window.command("Notifications: Clear All Notifications");
    now += 60_000;
    await window.notification("The certificate for Old shop is ready.");
    await window.rowSays("Old shop", "save again");
    await window.screenshot("saving-6-reissued");
    await window.notificationAction("The certificate for Old shop is ready.", "Save Again…");
    await window.quickSays("These are the current and the new content. Replace the file?");
    await window.page.getByText("The key is new").first().waitFor();
    await window.screenshot("saving-7-differences");
    assert.equal((await leaf()).serialNumber, first);
    await window.pick("Replace 2 Files");
    await window.notification(`Saved for Old shop: ${CHAIN} and ${KEY}.`);
    await window.tab("current and new").waitFor({ state: "detached" });
    await window.screenshot("saving-8-saved-again");
    const saved = await leaf();
    assert.notEqual(saved.serialNumber, first);
    assert.ok(saved.checkPrivateKey(createPrivateKey(await readFile(at(KEY)))));
  });

  it("reads on the order's page where it went", async () => {
    const window = editor().window;
    await window.command("Notifications: Clear All Notifications");
    await window.row("Done").click();
    await window.rowMenu("Old shop", "Show Details");
    await window.webviewSays("renewed.sandbox.example");
    const card = window.webview().getByRole("button", { name: /^Order \d+$/ });
    if ((await card.getAttribute("aria-expanded")) === "false") await card.click();
    await window.webview().getByText("Saved as").first().scrollIntoViewIfNeeded();
    await window.screenshot("saving-9-page");
  });

  it("is asked before a file is replaced, and may look first", async () => {
    const window = editor().window;
    await writeFile(at(CHAIN), "Written by hand.\n");
    await window.rowMenu("Old shop", "Save As…");
    await window.pick("nginx", "What do you want to save it for?");
    await window.pick("same as last time", "Choose a folder to save in");
    await window.pick("Without the Private Key", "Which private key");
    await window.page.locator(".monaco-dialog-box").filter({ hasText: "The file already exists." }).waitFor();
    await window.screenshot("saving-10-there");
    await window.dialog("The file already exists.", "Show Differences");
    await window.editorSays("Written by hand.");
    await window.screenshot("saving-11-differences");
    await window.pick("Leave Everything as It Is");
    assert.equal(await readFile(at(CHAIN), "utf8"), "Written by hand.\n");
  });

  it("makes a PKCS #12 file with a password that is masked, typed twice and kept nowhere", async () => {
    const window = editor().window;
    await window.rowMenu("Old shop", "Save As…");
    await window.pick("PKCS #12", "What do you want to save it for?");
    await window.quickSays("Which programs will open it?");
    await window.quickSays("not every version of Apple’s Keychain");
    await window.screenshot("saving-12-programs");
    await window.pick("Current programs");
    await window.pick("same as last time", "Choose a folder to save in");
    await window.pick("certs/renewed.key", "Which private key");
    // It is not ASCII: who refuses it is said while the person can still go back.
    for (const words of ["Choose a password", "Java (keytool, Tomcat) refuses this password"]) {
      await window.quickSays(words);
      assert.equal(await window.quickInput().getAttribute("type"), "password", "the password shows on screen");
      if (words.startsWith("Choose")) await window.screenshot("saving-13-password");
      await window.answer(FILE_PASSWORD, words);
    }
    await window.notification("Saved for Old shop: renewed.sandbox.example.p12.");
    await window.screenshot("saving-14-pkcs12");
    const pfx = readContainers(await readFile(at("renewed.sandbox.example.p12"))).objects.find(
      ({ kind }) => kind === "pfx",
    );
    assert.ok(pfx !== undefined && "der" in pfx);
    const { objects } = await openPkcs12(pfx.der, FILE_PASSWORD, pfx);
    assert.ok(objects.some(({ kind }) => kind === "privateKey"));
    assert.deepEqual(await editor().search(FILE_PASSWORD), []);
  });
});
