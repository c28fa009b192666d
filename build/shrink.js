const fs = require("node:fs");
const path = require("node:path");
const { minify } = require("terser");

/**
 * Minifies what the bundler has minified once more: terser inlines and folds what esbuild, made for speed, leaves, a
 * twentieth of the package. Names of properties stay, and nothing is packed: what ships can be read with any formatter.
 * @param {string} folder
 * @param {import("terser").ECMA} ecma of the oldest host
 */
async function shrink(folder, ecma) {
  for (const name of fs.readdirSync(folder).filter((each) => each.endsWith(".js"))) {
    const file = path.join(folder, name);
    const { code } = await minify(fs.readFileSync(file, "utf8"), {
      ecma,
      toplevel: true,
      compress: { passes: 3, keep_fargs: false },
    });
    if (code === undefined) throw new Error(`${file} could not be minified.`);
    fs.writeFileSync(file, code);
  }
}

module.exports = { shrink };
