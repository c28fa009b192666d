import type { Localize } from "../words/localize";

/** What a finding says: what was seen, and the next step. */
export interface FindingWords {
  readonly words: string;
  readonly next: string;
}

/** Says a finding by its values, in their order; those that are missing are empty. */
export type SayFinding = (localize: Localize, ...values: readonly [string, string, string, string]) => FindingWords;
