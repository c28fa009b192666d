// Builds what runs: `dist/` is the extension as shipped, `out/` the tests and tools.
//   node esbuild.js               dist/, for development (source maps)
//   node esbuild.js --production  dist/, minified, without source maps
//   node esbuild.js --tests       dist/ and out/
//   node esbuild.js --watch       dist/, again on every change
//   node esbuild.js --web         out/web/, the package for the web, also with --production
const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");
const zlib = require("node:zlib");
const { joinModules } = require("./build/join-modules");
const { packLanguages } = require("./build/pack-languages");
const { readPacked } = require("./build/read-packed");
const { shrink } = require("./build/shrink");
const { buildWeb } = require("./build/web/build");

const flags = new Set(process.argv.slice(2));
const production = flags.has("--production");

/** The oldest host of `engines.vscode` runs Node 20.18 and Chromium 132. */
const targets = { node: "node20.18", page: "chrome132" };

/** Where data that ships lies, packed. */
const DATA = path.join("dist", "data");

/** Packs a value's JSON in a file of its own. Gives what reads it as an expression of a module that has `UNPACK`. */
const unpacking = (/** @type {string} */ name, /** @type {string} */ json) => {
  const packed = zlib.brotliCompressSync(json, {
    params: {
      [zlib.constants.BROTLI_PARAM_LGWIN]: 22,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(json),
    },
  });
  fs.mkdirSync(DATA, { recursive: true });
  fs.writeFileSync(path.join(DATA, `${name}.br`), packed);
  return `readPacked(__dirname, "${name}")`;
};

const UNPACK = [
  'import { readFileSync } from "node:fs";',
  'import { join } from "node:path";',
  'import { brotliDecompressSync } from "node:zlib";',
  `${readPacked.toString()}\n`,
].join("\n");

/**
 * Packs data, which would make up a sixth of the package: a package's own compression finds little in it. The
 * list of public suffixes is a module of constants, and is packed as such.
 * @type {import("esbuild").Plugin}
 */
const packedData = {
  name: "packed-data",
  setup(build) {
    build.onLoad({ filter: /[\\/]data[\\/][\w-]+\.json$/ }, async ({ path: file }) => {
      const json = JSON.stringify(JSON.parse(await fs.promises.readFile(file, "utf8")));
      const data = unpacking(path.basename(file, ".json"), json);
      return { contents: `${UNPACK}export default ${data};`, loader: "js" };
    });
    build.onLoad({ filter: /[\\/]tldts-icann[\\/].*[\\/]data[\\/]trie\.js$/ }, async ({ path: file }) => {
      const constants = Object.entries(
        await import(`data:text/javascript,${encodeURIComponent(fs.readFileSync(file, "utf8"))}`),
      );
      const plain = constants.map(([name, value]) => [name, ArrayBuffer.isView(value) ? [...value] : value]);
      const made = constants.map(([name, value]) => {
        const kind = ArrayBuffer.isView(value) ? value.constructor.name : undefined;
        return `export const ${name} = ${kind === undefined ? `data.${name}` : `new ${kind}(data.${name})`};`;
      });
      const data = unpacking("public-suffixes", JSON.stringify(Object.fromEntries(plain)));
      return { contents: [`${UNPACK}const data = ${data};`, ...made].join("\n"), loader: "js" };
    });
  },
};

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  logLevel: "warning",
  legalComments: "none",
};

/** Where ES modules lie between two steps. */
const MODULES = path.join("out", "modules");

/**
 * Bundles for Node, split so that what several entry points share is in one place. esbuild splits ES modules only, and
 * CommonJS is what is loaded: what is here becomes that in a second step.
 * @param {import("esbuild").BuildOptions} options
 */
async function buildModules(options) {
  fs.rmSync(MODULES, { recursive: true, force: true });
  const { metafile } = await esbuild.build({
    ...shared,
    ...options,
    metafile: true,
    outdir: MODULES,
    format: "esm",
    splitting: true,
    platform: "node",
    target: targets.node,
    // As ES modules where a package has both: `import()` of CommonJS gives its exports under `default` alone.
    mainFields: ["module", "main"],
  });
  return metafile;
}

/**
 * Bundles for Node into files that lie as the modules do, with source maps.
 * @param {string} outdir
 * @param {import("esbuild").BuildOptions} options `supported`: whether `import()` stays, which loads modules of others,
 * or becomes the faster `require`
 */
async function splitBuild(outdir, { supported, ...options }) {
  const metafile = await buildModules({ ...options, minify: false, sourcemap: "inline" });
  await esbuild.build({
    ...shared,
    bundle: false,
    minify: false,
    entryPoints: find(MODULES, ".js"),
    outbase: MODULES,
    outdir,
    format: "cjs",
    platform: "node",
    target: targets.node,
    sourcemap: "linked",
    supported,
  });
  fs.rmSync(MODULES, { recursive: true, force: true });
  return metafile;
}

/**
 * The extension and the thread that reads. What each `import()` in the sources asks for runs on first use; for
 * development, it is a file of its own.
 */
async function extension() {
  fs.rmSync("dist", { recursive: true, force: true });
  packLanguages("l10n", path.join("dist", "languages"));
  /** @type {import("esbuild").BuildOptions} */
  const options = {
    entryPoints: { extension: "src/extension.ts", reading: "src/reading/main.ts" },
    chunkNames: "[name]-[hash]",
    external: ["vscode"],
    define: { TELEMETRY_CONNECTION: JSON.stringify(process.env.CERTIFICATE_COLLECTOR_TELEMETRY ?? "") },
  };
  if (!production) return splitBuild("dist", { ...options, supported: { "dynamic-import": false } });
  const metafile = await buildModules({ ...options, plugins: [packedData] });
  joinModules(MODULES, "dist", metafile);
  fs.rmSync(MODULES, { recursive: true, force: true });
  await shrink("dist", 2020);
  return metafile;
}

async function page() {
  const { metafile } = await esbuild.build({
    ...shared,
    metafile: true,
    entryPoints: { details: "src/webview/page.ts" },
    outdir: "dist/webview",
    format: "iife",
    platform: "browser",
    target: targets.page,
  });
  if (production) await shrink(path.join("dist", "webview"), 2020);
  return metafile;
}

/**
 * Writes down which files are in what was built, for the notices of third parties.
 * @param {import("esbuild").Metafile[]} metafiles
 * @param {string} name of the file that says it
 */
function noteBundled(metafiles, name) {
  const outputs = metafiles.flatMap(({ outputs }) => Object.values(outputs));
  const inputs = outputs.flatMap(({ inputs }) => Object.entries(inputs));
  const files = new Set(inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file));
  fs.writeFileSync(path.join("out", name), JSON.stringify([...files].sort(), null, 1));
}

/** Every file of a folder whose name ends so; tests are found, never listed. */
function find(folder, ending) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((name) => name.endsWith(ending));
}

/**
 * Unit tests, those of hostile input and those with other programs are bundled with nothing external, so that a stray
 * import of the editor breaks the build. Unit tests share what they import, which is loaded once then; a hostile one is
 * one file, in which steps are counted. Host tests run inside the extension host, where `vscode` is at hand; the tools
 * that drive editors and browsers stay as installed.
 */
async function tests() {
  fs.rmSync("out/test", { recursive: true, force: true });
  /** @type {import("esbuild").BuildOptions} */
  const node = {
    ...shared,
    minify: false,
    sourcemap: "linked",
    format: "cjs",
    platform: "node",
    target: targets.node,
    outbase: ".",
    outdir: "out",
  };
  await Promise.all([
    splitBuild("out", {
      entryPoints: find("test/unit", ".test.ts"),
      outbase: ".",
      chunkNames: "test/shared/[name]-[hash]",
      external: ["esbuild", "typescript"],
    }),
    esbuild.build({
      ...node,
      entryPoints: ["hostile", "programs"].flatMap((folder) => find(path.join("test", folder), ".test.ts")),
    }),
    esbuild.build({
      ...node,
      entryPoints: [
        ...["page", "host", "host-serving", "host-upgrade", "e2e", "process", "web", "workbench"].flatMap((folder) =>
          find(path.join("test", folder), ".ts"),
        ),
        ...find("bench", ".ts"),
      ],
      external: ["vscode", "mocha", "playwright-core", "@vscode/test-electron", "esbuild"],
    }),
  ]);
}

async function web() {
  const metafiles = await buildWeb(shared, targets.page);
  if (production) await Promise.all(["", "webview"].map((part) => shrink(path.join("out", "web", "dist", part), 2020)));
  noteBundled(metafiles, "bundled.web.json");
}

async function build() {
  const started = Date.now();
  if (flags.has("--web")) await web();
  else {
    noteBundled([await extension(), await page()], "bundled.json");
    if (flags.has("--tests")) await Promise.all([tests(), web()]);
  }
  console.log(`built in ${Date.now() - started} ms`);
}

function watch() {
  let timer;
  let last = Promise.resolve();
  // One after the other: each removes what the one before wrote.
  const again = () => {
    last = last.then(async () => {
      // Tells the editor's task that what it saw of the last build is past.
      console.log("building");
      await build().catch(() => undefined);
    });
  };
  fs.watch("src", { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(again, 100);
  });
  again();
}

if (flags.has("--watch")) watch();
else build().catch(() => process.exit(1));
