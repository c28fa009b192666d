const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");
const { createPart } = require("./part-loader");

/** Bytes of a module that several others share: smaller ones lie in one file. */
const SMALL = 24 * 1024;

/** Bytes of any other module that is not worth a file of its own, which costs the package some 200. */
const TINY = 6 * 1024;

/**
 * Puts what is read at start in any case into one file, since each file costs the host a look-up, and what is small and
 * is read later into another. Whoever needs a module of these asks for it by its former name, so that
 * there is one of each.
 * @param {string} folder with the CommonJS modules: `extension.js`, `reading.js` (the thread's), and what they import
 * @param {import("esbuild").Metafile} metafile of the modules
 */
function joinModules(folder, { outputs }) {
  const modules = new Map(Object.entries(outputs).map(([file, output]) => [path.basename(file), output]));
  /** @param {string} start @param {readonly string[]} kinds */
  const reached = (start, kinds) => {
    const names = new Set([start]);
    for (const name of names) {
      for (const { kind, path: file } of modules.get(name)?.imports ?? []) {
        if (kinds.includes(kind) && file in outputs) names.add(path.basename(file));
      }
    }
    return names;
  };
  const files = fs.readdirSync(folder).filter((name) => name.endsWith(".js"));
  const atStart = reached("extension.js", ["import-statement"]);
  // The thread that reads cannot load the extension's file, for it has no editor: it gets what it needs of it in
  // another.
  const inThread = reached("reading.js", ["import-statement", "dynamic-import"]);
  const isShared = (/** @type {string} */ name) =>
    name !== "reading.js" &&
    !atStart.has(name) &&
    fs.statSync(path.join(folder, name)).size <= (/^chunk-/.test(name) ? SMALL : TINY);
  const shared = new Set(files.filter(isShared));

  /** @type {readonly (readonly [names: ReadonlySet<string>, home: string])[]} */
  const homes = [
    [atStart, "parts.js"],
    [shared, "shared.js"],
  ];
  /** @type {Map<string, string>} */
  const codes = new Map();
  for (const own of files) {
    let code = fs.readFileSync(path.join(folder, own), "utf8");
    // Modules of one file ask each other.
    for (const [names, home] of homes.filter(([names]) => !names.has(own)))
      for (const name of names)
        code = code.replaceAll(`require("./${name}")`, `require("./${home}").part("./${name}")`);
    codes.set(own, code);
  }
  const write = (/** @type {string} */ name, /** @type {string} */ code) =>
    fs.writeFileSync(path.join(folder, name), code);
  const joined = (/** @type {Iterable<string>} */ names) => {
    const parts = [...names].map((name) => `"./${name}"(module,require){${codes.get(name)}}`);
    return `"use strict";${LOADER}const part=createPart({${parts.join(",")}},(name)=>require(name));`;
  };
  for (const [name, code] of codes) {
    if (atStart.has(name) || shared.has(name)) fs.rmSync(path.join(folder, name));
    else write(name, code);
  }
  write("extension.js", `${joined(atStart)}module.exports={...part("./extension.js"),part};`);
  write("parts-in-thread.js", `${joined([...atStart].filter((name) => inThread.has(name)))}module.exports={part};`);
  const which = 'require("node:worker_threads").isMainThread?require("./extension.js"):require("./parts-in-thread.js")';
  write("parts.js", `"use strict";module.exports=${which};`);
  write("shared.js", `${joined(shared)}module.exports={part};`);
}

/** The loader's own text, without its comments. */
const LOADER = esbuild.transformSync(createPart.toString(), { minifyWhitespace: true, minifySyntax: true }).code.trim();

module.exports = { joinModules };
