import path from "node:path";
import { type CommandResult, runCommand } from "./command";
import type { Endings } from "./endings";
import { count, type Outcome, OUTCOME_VARIABLE, readOutcome } from "./outcome";

/** One part of `npm test`: a program that passes or fails. */
export interface Lane {
  readonly name: string;
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** How long it may take, ms. */
  readonly limitMs: number;
  /** "its tests": it writes an outcome, and having run no test is a failure. */
  readonly counts: "as one" | "its tests";
}

export interface LaneResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Said again at the end, one text each. */
  readonly failures: readonly string[];
}

/**
 * Runs a lane to its end, or to its limit of time.
 *
 * @param scratch a folder for what it leaves
 * @param print when its output is printed: whole when it ends, where several run at the same time
 */
export async function runLane(
  lane: Lane,
  scratch: string,
  endings: Endings,
  print: "as it comes" | "when it ends" | "nothing",
): Promise<LaneResult> {
  const begun = Date.now();
  const file = path.join(scratch, `${lane.name}.json`);
  if (print === "as it comes") console.log(`\n── ${lane.name}`);
  const [program, ...args] = lane.command;
  let output = "";
  const failure = await failureOf(
    runCommand(program, args, lane.limitMs, {
      env: { ...process.env, [OUTCOME_VARIABLE]: file },
      // A lane starts servers and browsers in groups of their own: it is asked to end, not killed.
      started: (child) => endings.add(() => child.stop()),
      printed: (text) => {
        output += text;
        if (print === "as it comes") process.stdout.write(text);
      },
    }),
  );
  const seconds = (Date.now() - begun) / 1000;
  if (print === "when it ends") console.log(`\n── ${lane.name} (${seconds.toFixed(1)} s)\n${output.trimEnd()}`);
  return { name: lane.name, seconds, ...countsOf(lane, file, failure) };
}

/** @returns what went wrong with a program; undefined when it ended with exit code 0 */
async function failureOf(ended: Promise<CommandResult>): Promise<string | undefined> {
  try {
    const { code } = await ended;
    return code === 0 ? undefined : `ended with ${code === undefined ? "a signal" : `exit code ${code}`}`;
  } catch (error) {
    // Its output was printed already.
    return String(error).split("\n", 1)[0];
  }
}

function countsOf(lane: Lane, file: string, failure: string | undefined): Omit<LaneResult, "name" | "seconds"> {
  if (lane.counts === "as one") {
    return failure === undefined
      ? { passed: 1, failed: 0, skipped: 0, failures: [] }
      : { passed: 0, failed: 1, skipped: 0, failures: [failure] };
  }
  let outcome: Outcome = [];
  const failures: string[] = [];
  try {
    outcome = readOutcome(file);
    failures.push(...outcome.flatMap((test) => (test.error === undefined ? [] : `${test.title}\n${test.error}`)));
    if (outcome.every((test) => test.state === "skipped")) failures.push("ran no test");
    // A process that failed although no test did, for instance since it left something running.
    if (failure !== undefined && failures.length === 0) failures.push(failure);
  } catch (error) {
    failures.push([failure, (error as Error).message].filter(Boolean).join(": "));
  }
  return { passed: count(outcome, "passed"), failed: failures.length, skipped: count(outcome, "skipped"), failures };
}
