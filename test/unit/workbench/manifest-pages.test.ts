import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { COMMAND_TOPICS } from "../../workbench/command-topics";
import { commandsPage, settingsPage, type ManifestTexts, type PageManifest } from "../../workbench/manifest-pages";

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as PageManifest;
const texts = JSON.parse(readFileSync("package.nls.json", "utf8")) as ManifestTexts;

/** Fields that commands read of their arguments, as by `given.text("order")` and `uriOf(given, "key")`. */
function readFields(): ReadonlySet<string> {
  const sources = ["src/editor/commands", "src/editor/serving"].flatMap((folder) =>
    readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8")),
  );
  const reads = /(?:\.(?:text|choice|list|texts|flag|object)\(|\buriOf\(.*?,)\s*"([a-zA-Z]+)"/g;
  return new Set(sources.flatMap((text) => [...text.matchAll(reads)].map(([, name = ""]) => name)));
}

/** Names in code of what a command takes; those in parentheses are values. */
function documentedFields(): ReadonlySet<string> {
  const all = COMMAND_TOPICS.flatMap(({ commands }) => Object.values(commands)).flatMap(({ takes = "" }) => takes);
  const names = all.flatMap((takes) => [...takes.replace(/\([^)]*\)/g, "").matchAll(/`(\w+)`/g)]);
  // What the page says once for all commands.
  return new Set([...names.map(([, name = ""]) => name), "selected"]);
}

describe("pages made of the manifest", () => {
  const pages: [file: string, text: string][] = [
    ["docs/COMMANDS.md", commandsPage(manifest, texts)],
    ["docs/SETTINGS.md", settingsPage(manifest, texts)],
  ];
  for (const [file, text] of pages) {
    it(`${file} is current: "npm run docs" writes it`, () => {
      assert.equal(readFileSync(file, "utf8"), text);
    });
  }

  it("name every command once", () => {
    const named = COMMAND_TOPICS.flatMap(({ commands }) => Object.keys(commands));
    const declared = manifest.contributes.commands.map(({ command }) => command.replace("certificateCollector.", ""));
    assert.deepEqual(named.sort(), declared.sort());
  });

  it("name every field that commands read, and no other", () => {
    assert.deepEqual([...documentedFields()].sort(), [...readFields()].sort());
  });

  it("say of every command where it is", () => {
    const lost = pages[0]?.[1].split("\n").filter((line) => /^\| [^|]+ \| `\w+` +\| +\|/.test(line));
    assert.deepEqual(lost, []);
  });

  const small: PageManifest = {
    contributes: {
      configuration: {
        properties: {
          "x.b": { scope: "application", default: ["a|b"], order: 2, description: "%b%" },
          "x.a": {
            ...{ scope: "machine", default: "on", order: 1, markdownDescription: "%a%" },
            ...{ enum: ["on", "off"], enumDescriptions: ["%on%", "%off%"] },
          },
        },
      },
      ...{ commands: [], menus: {}, submenus: [], views: {}, keybindings: [], languageModelTools: [] },
    },
  };
  const words: ManifestTexts = { a: "See *this* and `#x.b#`,\nor **that**.", b: "One | two.", on: "Yes.", off: "No." };

  it("have settings in their order, as tables that Prettier leaves alone", () => {
    assert.deepEqual(settingsPage(small, words).split("\n").slice(6), [
      "| setting | default    | scope       | what it does                                             |",
      "| ------- | ---------- | ----------- | -------------------------------------------------------- |",
      '| `x.a`   | `"on"`     | machine     | See _this_ and `x.b`, or **that**. `on`: Yes. `off`: No. |',
      '| `x.b`   | `["a\\|b"]` | application | One \\| two.                                              |',
      "",
    ]);
  });

  it("refuse a text that is not there", () => {
    assert.throws(() => settingsPage(small, { ...words, off: undefined as unknown as string }), /no text off/);
    assert.throws(() => commandsPage(small, words), /no command addAccount/);
  });
});
