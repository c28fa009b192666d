import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { readLanguageTexts } from "../../../src/storage/language-texts";

describe("texts packed from a folder", () => {
  const { packLanguages } = createRequire(path.resolve("package.json"))("./build/pack-languages.js") as {
    packLanguages: (folder: string, outdir: string) => void;
  };
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "bundles-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const pack = (bundles: Readonly<Record<string, Readonly<Record<string, string>>>>): string => {
    for (const [language, texts] of Object.entries(bundles))
      writeFileSync(path.join(folder, `bundle.l10n.${language}.json`), JSON.stringify(texts));
    writeFileSync(path.join(folder, "README.json"), "{}");
    packLanguages(folder, path.join(folder, "packed"));
    return path.join(folder, "packed");
  };

  it("are those of each language, in English where it lacks one", () => {
    const packed = pack({
      de: { "One thing": "Ein Ding", "Another thing": "Ein anderes Ding", Two: "Zwei" },
      "pt-BR": { "One thing": "Uma coisa", Two: "Dois" },
    });
    assert.deepEqual(readdirSync(packed).sort(), ["de.br", "keys", "pt-br.br"]);
    const said = ["de", "pt-br"].map((language) =>
      ["One thing", "Another thing", "Two", "Three"].map(readLanguageTexts(language, packed)),
    );
    assert.deepEqual(said, [
      ["Ein Ding", "Ein anderes Ding", "Zwei", undefined],
      ["Uma coisa", "Another thing", "Dois", undefined],
    ]);
  });

  it("have no line breaks, which stand between them", () => {
    assert.throws(() => pack({ de: { One: "Eins\nZwei" } }), /A text of "de" has a line break: Eins/);
  });
});
