import { inWords, localeOf, type Locale } from "../../../src/words/localize";
import type { Phrase, PhraseValue } from "../../../src/words/phrase";

/** Each plain letter with an accent. */
const ACCENTED: ReadonlyMap<string, string> = new Map(
  Array.from(
    "aàbƀcçdđeéfƒgĝhĥiíjĵkķlļmɱnñoöpþqǫrŕsštţuûvṽwŵxẋyýzžAÀBƁCÇDĐEÉFƑGĜHĤIÍJĴKĶLĻMṀNÑOÖPÞQǪRŔSŠTŢUÛVṼWŴXẊYÝZŽ",
  ).flatMap((letter, index, all) => (index % 2 === 0 ? [[letter, all[index + 1] ?? letter] as const] : [])),
);

/** What no language changes: places, commands of links, and what is set in code. */
const KEPT = /\{\d\}|\]\([^)]*\)|`[^`]*`/;

/**
 * A text in the pseudo-language: each letter accented, and 40 % longer, between brackets. Places and what no language
 * changes stay.
 */
export function inPseudo(text: string): string {
  const parts = text.split(new RegExp(`(${KEPT.source})`));
  const accented = parts
    .map((part) => (KEPT.test(part) ? part : Array.from(part, (letter) => ACCENTED.get(letter) ?? letter).join("")))
    .join("");
  return `[${accented}${"~".repeat(Math.ceil(text.length * 0.4))}]`;
}

/** A reader whose language has every text, each of them to be told from English at a glance. */
export const PSEUDO: Locale = localeOf("en", inPseudo);

/** The plain English words of a text in the pseudo-language: nobody translated these. */
export const remnants = (text: string): string[] => text.match(/(?<![\p{L}\p{M}])[A-Za-z]{3,}(?![\p{L}\p{M}])/gu) ?? [];

/** The plain English words of a sentence in the pseudo-language, whatever others wrote in its places. */
export const untranslated = (said: Phrase | string): string[] =>
  remnants(inWords(typeof said === "string" ? said : (withoutTexts(said) as Phrase), PSEUDO));

function withoutTexts(value: PhraseValue): PhraseValue {
  if (typeof value !== "object") return typeof value === "string" ? "1" : value;
  if ("list" in value) return { ...value, list: value.list.map(withoutTexts) };
  if ("sentences" in value) return { sentences: value.sentences.map(withoutTexts) };
  return "text" in value && value.values !== undefined ? { ...value, values: value.values.map(withoutTexts) } : value;
}
