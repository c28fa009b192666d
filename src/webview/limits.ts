// The limits of a message to the page: the editor cuts to them, and the page refuses more.

/** Characters of a page's source: a file's address, each of whose bytes may take three. */
export const MAX_SOURCE = 16_384;
/** Characters of a label or short text of the editor. */
export const MAX_WORDS = 1000;
/** Characters of a sentence, or a value in an order's facts. */
export const MAX_SENTENCE = 10_000;
export const MAX_FACTS = 100;
/** Validation steps: one for each of 2,000 domains, and a little more. */
export const MAX_STEPS = 2500;
/** Sentences beside what the CA's services said. */
export const MAX_NOTES = 50;
/** Entries of the history. */
export const MAX_HISTORY = 1000;
export const MAX_REPORTS = 20;
/** Results of one report. */
export const MAX_RESULTS = 100;
