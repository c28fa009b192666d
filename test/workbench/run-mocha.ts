import { readdirSync } from "node:fs";
import path from "node:path";
import { inspect } from "node:util";
import type Mocha from "mocha";
import { type Outcome, OUTCOME_VARIABLE, type TestOutcome, writeOutcome } from "./outcome";

/** How tests are run. */
export interface MochaOptions {
  /** Limit for each test and hook, ms. */
  readonly timeoutMs: number;
  /** A test taking longer is pointed out, ms. */
  readonly slowMs: number;
  /** "spec" prints each test as it ends, "none" nothing: for a host, whose output is the window's log. */
  readonly print: "spec" | "none";
}

/**
 * Runs every `*.test.js` below a folder and writes the outcome to the file that the environment names. A forgotten
 * `.only` is a failure, since it would hide all other tests.
 */
export async function runMocha(folder: string, options: MochaOptions): Promise<Outcome> {
  const { default: MochaClass } = await import("mocha");
  const mocha = new MochaClass({
    ui: "bdd",
    timeout: options.timeoutMs,
    slow: options.slowMs,
    forbidOnly: true,
    reporter: options.print === "spec" ? "spec" : MochaClass.reporters.Base,
  });
  for (const file of testFiles(folder)) mocha.addFile(file);
  const outcome: TestOutcome[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    const add = (test: Mocha.Runnable, state: TestOutcome["state"], error?: unknown) =>
      outcome.push({
        title: test.titlePath().join(" › "),
        state,
        durationMs: test.duration ?? 0,
        ...(error === undefined ? {} : { error: describe(error) }),
      });
    runner.on("pass", (test) => add(test, "passed"));
    runner.on("pending", (test) => add(test, "skipped"));
    runner.on("fail", (test, error: unknown) => add(test, "failed", error));
  });
  const file = process.env[OUTCOME_VARIABLE];
  if (file !== undefined) writeOutcome(file, outcome);
  return outcome;
}

function describe(error: unknown): string {
  return error instanceof Error && error.stack !== undefined ? error.stack : inspect(error);
}

/** In the same order on each machine. */
function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.js"))
    .sort()
    .map((name) => path.join(folder, name));
}
