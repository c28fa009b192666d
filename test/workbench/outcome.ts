import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { WorkbenchError } from "./workbench-error";

/** Names the file that a run of tests writes its outcome to, in the environment of the process that runs them. */
export const OUTCOME_VARIABLE = "CERTIFICATE_COLLECTOR_OUTCOME";

/** What a run of tests came to: its tests, and the hooks that failed, in the order they ran. */
export type Outcome = readonly TestOutcome[];

export interface TestOutcome {
  /** Titles of the suites and the test, joined by " › ". */
  readonly title: string;
  readonly state: "passed" | "failed" | "skipped";
  readonly durationMs: number;
  /** What was thrown, with its stack: of the failed ones alone. */
  readonly error?: string;
}

/** How many came to this. */
export function count(outcome: Outcome, state: TestOutcome["state"]): number {
  return outcome.filter((test) => test.state === state).length;
}

/** Writes an outcome, whole or not at all. */
export function writeOutcome(file: string, outcome: Outcome): void {
  writeFileSync(`${file}.partial`, JSON.stringify(outcome, undefined, 2));
  renameSync(`${file}.partial`, file);
}

/**
 * @throws WorkbenchError `outcome-missing` when there is no file or another thing in it: the run did not get to its end
 */
export function readOutcome(file: string): Outcome {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (isOutcome(value)) return value;
  } catch {
    // Said below.
  }
  throw new WorkbenchError(
    "outcome-missing",
    "The tests left no outcome: the process that ran them did not get to its end.",
  );
}

function isOutcome(value: unknown): value is Outcome {
  return Array.isArray(value) && value.every(isTestOutcome);
}

function isTestOutcome(value: unknown): value is TestOutcome {
  if (typeof value !== "object" || value === null) return false;
  const { title, state, durationMs, error } = value as Partial<Record<keyof TestOutcome, unknown>>;
  return (
    typeof title === "string" &&
    (state === "passed" || state === "failed" || state === "skipped") &&
    typeof durationMs === "number" &&
    (error === undefined || typeof error === "string")
  );
}
