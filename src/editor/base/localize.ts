import * as vscode from "vscode";
import { readLanguageTexts } from "../../storage/language-texts";
import { inWords, localeOf, type Locale, type Localize, type Translate } from "../../words/localize";
import { sentences, type Phrase } from "../../words/phrase";
import { saidBy } from "../../words/said-error";

let translate: Translate | undefined;

/**
 * The display language, for rooms that do not use the editor's API. Its texts are read with the first one that is said.
 */
export const locale: Locale = localeOf(vscode.env.language, (text) => {
  translate ??= readLanguageTexts(vscode.env.language);
  return translate(text);
});

/** Says a text in the display language. */
export const localize: Localize = locale.localize;

/** Says a phrase in the display language. A text is said as it is. */
export const localized = (said: Phrase | string): string => inWords(said, locale);

/** What an error says, in the display language. */
export const errorWords = (error: unknown): string => localized(saidBy(error));

/** Parts of one sentence, a semicolon between each two as the display language sets it; "" without any. */
export const inClauses = ([first = "", ...others]: readonly string[]): string =>
  others.reduce((said, next) => localize("{0}; {1}", said, next), first);

/** Whole sentences one after the other, in the display language. */
export const inSentences = (...said: readonly (Phrase | string)[]): string => localize("{0}", sentences(...said));
