/**
 * A sentence whose words are not chosen yet: the English template, which is its key in every language, and what fills
 * its places. Rooms that do not know the reader return it; `inWords` of `localize.ts` says it. It is plain data, so
 * that it crosses threads and JSON.
 */
export interface Phrase {
  /** English, with places `{0}`, `{1}` …. */
  readonly text: string;
  readonly values?: readonly PhraseValue[];
  /** Which count decides between `text`, which stands for one, and the text for any other. */
  readonly plural?: { readonly count: number; readonly other: string };
}

/**
 * What fills a place. A text or number is shown as it is: amounts that the reader's language groups are
 * {@link amount}s, since ports, years and identifiers are numbers, too.
 */
export type PhraseValue = string | number | Phrase | DayValue | AmountValue | ListValue | SentencesValue;

/** A day in UTC, in the reader's format. */
interface DayValue {
  /** Epoch ms. */
  readonly day: number;
}

interface AmountValue {
  readonly amount: number;
}

/** Several values in one place, joined as the language joins a list. */
interface ListValue {
  readonly list: readonly PhraseValue[];
  readonly joined: "and" | "or";
}

/** Whole sentences one after the other. */
interface SentencesValue {
  readonly sentences: readonly PhraseValue[];
}

/** @param text English, as a literal, so that every text can be found and translated */
export function phrase(text: string, ...values: readonly PhraseValue[]): Phrase {
  return values.length === 0 ? { text } : { text, values };
}

/**
 * A phrase that depends on a count, which fills the place `{0}` as an amount; `values` fill `{1}` and so on.
 * @param one English for a count of one, as a literal
 * @param other English for any other count, as a literal
 */
export function plural(count: number, one: string, other: string, ...values: readonly PhraseValue[]): Phrase {
  return { text: one, plural: { count, other }, values: [amount(count), ...values] };
}

/** The UTC day of a time (epoch ms), as "Nov 20, 2026"; words where it could not be read. */
export function onDay(at: number | undefined): PhraseValue {
  return at === undefined ? phrase("a day that could not be read") : { day: at };
}

/** A count with the separators of the reader's language, as "12,500". */
export const amount = (value: number): PhraseValue => ({ amount: value });

/** "a, b and c"; with more than `most` of them, the first ones and how many more there are. */
export const allOf = (values: readonly PhraseValue[], most = values.length): PhraseValue => listOf(values, "and", most);

/** "a, b or c"; with more than `most` of them, the first ones and how many more there are. */
export const anyOf = (values: readonly PhraseValue[], most = values.length): PhraseValue => listOf(values, "or", most);

function listOf(values: readonly PhraseValue[], joined: "and" | "or", most: number): PhraseValue {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return only;
  const more = values.length - most;
  if (more <= 0) return { list: values, joined };
  return { list: [...values.slice(0, most), plural(more, "{0} more", "{0} more")], joined };
}

/** Whole sentences, one after the other. */
export const sentences = (...said: readonly PhraseValue[]): PhraseValue => ({ sentences: said });
