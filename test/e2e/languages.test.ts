import { readFileSync } from "node:fs";
import path from "node:path";
import { DEMO_ACCOUNT } from "../../src/sandbox/server";
import { trackSamples } from "../workbench/seed";
import { useEditor } from "./editor";
import { useSandbox } from "./sandbox";

const ROOT = path.resolve(__dirname, "..", "..", "..");

type Texts = Readonly<Record<string, string>>;

const textsOf = (...file: readonly string[]): Texts =>
  JSON.parse(readFileSync(path.join(ROOT, ...file), "utf8")) as Texts;

// German has a journey of its own. What is looked for here is what the bundles say: that it is said, and where.
for (const language of ["es", "fr", "ja"]) {
  describe(`a person who reads "${language}"`, () => {
    const editor = useEditor({ language });
    useSandbox(editor, { accounts: [DEMO_ACCOUNT], step: 1000 });
    before("track the samples", () => trackSamples(editor().globalStorage));

    const texts = textsOf("l10n", `bundle.l10n.${language}.json`);
    const manifest = textsOf(`package.nls.${language}.json`);
    const said = (english: string): string => texts[english] ?? `not translated: ${english}`;
    const command = (name: string): string => `${manifest.category}: ${manifest[`command.${name}`]}`;

    it("sees the orders", async () => {
      const window = await editor().open();
      await window.openView(manifest["view.container"] ?? "");
      // The heading: the row of an order that waits for the person says so, too.
      await window.row(new RegExp(`^${said("Waiting")}`)).waitFor();
      await window.row(said("Ready")).waitFor();
      await window.rowSays("www.sandbox.example", /\d/);
      await window.screenshot(`${language}-1-orders`);
    });

    it("is asked in it", async () => {
      const { window } = editor();
      await window.command(command("addAccount"));
      await window.quickSays(said("Where did you place the orders?"));
      await window.screenshot(`${language}-2-question`);
      await window.page.keyboard.press("Escape");
    });

    it("reads the details of an order and its certificate", async () => {
      const { window } = editor();
      await window.commandPicked(
        command("showDetails"),
        "www.sandbox.example",
        said("Choose an order to show its details"),
      );
      await window.webview().getByPlaceholder(said("Filter by name, value or OID")).waitFor();
      await window.webviewSays(new RegExp(said("Order {0}").replace("{0}", String.raw`\d+`)));
      await window.command("Notifications: Clear All Notifications");
      await window.screenshot(`${language}-3-details`);
    });
  });
}
