import { phrase, type PhraseValue } from "../../words/phrase";

/** What stands after the date of knowledge that nobody signed, see `in-use.ts`. */
export const UNSIGNED = ", unsigned";
export const PARTLY_UNSIGNED = ", partly unsigned";

/** The date of what is known, "2026-11-20", for a sentence; with a mark where nobody vouches for it. */
export function datedWords(asOf: string): PhraseValue {
  if (asOf.endsWith(PARTLY_UNSIGNED)) return phrase("{0}, partly unsigned", asOf.slice(0, -PARTLY_UNSIGNED.length));
  return asOf.endsWith(UNSIGNED) ? phrase("{0}, unsigned", asOf.slice(0, -UNSIGNED.length)) : asOf;
}
