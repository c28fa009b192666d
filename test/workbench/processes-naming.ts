import { readdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { runCommand } from "./command";

/** Time that processes have to end by themselves after SIGTERM, and after SIGKILL, ms. */
const GRACE_MS = 5_000;
const KILL_MS = 2_000;

/** Time for a list of the processes, ms. */
const LIST_LIMIT_MS = 10_000;

/**
 * The processes whose command line has this text. A program that leaves its process group, as the desktop VS Code
 * does, is still known by the folder that it was given.
 *
 * @param text something that nobody else has, such as the path of a temporary folder
 * @returns their ids; none on Windows, where a group is ended as a tree and nothing leaves that
 */
export async function processesNaming(text: string): Promise<number[]> {
  if (process.platform === "win32") return [];
  const lines = process.platform === "linux" ? await fromProc() : await fromPs();
  return lines.filter(({ pid, line }) => pid !== process.pid && line.includes(text)).map(({ pid }) => pid);
}

/** Ends them all; returns when none is left, or when even killing did not help. */
export async function endProcessesNaming(text: string): Promise<void> {
  const started = Date.now();
  for (let pids = await processesNaming(text); pids.length > 0; pids = await processesNaming(text)) {
    const elapsed = Date.now() - started;
    if (elapsed > GRACE_MS + KILL_MS) return;
    for (const pid of pids) signal(pid, elapsed > GRACE_MS ? "SIGKILL" : "SIGTERM");
    await wait(100);
  }
}

interface CommandLine {
  readonly pid: number;
  readonly line: string;
}

async function fromProc(): Promise<CommandLine[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    // Arguments end in NUL bytes; a process that went meanwhile has none.
    pids.map(async (pid) => ({
      pid: Number(pid),
      line: await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""),
    })),
  );
}

async function fromPs(): Promise<CommandLine[]> {
  const { output } = await runCommand("ps", ["-Aww", "-o", "pid=,args="], LIST_LIMIT_MS);
  return output.split("\n").map((line) => ({ pid: Number.parseInt(line, 10), line }));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}
