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

/** A line that is nothing but a link, which the editor shows as a button. */
const LINK = /^\[(.*)\](\([^()]*\))$/;

/** Words without a letter of ASCII, which make a text longer and let it break as others do. */
const FILLER = " ẋýžĝ ŵûñđé þǫļ";

/**
 * A text in the pseudo-language: each letter accented, and 40 % longer, between marks which show where it ends. Places
 * and what no language changes stay. Each line is a text.
 */
export function inPseudo(text: string): string {
  return text.split("\n").map(lineInPseudo).join("\n");
}

function lineInPseudo(line: string): string {
  const [, label, target] = LINK.exec(line) ?? [];
  if (label !== undefined) return `[${lineInPseudo(label)}]${target}`;
  const accented = line
    .split(new RegExp(`(${KEPT.source})`))
    .map((part) => (KEPT.test(part) ? part : Array.from(part, (letter) => ACCENTED.get(letter) ?? letter).join("")))
    .join("");
  const more = Math.ceil(line.length * 0.4);
  return `‹${accented}${FILLER.repeat(Math.ceil(more / FILLER.length)).slice(0, more)}›`;
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
