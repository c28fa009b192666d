/** Characters of a text that are read: more than a table of as many orders as are taken. */
export const MAX_INTAKE = 2_000_000;
/** Orders taken from one text. */
export const MAX_INTAKE_ORDERS = 20_000;
/** Characters of a label, of a tag, and of an account's name. */
export const MAX_TEXT = 200;
/** Tags of one order. */
export const MAX_TAGS = 20;
