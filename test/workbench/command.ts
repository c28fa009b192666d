import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { ChildGroup, type ChildOptions } from "./child-group";
import { WorkbenchError } from "./workbench-error";

/** Time for the last output of a program that has ended, ms. */
const DRAIN_MS = 1_000;

/** What else a caller wants of a command while it runs. */
export interface CommandOptions extends Pick<ChildOptions, "cwd" | "env" | "output"> {
  /** Gets the running program, to end it early. */
  readonly started?: (child: ChildGroup) => void;
  /** Gets its output as it comes. */
  readonly printed?: (text: string) => void;
}

/** What a command that ended left behind. */
export interface CommandResult {
  /** undefined when a signal ended it. */
  readonly code: number | undefined;
  /** Both its outputs, in the order they came. */
  readonly output: string;
}

/**
 * Runs a program to its end and holds its output; the program and all it started are killed when it takes too long.
 *
 * @param limitMs how long it may take, ms
 * @throws WorkbenchError `command-timed-out`; `command-failed` when the program cannot be started
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  limitMs: number,
  { started, printed, ...options }: CommandOptions = {},
): Promise<CommandResult> {
  const child = new ChildGroup(command, args, options);
  started?.(child);
  const closed = once(child.process, "close");
  closed.catch(() => undefined);
  let output = "";
  for (const stream of child.output) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      printed?.(text);
    });
  }
  const line = [command, ...args].join(" ");
  const ended = child.ended.catch((error: unknown) => {
    throw new WorkbenchError("command-failed", `Could not start: ${line}: ${String(error)}`);
  });
  const tooLate = new AbortController();
  try {
    const late = wait(limitMs, undefined, { signal: tooLate.signal }).then(() => {
      throw new WorkbenchError("command-timed-out", `Took longer than ${limitMs / 1000} s: ${line}\n${output}`);
    });
    late.catch(() => undefined);
    const code = await Promise.race([ended, late]);
    // The last of the output may still be on its way, unless a process that left the group holds the pipe.
    await Promise.race([closed, wait(DRAIN_MS, undefined, { ref: false })]);
    return { code, output };
  } finally {
    tooLate.abort();
    await child.stop();
  }
}

/**
 * As `runCommand`, for programs that must succeed.
 *
 * @returns the program's output
 * @throws WorkbenchError `command-failed` with the end of the output
 */
export async function mustRun(
  command: string,
  args: readonly string[],
  limitMs: number,
  options: CommandOptions = {},
): Promise<string> {
  const { code, output } = await runCommand(command, args, limitMs, options);
  if (code === 0) return output;
  throw new WorkbenchError(
    "command-failed",
    `Failed (${code ?? "killed"}): ${[command, ...args].join(" ")}\n${output.slice(-4_000)}`,
  );
}
