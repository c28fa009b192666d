import { inEnglish } from "../../../src/words/localize";
import type { Phrase } from "../../../src/words/phrase";

/** Plain data in which each phrase is said. */
export type Plainly<T> = T extends Phrase
  ? string
  : T extends Uint8Array
    ? T
    : T extends readonly (infer E)[]
      ? readonly Plainly<E>[]
      : T extends object
        ? { readonly [K in keyof T]: Plainly<T[K]> }
        : T;

/** Plain data with each phrase in English. */
export function plainly<T>(value: T): Plainly<T> {
  return said(value) as Plainly<T>;
}

function said(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(said);
  const isPhrase = "text" in value && Object.keys(value).every((key) => ["text", "values", "plural"].includes(key));
  if (isPhrase && !("mark" in value)) return inEnglish(value as Phrase);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, said(each)]));
}
