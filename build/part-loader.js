// What stands in each file of `dist/` that holds several modules: see `join-modules.js`, which writes it there.

/**
 * Makes the function by which the modules of one file get each other, and others get them.
 * @param {Readonly<Record<string, (module: { exports: unknown }, require: (name: string) => unknown) => void>>} parts
 *   the modules by the names they had as files, each a function that fills its exports when it runs
 * @param {(name: string) => unknown} otherwise gets a module that is not in the file: its `require`
 * @returns a function from a module's name to its exports. A module runs when it is asked for first, and once. One that
 *   asks for a module that is still running gets what that exports so far, and one that threw runs again: as in
 *   CommonJS
 */
function createPart(parts, otherwise) {
  /** @type {Map<string, { exports: unknown }>} */
  const made = new Map();
  return function part(/** @type {string} */ name) {
    if (!Object.hasOwn(parts, name)) return otherwise(name);
    const known = made.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    made.set(name, module);
    try {
      parts[name](module, part);
    } catch (error) {
      made.delete(name);
      throw error;
    }
    return module.exports;
  };
}

module.exports = { createPart };
