import type { Outcome } from "./outcome";
import type { Difference } from "./windows-differences";

/** What a run of the tests under Wine came to. */
export interface WindowsVerdict {
  readonly passed: number;
  readonly skipped: number;
  /** Tests that failed as the table says. */
  readonly known: number;
  /** What the table does not say, a text each. */
  readonly failures: readonly string[];
}

/**
 * Holds an outcome against the table of known differences: both a test that fails without being in it, and one that is
 * in it and passes or is gone, are failures.
 * @param isWhole whether all tests ran: else those of the table may be missing
 */
export function judge(outcome: Outcome, differences: readonly Difference[], isWhole = true): WindowsVerdict {
  const howOf = new Map(differences.flatMap(({ how, titles }) => titles.map((title) => [title, how])));
  const titles = new Set(outcome.map(({ title }) => title));
  const failures: string[] = [];
  const counts = { passed: 0, skipped: 0, known: 0 };
  for (const { title, state, error = "" } of outcome) {
    const how = howOf.get(title);
    if (state === "skipped") counts.skipped += 1;
    else if (state === "passed" && how !== "fails") counts.passed += 1;
    else if (state === "passed") failures.push(`${title}\nIt passes: take it out of the table of differences.`);
    else if (how === undefined) failures.push(`${title}\n${error}`);
    else counts.known += 1;
  }
  for (const title of isWhole ? howOf.keys() : [])
    if (!titles.has(title)) failures.push(`${title}\nThere is no such test: take it out of the table of differences.`);
  return { ...counts, failures };
}
