/** The most characters of a text that are read: enough for a table with the most orders. */
export const MAX_IMPORT_CHARACTERS = 2_000_000;
/** The most orders from one text. */
export const MAX_IMPORT_ORDERS = 20_000;
/** The most problems reported for one text. */
export const MAX_PROBLEMS = 1000;
