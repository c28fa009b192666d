import type { Copier } from "./copier";
import type { Strings } from "./strings";
import type { Term } from "./terms";
import type { Times } from "./times";

/** What every function that draws a part of the page needs. */
export interface Drawing {
  readonly strings: Strings;
  readonly times: Times;
  readonly copier: Copier;
  /** What the filter searches for; empty without a filter. */
  readonly terms: readonly Term[];
  /** The time to compare with, epoch ms. */
  readonly now: number;
}
