import { saidMarks } from "./marks";
import type { Phrase, PhraseValue } from "./phrase";

/**
 * Says a text in the reader's language, and fills in its places `{0}`, `{1}` …. The argument is the English text, as a
 * literal, so that every text can be found and translated.
 */
export type Localize = (text: string, ...values: readonly PhraseValue[]) => string;

/** The reader's language: its texts, and its formats of times and amounts. */
export interface Locale {
  readonly localize: Localize;
  /** A BCP 47 tag, for example "de" or "pt-br". */
  readonly language: string;
}

/** The translation of an English text, where there is one. */
export type Translate = (text: string) => string | undefined;

/** A reader's language. @param language a BCP 47 tag; one that the engine does not know is formatted as English */
export function localeOf(language: string, translate: Translate): Locale {
  const locale: Locale = {
    language,
    localize: (text, ...values) => {
      // Each is said once, however often its place is in the text.
      const said = values.map((value) => valueInWords(value, locale));
      return (translate(text) ?? text).replace(PLACES, (place, index: string) => said[Number(index)] ?? place);
    },
  };
  return locale;
}

const PLACES = /\{(\d)\}/g;

/** English, for agents, logs, and whoever has no reader. */
export const ENGLISH: Locale = localeOf("en", () => undefined);

/** Says texts in English. */
export const english: Localize = ENGLISH.localize;

/**
 * Says a phrase. A text is said as it is: it is in words already, or nobody's to translate; but for our marks in it.
 */
export function inWords(said: Phrase | string, locale: Locale): string {
  if (typeof said === "string") return saidMarks(said, (mark) => inWords(mark, locale));
  const { text, plural, values = [] } = said;
  const chosen = plural === undefined || countIsOne(plural.count, locale) ? text : plural.other;
  return locale.localize(chosen, ...values);
}

/** A phrase in English. */
export const inEnglish = (said: Phrase | string): string => inWords(said, ENGLISH);

/** A part of what is said. */
export interface SaidPart {
  readonly text: string;
  /** Whether it fills a place, and may be a stranger's: our own words and formats are not. */
  readonly isValue: boolean;
}

/** As {@link inWords}, in parts, for whoever marks what is odd in the texts of strangers. A text is a stranger's. */
export function inParts(said: Phrase | string, locale: Locale): readonly SaidPart[] {
  if (typeof said === "string") return [{ text: inWords(said, locale), isValue: true }];
  const { text, plural, values = [] } = said;
  const chosen = plural === undefined || countIsOne(plural.count, locale) ? text : plural.other;
  return filled(
    locale.localize(chosen),
    values.map((value) => partsOf(value, locale)),
  );
}

/** @param template in the reader's language, with its places */
function filled(template: string, values: readonly (readonly SaidPart[])[]): readonly SaidPart[] {
  return template.split(/(\{\d\})/).flatMap((text): readonly SaidPart[] => {
    if (text === "") return [];
    return (/^\{\d\}$/.test(text) ? values[Number(text[1])] : undefined) ?? [ours(text)];
  });
}

const ours = (text: string): SaidPart => ({ text, isValue: false });

function partsOf(value: PhraseValue, locale: Locale): readonly SaidPart[] {
  if (typeof value === "object" && "text" in value) return inParts(value, locale);
  if (typeof value === "object" && "sentences" in value) {
    const between = ours(SPACELESS.test(locale.language) ? "" : " ");
    return value.sentences.flatMap((each, index) => [...(index === 0 ? [] : [between]), ...partsOf(each, locale)]);
  }
  if (typeof value !== "object" || !("list" in value)) {
    return [{ text: valueInWords(value, locale), isValue: typeof value === "string" }];
  }
  const parts = value.list.map((each) => partsOf(each, locale));
  const last = parts.at(-1) ?? [];
  if (parts.length < 2) return last;
  const comma = ours(commaOf(locale));
  const first = parts.slice(0, -1).flatMap((each, index) => [...(index === 0 ? [] : [comma]), ...each]);
  return filled(joinedBy(value.joined, "{0}", "{1}", locale), [first, last]);
}

function valueInWords(value: PhraseValue, locale: Locale): string {
  if (typeof value === "string") return inWords(value, locale);
  if (typeof value === "number") return String(value);
  if ("text" in value) return inWords(value, locale);
  if ("day" in value) return days(locale.language).format(value.day);
  if ("amount" in value) return amounts(locale.language).format(value.amount);
  if ("sentences" in value) {
    return value.sentences.map((each) => valueInWords(each, locale)).join(SPACELESS.test(locale.language) ? "" : " ");
  }
  return joined(
    value.list.map((each) => valueInWords(each, locale)),
    value.joined,
    locale,
  );
}

/** Words one after the other, as the reader's language sets them off from each other: "3 saved, 1 failed". */
export function inRow(words: readonly string[], localize: Localize): string {
  const [first = "", ...others] = words;
  return others.reduce((row, word) => localize("{0}, {1}", row, word), first);
}

/** Languages that set no space between sentences. */
const SPACELESS = /^(?:ja|zh)\b/i;

/** The last two are joined by a text of ours; English has no comma before it. */
function joined(words: readonly string[], by: "and" | "or", locale: Locale): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : joinedBy(by, words.slice(0, -1).join(commaOf(locale)), last, locale);
}

const joinedBy = (by: "and" | "or", first: string, last: string, { localize }: Locale): string =>
  by === "and" ? localize("{0} and {1}", first, last) : localize("{0} or {1}", first, last);

const commaOf = ({ language }: Locale): string => (SPACELESS.test(language) ? "、" : ", ");

function countIsOne(count: number, { language }: Locale): boolean {
  return plurals(language).select(count) === "one";
}

/**
 * What the engine makes for a language is dear, and kept. A tag that it refuses is formatted as English.
 * @returns what `make` makes, once for each language
 */
export function perLanguage<T>(make: (language: string) => T): (language: string) => T {
  const made = new Map<string, T>();
  return (language) => {
    const known = made.get(language);
    if (known !== undefined) return known;
    const fresh = madeFor(make, language);
    made.set(language, fresh);
    return fresh;
  };
}

function madeFor<T>(make: (language: string) => T, language: string): T {
  try {
    return make(language);
  } catch {
    return make("en");
  }
}

const plurals = perLanguage((language) => new Intl.PluralRules(language));
const days = perLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }));
const amounts = perLanguage((language) => new Intl.NumberFormat(language, { useGrouping: "min2" }));
