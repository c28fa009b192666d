const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");
const ts = require("typescript");
const { createPart } = require("./part-loader");

/** The modules that decide in which file the others lie. */
const STARTS = {
  extension: "src/extension.ts",
  program: "src/editor/window/composition.ts",
  thread: "src/reading/main.ts",
  sandbox: "src/sandbox/server.ts",
};

const AT_ONCE = ["import-statement"];
const ALSO_LATER = ["import-statement", "dynamic-import"];

/** @typedef {import("esbuild").Metafile["outputs"]} Outputs */

/**
 * Joins modules into few files, by who reads them and when: a file of its own costs the host a look-up, and the package
 * some 200 bytes. The modules of a file get each other by their places in it, and what one imports is a constant of
 * it: exports that are read with each call made the package a twentieth larger. Whoever needs a module gets
 * the same one, which runs when it is asked for first: modules run in the order of need, so that none may count on another
 * having run that it takes nothing of.
 * @param {string} folder with the ES modules that esbuild made
 * @param {string} outdir gets `extension.js`, `reading.js` (the thread's), and what these read
 * @param {import("esbuild").Metafile} metafile of the modules
 * @throws {Error} where modules import each other in a circle, for an import is complete when it is taken
 */
function joinModules(folder, outdir, { outputs }) {
  const named = new Map(Object.entries(outputs).map(([file, output]) => [path.basename(file), output]));
  const files = filesOf(named);
  const places = new Map([...files].flatMap(([file, names]) => names.map((name, place) => [name, { file, place }])));
  const outOfCircle = new Set();
  for (const name of named.keys()) forbidCircle(name, named, outOfCircle);
  for (const [file, names] of files) {
    /** @param {string} name of a module */
    const given = (name) => {
      const { file: home, place } = /** @type {{ file: string, place: number }} */ (places.get(name));
      if (home === file) return `__part(${place})`;
      return `require("./${home}.js").part(${place})`;
    };
    const modules = names.map((name) => asFunction(fs.readFileSync(path.join(folder, name), "utf8"), given, places));
    const exported = file === "extension" ? publicExports(named, names) : "";
    const code = [
      `"use strict";${LOADER}`,
      "const __later=(get)=>Promise.resolve().then(get);",
      `const __part=createPart([${modules.join(",\n")}]);`,
      `module.exports={part:__part,${exported}};`,
    ];
    fs.writeFileSync(path.join(outdir, `${file}.js`), code.join("\n"));
  }
  const thread = /** @type {{ file: string, place: number }} */ (places.get(startOf(named, STARTS.thread)));
  fs.writeFileSync(
    path.join(outdir, "reading.js"),
    `"use strict";require("./${thread.file}.js").part(${thread.place});`,
  );
}

/** The loader's own text, without its comments. */
const LOADER = esbuild.transformSync(createPart.toString(), { minifyWhitespace: true, minifySyntax: true }).code.trim();

/** The module that was made of a source to start with. @param {Map<string, Outputs[string]>} named @param {string} source */
const startOf = (named, source) => {
  const found = [...named].find(([, { entryPoint }]) => entryPoint === source);
  if (found === undefined) throw new Error(`No module was made of ${source}.`);
  return found[0];
};

/**
 * The modules of each file. What windows and the thread both read lies apart from what one of them reads, and that from
 * what is read later, if at all.
 * @param {Map<string, Outputs[string]>} named the modules
 * @returns {Map<string, string[]>} by the names of files, without endings
 */
function filesOf(named) {
  /** @param {string} source @param {readonly string[]} kinds @param {string} [except] */
  const reached = (source, kinds, except) => {
    const names = new Set([startOf(named, source)]);
    for (const name of names)
      for (const { kind, path: file } of named.get(name)?.imports ?? []) {
        const own = path.basename(file);
        if (kinds.includes(kind) && named.has(own) && own !== except) names.add(own);
      }
    return names;
  };
  const atStart = reached(STARTS.extension, AT_ONCE);
  const inProgram = reached(STARTS.program, AT_ONCE);
  const inThread = reached(STARTS.thread, ALSO_LATER);
  const withoutSandbox = reached(STARTS.extension, ALSO_LATER, startOf(named, STARTS.sandbox));
  const fileOf = (/** @type {string} */ name) => {
    if (atStart.has(name)) return "extension";
    if (inThread.has(name)) return inProgram.has(name) ? "shared" : "readers";
    if (inProgram.has(name)) return "program";
    return withoutSandbox.has(name) ? "commands" : "sandbox";
  };
  /** @type {Map<string, string[]>} */
  const files = new Map();
  // What is alike lies close together, where compression finds it.
  const source = (/** @type {string} */ name) => Object.keys(named.get(name)?.inputs ?? {})[0] ?? "";
  for (const name of [...named.keys()].sort((one, other) => (source(one) < source(other) ? -1 : 1)))
    files.set(fileOf(name), [...(files.get(fileOf(name)) ?? []), name]);
  return files;
}

/**
 * @param {string} name
 * @param {Map<string, Outputs[string]>} named
 * @param {Set<string>} done gets the modules that are in none
 * @param {readonly string[]} [above]
 */
function forbidCircle(name, named, done, above = []) {
  if (above.includes(name)) throw new Error(`Modules import each other: ${[...above, name].join(", ")}`);
  if (done.has(name)) return;
  for (const { kind, path: file } of named.get(name)?.imports ?? [])
    if (AT_ONCE.includes(kind)) forbidCircle(path.basename(file), named, done, [...above, name]);
  done.add(name);
}

/**
 * What the host asks the extension's file for; the thread, which has no editor, asks it for other modules alone.
 * @param {Map<string, Outputs[string]>} named
 * @param {readonly string[]} names of the file's modules
 */
function publicExports(named, names) {
  const start = startOf(named, STARTS.extension);
  const exported = named.get(start)?.exports ?? [];
  return exported.map((each) => `get ${each}(){return __part(${names.indexOf(start)}).${each}}`).join();
}

/**
 * A module as a function that runs it and gives its exports.
 * @param {string} code as esbuild prints a module
 * @param {(name: string) => string} given an expression of what a module of ours exports
 * @param {ReadonlyMap<string, unknown>} ours
 */
function asFunction(code, given, ours) {
  /** @type {string[]} */
  const taken = [];
  let body = "";
  let exported = "";
  let end = 0;
  const pair = (/** @type {string} */ from, /** @type {string} */ to) => (from === to ? from : `${from}:${to}`);
  for (const statement of ts.createSourceFile("module.js", code, ts.ScriptTarget.Latest).statements) {
    if (ts.isImportDeclaration(statement)) {
      const specifier = /** @type {import("typescript").StringLiteral} */ (statement.moduleSpecifier).text;
      const from = specifier.startsWith("./") ? given(specifier.slice(2)) : `require("${specifier}")`;
      const { name, namedBindings } = statement.importClause ?? {};
      // Of others, which are CommonJS, the whole is what a module has by default.
      if (name !== undefined)
        taken.push(specifier.startsWith("./") ? `{default:${name.text}}=${from}` : `${name.text}=${from}`);
      if (namedBindings !== undefined && ts.isNamespaceImport(namedBindings))
        taken.push(`${namedBindings.name.text}=${from}`);
      if (namedBindings !== undefined && ts.isNamedImports(namedBindings)) {
        const names = namedBindings.elements.map((each) => pair((each.propertyName ?? each.name).text, each.name.text));
        taken.push(`{${names.join()}}=${from}`);
      }
    } else if (ts.isExportDeclaration(statement) && statement.moduleSpecifier === undefined) {
      const { elements } = /** @type {import("typescript").NamedExports} */ (statement.exportClause);
      exported = elements.map((each) => pair(each.name.text, (each.propertyName ?? each.name).text)).join();
    } else if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) {
      throw new Error(`esbuild printed an export of another kind: ${code.slice(statement.pos, statement.end).trim()}`);
    } else {
      continue;
    }
    body += code.slice(end, statement.pos);
    end = statement.end;
  }
  body = (body + code.slice(end)).replace(/\bimport\("\.\/([\w-]+\.js)"\)/g, (text, /** @type {string} */ name) =>
    ours.has(name) ? `__later(()=>${given(name)})` : text,
  );
  return `()=>{${taken.length > 0 ? `const ${taken.join()};` : ""}${body}\nreturn{${exported}}}`;
}

module.exports = { joinModules };
