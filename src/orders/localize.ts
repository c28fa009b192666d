/**
 * Translates a text into the reader's language, and fills in its places `{0}`, `{1}` …. The argument is the English
 * text, as a literal, so that every text can be found and translated.
 */
export type Localize = (text: string, ...values: readonly (string | number)[]) => string;

/** The reader's language: its texts, and its formats of times. */
export interface Locale {
  readonly localize: Localize;
  /** A BCP 47 tag, for example "de" or "pt-br". */
  readonly language: string;
}

/** Returns texts in English. */
export const english: Localize = (text, ...values) =>
  text.replace(/\{(\d)\}/g, (place, index: string) => String(values[Number(index)] ?? place));

/**
 * Translates texts by a list of translations with the English text as key; a text without a translation stays as it
 * is. The CA's own words are looked up too, so only own members count: every object has a "constructor".
 */
export const translated =
  (texts: Readonly<Record<string, string>>): Localize =>
  (text, ...values) =>
    english((Object.hasOwn(texts, text) ? texts[text] : undefined) ?? text, ...values);
