/** Characters of a text that are read: more than a table of as many orders as are taken. */
export const MAX_IMPORT_CHARACTERS = 2_000_000;
/** Orders taken from one text. */
export const MAX_IMPORT_ORDERS = 20_000;
/** Parts of a text of which it is told that nothing could be made of them. */
export const MAX_PROBLEMS = 1000;
