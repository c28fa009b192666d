/**
 * Gives a text in the language of whoever reads it, its places `{0}`, `{1}` … filled in. The text is the English one,
 * and a literal where it is called, so that every text can be found and translated.
 */
export type Localize = (text: string, ...values: readonly (string | number)[]) => string;

/** Who reads: texts in their language, and times as that language writes them. */
export interface Locale {
  readonly localize: Localize;
  /** A BCP 47 tag, for instance "de" or "pt-br". */
  readonly language: string;
}

/** Says texts as they are written. */
export const english: Localize = (text, ...values) =>
  text.replace(/\{(\d)\}/g, (place, index: string) => String(values[Number(index)] ?? place));

/**
 * Says texts by a list of translations, by their English, and what is not in it as it is. Domains that the CA names are
 * asked for like our own texts: one called "constructor" is in no list, though every object has a member of that name.
 */
export const translated =
  (texts: Readonly<Record<string, string>>): Localize =>
  (text, ...values) =>
    english((Object.hasOwn(texts, text) ? texts[text] : undefined) ?? text, ...values);
