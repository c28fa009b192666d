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
const { shrink } = require("./build/shrink");
const { buildWeb } = require("./build/web/build");

const flags = new Set(process.argv.slice(2));
const production = flags.has("--production");

/** The oldest host of `engines.vscode` runs Node 20.18 and Chromium 132. */
const targets = { node: "node20.18", page: "chrome132" };

/** Bytes of a JSON file that is packed in what ships. */
const LARGE = 100 * 1024;

/** A value's JSON, packed, as an expression of a module that imports `brotliDecompressSync`. */
const unpacking = (/** @type {string} */ json) => {
  const packed = zlib.brotliCompressSync(json, { params: { [zlib.constants.BROTLI_PARAM_LGWIN]: 22 } });
  return `JSON.parse(brotliDecompressSync(Buffer.from("${packed.toString("base64")}", "base64")).toString())`;
};

const UNPACK = 'import { brotliDecompressSync } from "node:zlib";\n';

/**
 * Packs large data, which would make up a sixth of the package: a package's own compression finds little in it. The
 * list of public suffixes is a module of constants, and is packed as such.
 * @type {import("esbuild").Plugin}
 */
const packedData = {
  name: "packed-data",
  setup(build) {
    build.onLoad({ filter: /\.json$/ }, async ({ path: file }) => {
      const json = JSON.stringify(JSON.parse(await fs.promises.readFile(file, "utf8")));
      if (json.length < LARGE) return undefined;
      return { contents: `${UNPACK}export default ${unpacking(json)};`, loader: "js" };
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
      const contents = [`${UNPACK}const data = ${unpacking(JSON.stringify(Object.fromEntries(plain)))};`, ...made].join(
        "\n",
      );
      return { contents, loader: "js" };
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

/**
 * Bundles for Node, split so that what several entry points share is in one place. esbuild splits ES modules only, and
 * CommonJS is what is loaded, hence two steps.
 * @param {string} outdir
 * @param {import("esbuild").BuildOptions & { minify: boolean, sourcemap: boolean }} options `supported`: whether
 * `import()` stays, which loads modules of others, or becomes the faster `require`
 */
async function splitBuild(outdir, { minify, sourcemap, supported, ...options }) {
  const modules = path.join("out", "modules");
  fs.rmSync(modules, { recursive: true, force: true });
  const { metafile } = await esbuild.build({
    ...shared,
    ...options,
    metafile: true,
    minify,
    outdir: modules,
    format: "esm",
    splitting: true,
    platform: "node",
    target: targets.node,
    // As ES modules where a package has both: `import()` of CommonJS gives its exports under `default` alone.
    mainFields: ["module", "main"],
    sourcemap: sourcemap && "inline",
  });
  await esbuild.build({
    ...shared,
    bundle: false,
    minify,
    entryPoints: find(modules, ".js"),
    outbase: modules,
    outdir,
    format: "cjs",
    platform: "node",
    target: targets.node,
    sourcemap: sourcemap && "linked",
    supported,
  });
  fs.rmSync(modules, { recursive: true, force: true });
  return metafile;
}

/**
 * The extension and the thread that reads: each `import()` in the sources is a file of its own, loaded on first use.
 */
async function extension() {
  fs.rmSync("dist", { recursive: true, force: true });
  const metafile = await splitBuild("dist", {
    minify: production,
    sourcemap: !production,
    entryPoints: { extension: "src/extension.ts", reading: "src/reading/main.ts" },
    chunkNames: "[name]-[hash]",
    external: ["vscode"],
    plugins: production ? [packedData] : [],
    supported: { "dynamic-import": false },
    define: { TELEMETRY_CONNECTION: JSON.stringify(process.env.CERTIFICATE_COLLECTOR_TELEMETRY ?? "") },
  });
  packLanguages("l10n", path.join("dist", "languages"));
  if (production) {
    joinModules("dist", metafile);
    await shrink("dist", 2020);
  }
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
      minify: false,
      sourcemap: true,
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
