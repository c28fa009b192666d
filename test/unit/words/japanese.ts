import { localeOf } from "../../../src/words/localize";

/** A reader in whose language lists are joined otherwise than in English, and whose other texts are missing. */
export const JAPANESE = localeOf("ja", (text) =>
  ["{0} and {1}", "{0} or {1}", "{0}, {1}"].includes(text) ? "{0}、{1}" : undefined,
);
