import { trackOrders } from "../workbench/seed";
import { catalogue, DEMO_ACCOUNT } from "../../src/sandbox/server";
import { useEditor } from "./editor";
import { useSandbox } from "./sandbox";
import type { Window } from "./window";

/** Sample orders that wait forever: for a record and a file, for the agreement, and for a CAA record. */
const NUMBERS: ReadonlySet<string> = new Set(["1000025", "1000026", "1000022"]);

const waiting = () => catalogue().filter(({ orderNumber }) => NUMBERS.has(orderNumber));

/** Themes by their titles, with the class that the window has then. */
const THEMES = { dark: ["Dark Modern", "vs-dark"], light: ["Light Modern", "vs"] } as const;

async function inThemes(window: Window, name: string): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    const [label, shown] = THEMES[theme];
    await window.commandAnswered("Preferences: Color Theme", "Color Theme", label);
    await window.page.locator(`.monaco-workbench.${shown}`).waitFor();
    await window.screenshot(`${name}-${theme}`);
  }
}

describe("a person who asks what the CA waits for", () => {
  const editor = useEditor();
  useSandbox(editor, { step: 0, accounts: [DEMO_ACCOUNT] });
  before("track orders", () => trackOrders(editor().globalStorage, waiting()));

  it("sees by which method each domain is to be validated, in the row and on the page", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await window.rowSays("a.example", "Validate 2 domains");
    await window.rowMenu("a.example", "What Does the CA Wait For?");
    await window.webview().getByRole("heading", { name: "What the CA waits for" }).waitFor();
    await window.webviewSays("by a CNAME record");
    await window.webviewSays("by a file over http");
    await window.rowSays("a.example", "Put CNAME record, 1 more");
    await inThemes(window, "what-ca-waits-for-domains");
  });

  it("reads whether the agreement's mail was opened", async () => {
    const { window } = editor();
    await window.row("signing.sandbox.example").click();
    await window.webview().getByRole("button", { name: "What Does the CA Wait For?" }).click();
    await window.webviewSays("The CA's e-mail about the agreement was sent on");
    await inThemes(window, "what-ca-waits-for-agreement");
  });

  it("asks for another CAA check, and finds it in the history", async () => {
    const { window } = editor();
    await window.commandPicked("Certificates: Ask for Another CAA Check…", "caa.sandbox.example");
    await window.dialog("check the CAA records", "Check Again");
    await window.notification("The CA checks the CAA records");
    await window.screenshot("what-ca-waits-for-caa");
    await window.commandPicked("Certificates: Show Details", "caa.sandbox.example");
    await window.command("Certificates: Show History");
    await window.tab("History of caa.sandbox.example.txt").waitFor();
    await window.editorSays("You asked the CA for another CAA check");
    await window.editorSays("The CA agreed");
  });
});

describe("a person who reads German and asks what the CA waits for", () => {
  const editor = useEditor({ language: "de" });
  useSandbox(editor, { step: 0, accounts: [DEMO_ACCOUNT] });
  before("track orders", () => trackOrders(editor().globalStorage, waiting()));

  it("reads it in German, beside the CA's words", async () => {
    const window = await editor().open();
    await window.openView("Zertifikate");
    // A menu that meets the redraw of rows after the first checks asks which order is meant.
    await window.rowSays("a.example", "2 Domains");
    await window.rowSays("caa.sandbox.example", "CAA-Eintrag");
    await window.rowSays("signing.sandbox.example", "Vereinbarung");
    await window.rowMenu("a.example", "Worauf wartet die CA?");
    await window.webview().getByRole("heading", { name: "Worauf die CA wartet" }).waitFor();
    await window.rowSays("a.example", "CNAME-Eintrag anlegen, 1 weitere");
    await window.screenshot("what-ca-waits-for-german");
  });
});
