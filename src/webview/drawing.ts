import type { Copier } from "./copier";
import type { Strings } from "./strings";
import type { Term } from "./terms";
import type { Times } from "./times";

/** What all that draws a part of the page needs. */
export interface Drawing {
  readonly strings: Strings;
  readonly times: Times;
  readonly copier: Copier;
  /** What the filter looks for; none when it is empty. */
  readonly terms: readonly Term[];
  /** The time to compare with, epoch ms. */
  readonly now: number;
}
