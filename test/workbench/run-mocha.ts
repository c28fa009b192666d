import { readdirSync } from "node:fs";
import path from "node:path";
import { inspect } from "node:util";
import type Mocha from "mocha";
import { filesOf, type Part } from "./parts";
import { type Outcome, OUTCOME_VARIABLE, type TestOutcome, writeOutcome } from "./outcome";

/** How tests are run. */
export interface MochaOptions {
  /** Limit for each test and hook, ms. */
  readonly timeoutMs: number;
  /** A test taking longer is pointed out, ms. */
  readonly slowMs: number;
  /** "spec" prints each test as it ends, "none" nothing: for a host, whose output is the window's log. */
  readonly print: "spec" | "none";
  /**
   * Which rejections that nobody handled fail the test they fall into: all, or only those with this folder in their
   * stack, where others work in the same process.
   */
  readonly strayRejections: "all" | { readonly from: string };
  /** Which of the files are run; all without one. */
  readonly part?: Part;
  /** The only file that is run, by its name. */
  readonly only?: string;
  /** Which of the files are run, by their path from the name of the folder on, with slashes; all without it. */
  readonly wanted?: (file: string) => boolean;
  /** Titles of tests that count as skipped, as an outcome has them. */
  readonly leftOut?: ReadonlySet<string>;
}

/** How much of an error is kept, characters: an assertion may carry a megabyte that it compared. */
const ERROR_LENGTH = 4_000;

/**
 * Runs every `*.test.js` below a folder, or a part of them, and writes the outcome to the file that the environment
 * names. What keeps the tests from running, such as a file that does not load, is in the outcome as one that failed. So
 * is a forgotten `.only`, since it would hide all other tests.
 */
export async function runMocha(folder: string, options: MochaOptions): Promise<Outcome> {
  // Stacks name the sources of what is loaded from here on.
  process.setSourceMapsEnabled(true);
  const outcome: TestOutcome[] = [];
  const { strayRejections: strays } = options;
  // What is thrown here mocha takes for an error of the test that runs; by itself it lets rejections pass.
  const onRejection = (reason: unknown) => {
    if (strays === "all" || (reason instanceof Error && reason.stack?.includes(strays.from))) throw reason;
  };
  process.on("unhandledRejection", onRejection);
  try {
    await run(await withFiles(folder, options), outcome);
  } catch (error) {
    outcome.push({ title: "the run of the tests itself", state: "failed", durationMs: 0, error: describe(error) });
  } finally {
    process.removeListener("unhandledRejection", onRejection);
  }
  const file = process.env[OUTCOME_VARIABLE];
  if (file !== undefined) writeOutcome(file, outcome);
  return outcome;
}

async function withFiles(folder: string, options: MochaOptions): Promise<Mocha> {
  const { default: MochaClass } = await import("mocha");
  const mocha = new MochaClass({
    ui: "bdd",
    timeout: options.timeoutMs,
    slow: options.slowMs,
    forbidOnly: true,
    reporter: options.print === "spec" ? "spec" : MochaClass.reporters.Base,
  });
  const { part, only, wanted, leftOut } = options;
  for (const file of testFiles(folder, part, wanted))
    if (only === undefined || path.basename(file) === only) mocha.addFile(file);
  if (leftOut !== undefined) {
    // Before the first hook runs, so that those of a suite with nothing else do not.
    mocha.suite.beforeAll(() => mocha.suite.eachTest((test) => (test.pending ||= leftOut.has(titleOf(test)))));
  }
  return mocha;
}

/** Resolves when all have run; adds to the outcome as they end. Rejects when they cannot be loaded. */
function run(mocha: Mocha, outcome: TestOutcome[]): Promise<void> {
  const add = (test: Mocha.Runnable, state: TestOutcome["state"], error?: unknown) =>
    outcome.push({
      title: titleOf(test),
      state,
      durationMs: test.duration ?? 0,
      ...(error === undefined ? {} : { error: describe(error) }),
    });
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on("pass", (test) => add(test, "passed"));
    runner.on("pending", (test) => add(test, "skipped"));
    runner.on("fail", (test, error: unknown) => add(test, "failed", error));
  });
}

const titleOf = (test: Mocha.Runnable): string => test.titlePath().join(" › ");

function describe(error: unknown): string {
  const text = error instanceof Error && error.stack !== undefined ? error.stack : inspect(error);
  return text.length > ERROR_LENGTH ? `${text.slice(0, ERROR_LENGTH)} … and ${text.length - ERROR_LENGTH} more` : text;
}

/** In the same order on each machine. */
function testFiles(
  folder: string,
  part: Part = { number: 1, of: 1 },
  wanted: (file: string) => boolean = () => true,
): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.js"))
    .map((name) => path.posix.join(path.basename(folder), ...name.split(path.sep)))
    .filter(wanted)
    .sort();
  return filesOf(part, names).map((name) => path.resolve(folder, "..", name));
}
