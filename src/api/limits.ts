// Limits of an answer. The size of the body is limited where it is received (src/net), and again for a saved answer.

/** Bytes of a saved answer that is read from a file or the clipboard. */
export const MAX_SAVED_BYTES = 4 * 1024 * 1024;

/** Certificates in one answer. A chain has up to ten; a ZIP archive may hold a few more. */
export const MAX_CERTIFICATES = 100;

/** Lines before and after the certificates that are read; what follows is ignored. */
export const MAX_LINES = 200;

/** How many characters of such a line are examined, except for a list of domains. */
export const MAX_CLASSIFIED_CHARACTERS = 4096;

/** Lines of prose that may stand above a negative code. */
export const MAX_PROSE_LINES = 5;

/** Pairs of a URL-encoded answer, and of a dict, and statements of a script. */
export const MAX_PAIRS = 1000;

/** Levels of nesting in a dict or JSON. */
export const MAX_NESTING = 16;

/** Domains of a multi-domain order. */
export const MAX_DOMAINS = 2000;

/** Characters of a line of the CA that is shown. */
export const MAX_LINE_CHARACTERS = 200;

/** Characters of the CA's error message. */
export const MAX_MESSAGE_CHARACTERS = 500;

/** Characters of an excerpt of what was not understood. */
export const MAX_EXCERPT_CHARACTERS = 200;

/** Lines and values that do not fit any known field, shown as they are. */
export const MAX_OTHER = 20;

/** ms to which a Retry-After is cut: a day. */
export const MAX_RETRY_AFTER = 24 * 60 * 60 * 1000;

/** Characters of a service's answer; 3,000 orders of a report have 1 to 2 million. */
export const MAX_SERVICE_CHARACTERS = 12 * 1024 * 1024;

/** Orders in a report. */
export const MAX_REPORT_ROWS = 10_000;

/** Pairs of a report. */
export const MAX_REPORT_PAIRS = 400_000;

/** Characters of JSON about one order. */
export const MAX_JSON_CHARACTERS = 1024 * 1024;

/** Objects, lists and values in JSON about one order. */
export const MAX_JSON_NODES = 50_000;

/** Validation steps of one order. */
export const MAX_CA_STEPS = 40;

/** Characters of a status, a product's name and the like. */
export const MAX_WORD_CHARACTERS = 64;
