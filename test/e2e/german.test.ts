import { DEMO_ACCOUNT } from "../../src/sandbox/server";
import { trackSamples } from "../workbench/seed";
import { useEditor } from "./editor";
import { useSandbox } from "./sandbox";

describe("a person who reads German", () => {
  const editor = useEditor({ language: "de" });
  useSandbox(editor, { accounts: [DEMO_ACCOUNT], step: 1000 });
  before("track the samples", () => trackSamples(editor().globalStorage));

  it("sees the orders", async () => {
    const window = await editor().open();
    await window.openView("Zertifikate");
    await window.row(/^Ausstehend/).waitFor();
    await window.screenshot("german-1-waiting");
    await window.row("Bereit").waitFor();
    await window.rowSays("www.sandbox.example", /\d+\.\d+\.\d+/);
    await window.screenshot("german-2-ready");
  });

  it("is told what is ready, and asked in German", async () => {
    const { window } = editor();
    await window.notification(/Zertifikat.* bereit/);
    await window.screenshot("german-3-notice");
    await window.command("Zertifikate: Konto hinzufügen…");
    await window.quickSays("Wo haben Sie die Aufträge erteilt?");
    await window.screenshot("german-4-question");
    await window.page.keyboard.press("Escape");
  });

  it("reads the details of an order", async () => {
    const { window } = editor();
    await window.commandPicked(
      "Zertifikate: Details anzeigen",
      "www.sandbox.example",
      "Wählen Sie den Auftrag, dessen Details angezeigt werden sollen",
    );
    await window.webview().getByPlaceholder("Nach Name, Wert oder OID filtern").waitFor();
    const card = window.webview().getByRole("button", { name: /^Auftrag \d+$/ });
    if ((await card.getAttribute("aria-expanded")) === "false") await card.click();
    await window.webviewSays("Zertifikat für www.sandbox.example abgeholt");
    await window.command("Notifications: Clear All Notifications");
    await window.screenshot("german-5-details");
    await window.webview().getByText("Verlauf").first().scrollIntoViewIfNeeded();
    await window.screenshot("german-6-history");
  });
});
