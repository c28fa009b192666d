import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";

/** How a child is started; what is not said is as with `child_process.spawn`. */
export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /**
   * Default: the child's output is held for the caller to read; "inherit": it goes to our terminal as it comes; a
   * number: to that open file.
   */
  readonly output?: "inherit" | number;
}

/** Time a group has to end by itself after SIGTERM, ms. */
const GRACE_MS = 5_000;

/** Time the system has to clear away a killed group, ms; where nobody collects the dead, they stay listed. */
const REAP_MS = 1_000;

/**
 * A child process with a process group of its own, so that ending it ends its children too. Should this process exit
 * without `stop()`, the group is killed on the way out.
 */
export class ChildGroup {
  readonly process: ChildProcess;
  /** The exit code; undefined when a signal ended the child. Rejects when the program could not be started. */
  readonly ended: Promise<number | undefined>;

  /** Starts the program; a failure to start shows in `ended`. */
  constructor(command: string, args: readonly string[], options: ChildOptions = {}) {
    this.process = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", options.output ?? "pipe", options.output ?? "pipe"],
      // Windows has no process groups (a detached child gets a console window): there the tree is ended instead.
      detached: process.platform !== "win32",
    });
    const killOnExit = () => this.signal("SIGKILL");
    // Before anything else: folders that it writes to may be removed on exit, too.
    process.prependOnceListener("exit", killOnExit);
    this.ended = once(this.process, "exit")
      .then(([code]: (number | null)[]) => code ?? undefined)
      .finally(() => process.removeListener("exit", killOnExit));
    this.ended.catch(() => undefined);
  }

  get output(): readonly Readable[] {
    return [this.process.stdout, this.process.stderr].filter((stream) => stream !== null);
  }

  /** True while any process of the group is left, the first child or one that it started. */
  get alive(): boolean {
    return this.signal(0);
  }

  /** Asks the whole group to end, kills what is left of it after five seconds, and returns when nothing is. */
  async stop(): Promise<void> {
    this.signal("SIGTERM");
    const killAt = Date.now() + GRACE_MS;
    while (this.alive && Date.now() < killAt + REAP_MS) {
      if (Date.now() >= killAt) this.signal("SIGKILL");
      await wait(25);
    }
  }

  /** @returns false when there is nothing left to signal */
  private signal(signal: NodeJS.Signals | 0): boolean {
    const pid = this.process.pid;
    if (pid === undefined) return false;
    try {
      if (process.platform !== "win32") return process.kill(-pid, signal);
      if (signal === 0) return process.kill(pid, 0);
      spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  }
}
