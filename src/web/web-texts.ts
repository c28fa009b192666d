import type { Translate } from "../words/localize";

let texts: Readonly<Record<string, string>> = {};

/**
 * Gives the texts of the display language: the editor reads `l10n/` of the package for the web by itself, since a
 * browser has no files of its own to read.
 */
export function useTexts(bundle: Readonly<Record<string, string>>): void {
  texts = bundle;
}

/** Translates to the display language. */
export const webTexts: Translate = (text) => (Object.hasOwn(texts, text) ? texts[text] : undefined);
