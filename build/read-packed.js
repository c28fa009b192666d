// What stands in each module of packed data: see `esbuild.js`, which writes it there, beside the same imports.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { brotliDecompressSync } = require("node:zlib");

/**
 * @param {string} folder of the code
 * @param {string} name
 * @returns {unknown} the data
 * @throws {Error} with the code of a module that is missing where the file is gone, as code is for a window that runs on
 *   after an update
 */
function readPacked(folder, name) {
  try {
    return JSON.parse(brotliDecompressSync(readFileSync(join(folder, "data", `${name}.br`))).toString());
  } catch (error) {
    if (error.code === "ENOENT") error.code = "MODULE_NOT_FOUND";
    throw error;
  }
}

module.exports = { readPacked };
