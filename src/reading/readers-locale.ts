import { readLanguageTexts } from "../storage/language-texts";
import { ENGLISH, localeOf, type Locale } from "../words/localize";

let current = ENGLISH;

/** The language of the person for whom this thread reads. English until {@link useLanguage} was called. */
export const readersLocale = (): Locale => current;

/** @param language a BCP 47 tag, as the editor tells its display language */
export function useLanguage(language: string): void {
  readFor(localeOf(language, readLanguageTexts(language)));
}

/** As {@link useLanguage}, with the texts of the language. */
export function readFor(locale: Locale): void {
  current = locale;
}
