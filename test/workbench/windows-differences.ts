/** Why tests cannot run, or fail, under Wine, although they are right on Windows. */
export interface Difference {
  /** What of Wine, or of how we start it, keeps them from passing. */
  readonly reason: string;
  /** `fails`: they are run, and must fail; `left out`: they would end the run, and count as skipped. */
  readonly how: "fails" | "left out";
  /** Their titles, as an outcome has them. */
  readonly titles: readonly string[];
}

/** Files of tests that are not loaded under Wine. */
export const LEFT_OUT_FILES: readonly (readonly [file: string, reason: string])[] = [
  ["unit/workbench/joined-modules.test.js", "esbuild is a program of the system that installed it"],
];

/** Under Wine, each test that does not pass, with its reason. Any other one that fails, fails the lane. */
export const DIFFERENCES: readonly Difference[] = [
  {
    reason: "writes without an end, which under Wine nothing interrupts",
    how: "left out",
    titles: ["the file of a validation › that never ends is left after 1 kB"],
  },
];
