import { integer, list } from "../../shape/shape";

/** When a person is warned of what ends. */
export interface WarningThresholds {
  /** Days before the end; none: no warnings. */
  readonly days: readonly number[];
  /** Of certificates that live less than 100 days: percent of their life that is left. */
  readonly shares: readonly number[];
}

/** Settings of thresholds that can be used: at most 20 whole numbers. */
export const isDays = list(integer(1, 1_000), 20);
export const isShares = list(integer(1, 100), 20);
