import { either, integer, lazily, oneOf, optional, record, time, type Shape } from "../../shape/shape";
import type { Phrase, PhraseValue } from "../../words/phrase";
import { items, lineText } from "./line-shapes";

type Member<K extends string> = Extract<PhraseValue, Readonly<Record<K, unknown>>>;

const number = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
const values: Shape<readonly PhraseValue[]> = lazily(() => items(value));

/** A sentence in words yet to be said. */
const phraseShape = record<Phrase>({
  text: lineText,
  values: optional(values),
  plural: optional(record<NonNullable<Phrase["plural"]>>({ count: number, other: lineText })),
});

const value: Shape<PhraseValue> = [
  number,
  phraseShape,
  record<Member<"day">>({ day: time }),
  record<Member<"amount">>({ amount: number }),
  record<Member<"list">>({ list: values, joined: oneOf("and", "or") }),
  record<Member<"sentences">>({ sentences: values }),
].reduce<Shape<PhraseValue>>((all, shape) => either(all, shape as Shape<PhraseValue>), lineText);

/** The fields of a `SaidMessage`. */
export const saidMessageFields = { message: lineText, said: optional(phraseShape) };
