// What a message to the page holds at most, for the editor, which cuts to that, and for the page, which refuses more.

/** Characters of what says what a page is about: a file's address, each of whose bytes may take three. */
export const MAX_SOURCE = 16_384;
/** Characters of a label or a word of the editor's. */
export const MAX_WORDS = 1000;
/** Characters of a sentence, or a value in an order's facts. */
export const MAX_SENTENCE = 10_000;
export const MAX_FACTS = 100;
/** Validation steps: one for each of 2,000 domains, and some more. */
export const MAX_STEPS = 2500;
/** Entries of the history. */
export const MAX_HISTORY = 1000;
export const MAX_REPORTS = 20;
/** Results of one report. */
export const MAX_RESULTS = 100;
