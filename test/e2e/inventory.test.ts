import { mkdir, readdir, copyFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Issuer } from "../page/issued";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";

const SHOW = "Certificates: Show Certificates in This Workspace";

/** Puts certificates into a folder: two of strangers, one twice, and what cannot be read. */
async function fill(folder: string): Promise<void> {
  const issuer = new Issuer();
  const leaf = (name: string) =>
    issuer.chain({
      ...({ issuer: "dv-ec", key: "p-256", lifetime: "tls", transparency: false } as const),
      ...{ purposes: ["1.3.6.1.5.5.7.3.1"], policies: ["2.23.140.1.2.1"] },
      ...{ subject: [["commonName", name]] as const, dnsNames: [name] },
    });
  await mkdir(path.join(folder, "tls"), { recursive: true });
  const www = await leaf("www.example.com");
  await writeFile(path.join(folder, "tls", "www.pem"), www);
  await writeFile(path.join(folder, "copy.crt"), www);
  await writeFile(path.join(folder, "mail.pem"), await leaf("[Click](command:workbench.action.closeAllEditors)"));
  await writeFile(path.join(folder, "damaged.crt"), "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
}

describe("a person who wants to know what certificates a folder has", () => {
  const editor = useEditor({ extension: "package", asksForTrust: true });
  useSandbox(editor);

  it("is asked before anything is read in Restricted Mode, and finds them by one click", async () => {
    const window = await editor().open();
    await window.command(SHOW);
    const welcome = window.page.locator(".part.sidebar").getByText("This folder is in Restricted Mode.");
    await welcome.waitFor();
    await window.screenshot("inventory-1-restricted");
    await fill(editor().folder);
    await window.page.locator(".part.sidebar").getByRole("button", { name: "Look for Certificates" }).click();
    await window.rowSays("www.example.com", "not tracked");
    await window.rowSays("damaged.crt", "damaged, or not a certificate");
    await window.screenshot("inventory-2-found");
  });

  it("sees which order they belong to, as soon as it is tracked", async () => {
    const window = editor().window;
    await window.openView("Certificates");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await trackOrder(window, "My account", { product: "ssl", number: "1000003", label: "Shop" });
    await window.rowSays("Shop", "New: the certificate is here");
    const blobs = path.join(editor().globalStorage, "certificates");
    const names = (await readdir(blobs, { recursive: true })).filter((name) =>
      /[0-9a-f]{64}/.test(path.basename(name)),
    );
    for (const [index, name] of names.entries()) {
      await copyFile(path.join(blobs, name), path.join(editor().folder, "tls", `held${index}.der`));
    }
    await window.command(SHOW);
    await window.rowSays("tls/held", "Shop");
    await window.screenshot("inventory-3-order");
    await window.sideBarWidth(300);
    await window.screenshot("inventory-4-narrow-light");
    await window.command("Preferences: Toggle between Light/Dark Themes");
    await window.screenshot("inventory-5-dark");
  });

  it("opens the details of a file by a click, and what else there is from its menu", async () => {
    const window = editor().window;
    await window.row("copy.crt").click();
    await window.webviewSays("www.example.com");
    await window.rowMenu("copy.crt", "Compare with…");
    await window.pick("portal.sandbox.example");
    await window.editorSays("Certificate");
    await window.screenshot("inventory-6-compared");
    await window.rowMenu("copy.crt", "Copy Path");
    await window.copied(path.join(editor().folder, "copy.crt"));
  });
});

describe("a person whose language is German", () => {
  const editor = useEditor({ language: "de" });

  it("finds no certificates, and then some", async () => {
    const window = await editor().open();
    await window.command("Zertifikate: Zertifikate in diesem Arbeitsbereich anzeigen");
    await window.page.locator(".part.sidebar").getByText("keine Zertifikate gefunden").waitFor();
    await window.page.locator(".part.sidebar").getByRole("button", { name: "Muster ändern" }).waitFor();
    await window.screenshot("inventory-7-empty");
    await fill(editor().folder);
    await window.rowSays("www.example.com", "nicht verfolgt");
    await window.screenshot("inventory-8-german");
  });
});
