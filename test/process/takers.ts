import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";

/** What a taker's process is told at its start. */
export interface TakerConfiguration {
  readonly folder: string;
  /** The file in which all write down when they have the lock. */
  readonly log: string;
  /** ms that each holds it at most. */
  readonly longest: number;
  /** A fault, to see that the test notices. */
  readonly mutation?: "no-lock";
}

/** Processes that take turns at one lock, and what they wrote down of it. */
export class Takers {
  /** How often one of them had the lock… */
  holdings = 0;
  /** …and each, by its process' number. */
  readonly holdingsOf = new Map<number | undefined, number>();
  private readonly children = new Set<ChildProcess>();
  private readonly killedAt = new Map<number, bigint>();
  private listeners: (() => void)[] = [];

  constructor(private readonly configuration: TakerConfiguration) {}

  start(): ChildProcess {
    const child = fork(path.join(__dirname, "taker.js"), [JSON.stringify(this.configuration)]);
    this.children.add(child);
    child.on("message", () => {
      this.holdings++;
      this.holdingsOf.set(child.pid, (this.holdingsOf.get(child.pid) ?? 0) + 1);
      for (const listener of this.listeners.splice(0)) listener();
    });
    return child;
  }

  async kill(child: ChildProcess): Promise<void> {
    this.children.delete(child);
    // It dies no sooner than this.
    this.killedAt.set(child.pid ?? 0, process.hrtime.bigint());
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.children].map((child) => this.kill(child)));
  }

  get living(): ChildProcess[] {
    return [...this.children];
  }

  /** Waits until something holds, looking each time that somebody has the lock. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise<void>((resolve) => this.listeners.push(resolve));
  }

  /** How often somebody had the lock before the one before had let go or was killed. For when all are dead. */
  overlaps(): number {
    const open = new Map<string, bigint>();
    let overlaps = 0;
    for (const [what, pid = "", at = ""] of this.lines()) {
      for (const holder of open.keys()) {
        const killed = this.killedAt.get(Number(holder));
        if (killed !== undefined && killed <= BigInt(at)) open.delete(holder);
      }
      if (what === "leave") open.delete(pid);
      else {
        overlaps += open.size;
        open.set(pid, BigInt(at));
      }
    }
    return overlaps;
  }

  /** What was written, by time. */
  private lines(): string[][] {
    const lines = readFileSync(this.configuration.log, "utf8").trimEnd().split("\n");
    return lines.map((line) => line.split(" ")).sort((a, b) => (BigInt(a[2] ?? 0) < BigInt(b[2] ?? 0) ? -1 : 1));
  }
}
