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
  const english = Object.keys(bundles[0]?.texts ?? {});
  const texts = (/** @type {string} */ key) => bundles.map(({ texts }) => texts[key] ?? key);
  const keys = alikeTogether(english, texts);
  fs.writeFileSync(path.join(outdir, "keys"), packedKeys(keys));
  for (const { language, texts } of bundles) {
    const values = keys.map((key) => texts[key] ?? key);
    const broken = values.find((value) => value.includes("\n"));
    if (broken !== undefined) throw new Error(`A text of "${language}" has a line break: ${broken}`);
    const packed = zlib.brotliCompressSync(values.join("\n"), {
      params: { [zlib.constants.BROTLI_PARAM_MODE]: zlib.constants.BROTLI_MODE_TEXT },
    });
    fs.writeFileSync(path.join(outdir, `${language.toLowerCase()}.br`), packed);
  }
}

/**
 * Keys in an order in which each is followed by the one that shares most words with it, in whatever language: the
 * texts pack a fiftieth smaller so than by alphabet.
 * @param {readonly string[]} keys
 * @param {(key: string) => readonly string[]} texts
 */
function alikeTogether(keys, texts) {
  const pairsOf = new Map(keys.map((key) => [key, new Set(texts(key).flatMap(wordPairs))]));
  /** @type {Map<string, string[]>} */
  const having = new Map();
  for (const [key, pairs] of pairsOf) for (const pair of pairs) having.set(pair, [...(having.get(pair) ?? []), key]);
  const left = new Set(keys);
  const order = [];
  for (let next = keys[0]; next !== undefined;) {
    left.delete(next);
    order.push(next);
    /** @type {Map<string, number>} */
    const scores = new Map();
    for (const pair of pairsOf.get(next) ?? [])
      for (const key of having.get(pair) ?? [])
        if (left.has(key)) scores.set(key, (scores.get(key) ?? 0) + 1 / Math.sqrt((pairsOf.get(key)?.size ?? 0) + 3));
    [next] = [...scores].reduce((best, each) => (each[1] > best[1] ? each : best), [[...left][0], 0]);
  }
  return order;
}

/** Each two and three words of a text that follow each other. */
const wordPairs = (/** @type {string} */ text) => {
  const words = text.split(/\s+/);
  return [2, 3].flatMap((count) =>
    words.slice(0, Math.max(words.length - count + 1, 0)).map((_, at) => words.slice(at, at + count).join(" ")),
  );
};

/** The exports of a module of ours in TypeScript that imports no other. */
function loaded(/** @type {string} */ file) {
  const { code } = esbuild.transformSync(fs.readFileSync(file, "utf8"), { loader: "ts", format: "cjs" });
  const module = { exports: /** @type {any} */ ({}) };
  new Function("module", "exports", code)(module, module.exports);
  return module.exports;
}

module.exports = { packLanguages };
