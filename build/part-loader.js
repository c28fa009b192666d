// What stands in each file of `dist/` that holds several modules: see `join-modules.js`, which writes it there.

/**
 * Makes the function by which the modules of one file, and those of other files, get what a module exports.
 * @param {readonly (() => object)[]} modules each a function that runs the module and gives its exports
 * @returns {(place: number) => object} takes a module's place in the file. A module runs when it is asked for first, and
 *   once; one that threw runs again, since a full disk or too many open files may be temporary
 */
function createPart(modules) {
  /** @type {object[]} */
  const made = [];
  return (place) => (made[place] ??= modules[place]());
}

module.exports = { createPart };
