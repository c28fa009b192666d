import fc from "fast-check";

/**
 * Any code point, halves of surrogate pairs included, for `fc.string({ unit })`. fast-check's own "binary" builds a
 * table of them all first, which takes a second.
 */
export const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
