/** Why tests cannot run, or fail, under Wine, although they are right on Windows. */
export interface Difference {
  /** What of Wine, or of how we start it, keeps them from passing. */
  readonly reason: string;
  /** `fails`: must fail; `may fail`: as it happens; `left out`: would end the run, and is skipped. */
  readonly how: "fails" | "may fail" | "left out";
  /** Their titles, as an outcome has them. */
  readonly titles: readonly string[];
}

/** Files of tests that are not loaded under Wine. */
export const LEFT_OUT_FILES: readonly (readonly [file: string, reason: string])[] = [
  ["unit/workbench/joined-modules.test.js", "esbuild is a program of the system that installed it"],
];

/** Under Wine, each test that does not pass, with its reason. Any other one that fails, fails the lane. */
export const DIFFERENCES: readonly Difference[] = [];
