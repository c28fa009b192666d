// Builds the package for the web in `out/web`: `node esbuild.js --web`. Nothing of it is in the desktop's package.
const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");
const { textsOf, textsSaid, webManifest } = require("./manifest");

const FOLDER = path.join("out", "web");
const STAND_INS = path.resolve("src", "web", "stand-ins");

/** Files that are shipped as they lie. */
const COPIED = [
  "LICENSE",
  "media/icon.png",
  "media/activity-bar.svg",
  "media/details.css",
  "media/details/light.svg",
  "media/details/dark.svg",
  "media/pem",
];

/** Rooms of which no code may be in the package: a browser has neither their sockets nor their files. */
const ELSEWHERE = /^src\/(net|storage|sandbox|api)\//;

/**
 * Puts what `src/web/stand-ins` has in the place of modules of Node.js and of ours. A module of Node.js that has none
 * cannot be resolved, which ends the build.
 * @type {import("esbuild").Plugin}
 */
const standIns = {
  name: "stand-ins",
  setup(build) {
    const standIn = (/** @type {string} */ name) => ({ path: path.join(STAND_INS, `${name}.ts`) });
    build.onResolve({ filter: /^node:(buffer|crypto|url|worker_threads|zlib)$/ }, (found) =>
      standIn(found.path.slice("node:".length)),
    );
    build.onResolve({ filter: /\/pkcs12\/open$/ }, () => standIn("pkcs12-open"));
    build.onResolve({ filter: /\/base\/regular-file$/ }, () => standIn("regular-file"));
    build.onResolve({ filter: /\/storage\/language-texts$/ }, () => standIn("language-texts"));
  },
};

/**
 * @param {import("esbuild").BuildOptions} shared what the desktop's builds have in common
 * @param {string} target the oldest browser
 * @returns {Promise<import("esbuild").Metafile[]>} what was bundled
 */
async function buildWeb(shared, target) {
  fs.rmSync(FOLDER, { recursive: true, force: true });
  /** @type {import("esbuild").BuildOptions} */
  const options = {
    ...shared,
    metafile: true,
    outdir: path.join(FOLDER, "dist"),
    platform: "browser",
    target,
    mainFields: ["browser", "module", "main"],
    // A map would be fetched from where the browser has the extension.
    sourcemap: shared.minify ? false : "inline",
  };
  const code = { ...options, plugins: [standIns], inject: [path.join(STAND_INS, "globals.ts")] };
  const builds = await Promise.all([
    esbuild.build({ ...code, entryPoints: ["src/web/extension.ts"], format: "cjs", external: ["vscode"] }),
    esbuild.build({ ...code, entryPoints: ["src/web/reader.ts"], format: "iife" }),
    esbuild.build({ ...options, entryPoints: { "webview/details": "src/webview/page.ts" }, format: "iife" }),
  ]);
  const metafiles = builds.map(({ metafile }) => metafile);
  const strays = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(bundledIn)).filter(isElsewhere);
  if (strays.length > 0) throw new Error(`This must not be in the package for the web: ${strays.join(", ")}`);
  for (const name of COPIED) fs.cpSync(name, path.join(FOLDER, name), { recursive: true });
  fs.cpSync(path.join("build", "web", "README.md"), path.join(FOLDER, "README.md"));
  fs.cpSync("ThirdPartyNotices.web.txt", path.join(FOLDER, "ThirdPartyNotices.txt"));
  // All that is there is packed, which vsce wants to be said.
  fs.writeFileSync(path.join(FOLDER, ".vscodeignore"), "# Nothing but the package is in this folder.\n");
  writeManifest();
  return metafiles;
}

const isElsewhere = (/** @type {string} */ file) => ELSEWHERE.test(file);

/** The files of which something is in an output. */
const bundledIn = (/** @type {import("esbuild").Metafile["outputs"][string]} */ { inputs }) =>
  Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []));

function writeManifest() {
  const read = (/** @type {string} */ name) => JSON.parse(fs.readFileSync(name, "utf8"));
  const write = (/** @type {string} */ name, /** @type {object} */ value) =>
    fs.writeFileSync(path.join(FOLDER, name), `${JSON.stringify(value, null, 2)}\n`);
  const manifest = webManifest(read("package.json"));
  write("package.json", manifest);
  for (const name of fs.readdirSync(".").filter((each) => /^package\.nls(\.[\w-]+)?\.json$/.test(each)))
    write(name, textsOf(manifest, read(name)));
  const code = find(path.join(FOLDER, "dist")).map((file) => fs.readFileSync(file, "utf8"));
  fs.mkdirSync(path.join(FOLDER, "l10n"));
  for (const name of fs.readdirSync("l10n"))
    write(path.join("l10n", name), textsSaid(code.join("\n"), read(path.join("l10n", name))));
}

/** All programs below a folder. */
const find = (/** @type {string} */ folder) =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => path.join(folder, name));

module.exports = { buildWeb };
