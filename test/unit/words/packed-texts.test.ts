import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { readLanguageTexts } from "../../../src/storage/language-texts";
import { packedKeys, textKey, translations } from "../../../src/words/packed-texts";

describe("packed texts", () => {
  it("have a key for each English text, as FNV-1a gives it", () => {
    assert.equal(textKey(""), 0x811c9dc5);
    assert.equal(textKey("a"), 0xe40c292c);
    assert.equal(textKey("foobar"), 0xbf9cf968);
  });

  it("translate what is there, and nothing else", () => {
    const translate = translations(packedKeys(["One", "Two"]), ["Eins", "Zwei"]);
    assert.deepEqual(["One", "Two", "Three"].map(translate), ["Eins", "Zwei", undefined]);
  });

  it("refuse two texts of one key, and texts of other keys", () => {
    // The pair collides in FNV-1a of 32 bits.
    assert.throws(() => packedKeys(["costarring", "liquid"]), /one key: "costarring" and "liquid"/);
    assert.throws(() => translations(packedKeys(["One"]), []), RangeError);
  });

  const bundle = JSON.parse(readFileSync("l10n/bundle.l10n.de.json", "utf8")) as Readonly<Record<string, string>>;

  it("are all there in the build", () => {
    const translate = readLanguageTexts("de", path.join("dist", "languages"));
    for (const [english, german] of Object.entries(bundle)) assert.equal(translate(english), german);
  });

  describe("read from a folder", () => {
    let folder = "";
    before(() => {
      folder = mkdtempSync(path.join(tmpdir(), "languages-"));
      writeFileSync(path.join(folder, "keys"), packedKeys(["One"]));
      for (const [name, text] of [
        ["de", "Eins"],
        ["pt-br", "Um"],
        ["xx", undefined],
      ] as const) {
        writeFileSync(path.join(folder, `${name}.br`), text === undefined ? "damaged" : brotliCompressSync(text));
      }
    });
    after(() => rmSync(folder, { recursive: true }));

    for (const [language, said] of [
      ["de", "Eins"],
      ["de-AT", "Eins"],
      ["pt-BR", "Um"],
      ["pt", undefined],
      ["en", undefined],
      ["xx", undefined],
      ["../de", undefined],
      ["", undefined],
    ] as const) {
      it(`"${language}" says ${said ?? "nothing of its own"}`, () =>
        assert.equal(readLanguageTexts(language, folder)("One"), said));
    }
  });
});
