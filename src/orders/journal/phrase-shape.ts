import { integer, isRecord, oneOf, optional, time, type Shape } from "../../shape/shape";
import type { Phrase } from "../../words/phrase";
import { items, lineText } from "./line-shapes";

/** Characters that a kept sentence may have once it is said, however often its places repeat. */
const MAX_SAID = 64 * 1024;

/** Phrases inside of each other. */
const MAX_NESTED = 8;

/** Characters of a day or a number in any language. */
const FORMATTED = 64;

const NONE = Number.POSITIVE_INFINITY;
const number = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
const joined = oneOf("and", "or");
const list: Shape<readonly unknown[]> = items((value): value is unknown => value !== undefined);

/**
 * How long a value of a sentence is once it is said; infinite where it is something else. Whoever says it goes by the
 * one field that tells what it is, so it must have just one.
 */
const SIZES: Readonly<Record<string, (value: Readonly<Record<string, unknown>>, depth: number) => number>> = {
  text: phraseSize,
  day: ({ day }) => (time(day) ? FORMATTED : NONE),
  amount: (value) => (number(value.amount) ? FORMATTED : NONE),
  list: (value, depth) => (joined(value.joined) ? sizeOfAll(value.list, depth) : NONE),
  sentences: ({ sentences }, depth) => sizeOfAll(sentences, depth),
};

function sizeOf(value: unknown, depth: number): number {
  if (typeof value === "string") return lineText(value) ? value.length : NONE;
  if (typeof value === "number") return number(value) ? FORMATTED : NONE;
  if (!isRecord(value) || depth > MAX_NESTED) return NONE;
  const [kind, ...others] = Object.keys(SIZES).filter((each) => Object.hasOwn(value, each));
  return kind === undefined || others.length > 0 ? NONE : (SIZES[kind]?.(value, depth) ?? NONE);
}

/** Four characters may stand between two of them. */
function sizeOfAll(values: unknown, depth: number): number {
  return list(values) ? values.reduce<number>((sum, each) => sum + 4 + sizeOf(each, depth + 1), 0) : NONE;
}

function phraseSize({ text, values, plural }: Readonly<Record<string, unknown>>, depth: number): number {
  if (!lineText(text) || (values !== undefined && !list(values))) return NONE;
  const sizes = (values ?? []).map((each) => sizeOf(each, depth + 1));
  if (sizes.includes(NONE)) return NONE;
  const filled = (template: string): number =>
    [...template.matchAll(/\{(\d)\}/g)].reduce((sum, [, index]) => sum + (sizes[Number(index)] ?? 0), template.length);
  // A value is said even where it has no place.
  const said = sizes.reduce((sum, each) => sum + each, 0);
  if (plural === undefined) return Math.max(said, filled(text));
  if (!isRecord(plural) || !number(plural.count) || !lineText(plural.other)) return NONE;
  return Math.max(said, filled(text), filled(plural.other));
}

/** A sentence in words yet to be said. */
const phraseShape: Shape<Phrase> = (value): value is Phrase =>
  isRecord(value) && Object.hasOwn(value, "text") && sizeOf(value, 0) <= MAX_SAID;

/** The fields of a `SaidMessage`. */
export const saidMessageFields = { message: lineText, said: optional(phraseShape) };
