import type { Outcome, TestOutcome } from "./outcome";

/** Tests that fail on another crypto engine for one reason. */
export interface EngineDifference {
  /** Whether the engine lacks something, as a desktop editor's does, or only the program that we run it in. */
  readonly by: "BoringSSL" | "Bun";
  readonly because: string;
  /** Titles as in the outcome. */
  readonly tests: readonly string[];
  /** What each of them fails with. */
  readonly error: RegExp;
}

/**
 * What an outcome comes to by a table of what may fail: a test that fails as its row says counts as passed. One that
 * fails otherwise or is in no row fails; so does one of the table that passes, or that was not run.
 */
export function judgeByDifferences(outcome: Outcome, table: readonly EngineDifference[]): Outcome {
  const rows = new Map(table.flatMap((row) => row.tests.map((title) => [title, row] as const)));
  const judged = outcome.map((test): TestOutcome => {
    const row = rows.get(test.title);
    if (row === undefined) return test;
    rows.delete(test.title);
    if (test.state === "failed" && row.error.test(test.error ?? "")) {
      const { title, durationMs } = test;
      return { title, state: "passed", durationMs };
    }
    if (test.state === "failed") return { ...test, error: `fails otherwise than the table says\n${test.error ?? ""}` };
    return { ...test, state: "failed", error: `is in the table (${row.because}) and ${test.state}: take it out` };
  });
  const left = [...rows].map(([title, { because }]): TestOutcome => {
    return { title, state: "failed", durationMs: 0, error: `is in the table (${because}), and there is no such test` };
  });
  return [...judged, ...left];
}
