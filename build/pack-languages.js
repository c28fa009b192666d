const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");
const zlib = require("node:zlib");

/**
 * Packs `l10n/bundle.l10n.*.json` into `dist/languages`: the keys once for all languages, and the translations of each.
 * A package's own compression, with the English text beside each translation, makes three times as much of them.
 * @param {string} folder with the bundles
 * @param {string} outdir is made anew
 */
function packLanguages(folder, outdir) {
  const { packedKeys } = loaded("src/words/packed-texts.ts");
  const bundles = fs
    .readdirSync(folder)
    .flatMap((name) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(name)?.[1] ?? [])
    .map((language) => ({
      language,
      texts: JSON.parse(fs.readFileSync(path.join(folder, `bundle.l10n.${language}.json`), "utf8")),
    }));
  fs.rmSync(outdir, { recursive: true, force: true });
  fs.mkdirSync(outdir, { recursive: true });
  const keys = Object.keys(bundles[0]?.texts ?? {});
  fs.writeFileSync(path.join(outdir, "keys"), packedKeys(keys));
  for (const { language, texts } of bundles) {
    const values = keys.map((key) => texts[key] ?? key);
    const packed = zlib.brotliCompressSync(JSON.stringify(values), {
      params: { [zlib.constants.BROTLI_PARAM_MODE]: zlib.constants.BROTLI_MODE_TEXT },
    });
    fs.writeFileSync(path.join(outdir, `${language.toLowerCase()}.br`), packed);
  }
}

/** The exports of a module of ours in TypeScript that imports no other. */
function loaded(/** @type {string} */ file) {
  const { code } = esbuild.transformSync(fs.readFileSync(file, "utf8"), { loader: "ts", format: "cjs" });
  const module = { exports: /** @type {any} */ ({}) };
  new Function("module", "exports", code)(module, module.exports);
  return module.exports;
}

module.exports = { packLanguages };
