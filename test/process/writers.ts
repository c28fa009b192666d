import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** What a writing process is told at its start. */
export interface WriterConfiguration {
  readonly folder: string;
  /** No two processes of a test have the same. */
  readonly name: string;
  readonly role: "writer" | "compactor";
  /** Lines appended at once. */
  readonly batch: number;
  /** `noted`: for a loss of power afterwards. `taken out`: the mutation. */
  readonly syncs: "as they are" | "noted" | "taken out";
}

export type FromWriter =
  /** Acknowledged: place and label of each line. */
  | { readonly kind: "appended"; readonly lines: readonly (readonly [place: string, label: string])[] }
  | { readonly kind: "compacted" }
  | { readonly kind: "failed"; readonly code: string; readonly message: string };

/** Processes that write to one journal, and what they were promised. */
export class Writers {
  /** Labels of acknowledged lines by their place. */
  readonly acknowledged = new Map<string, string>();
  readonly failures: { readonly code: string; readonly message: string }[] = [];
  compactions = 0;
  private readonly children = new Set<ChildProcess>();
  private listeners: (() => void)[] = [];
  private started = 0;

  constructor(
    private readonly folder: string,
    private readonly syncs: WriterConfiguration["syncs"] = "as they are",
  ) {}

  /** @param limit blocks of 512 bytes that a file may have, to stand for a disk that is full */
  start(role: WriterConfiguration["role"], batch = 1, limit?: number): ChildProcess {
    const name = `${role}-${++this.started}`;
    const configuration: WriterConfiguration = { folder: this.folder, name, role, batch, syncs: this.syncs };
    const script = path.join(__dirname, "writer.js");
    const args = [JSON.stringify(configuration)];
    const child =
      limit === undefined
        ? fork(script, args)
        : fork(script, args, {
            execPath: "/bin/sh",
            execArgv: ["-c", `ulimit -f ${limit}; exec "$0" "$@"`, process.execPath],
          });
    this.children.add(child);
    child.on("message", (message: FromWriter) => {
      if (message.kind === "appended") for (const [place, label] of message.lines) this.acknowledged.set(place, label);
      else if (message.kind === "compacted") this.compactions++;
      else this.failures.push(message);
      for (const listener of this.listeners.splice(0)) listener();
    });
    return child;
  }

  /** Waits until something holds. @throws when a process failed unexpectedly meanwhile */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      const [failure] = this.failures;
      if (failure) throw new Error(`${failure.code}: ${failure.message}`);
      await new Promise<void>((resolve) => this.listeners.push(resolve));
    }
  }

  async kill(child: ChildProcess): Promise<void> {
    this.children.delete(child);
    child.kill("SIGKILL");
    // "close" comes after the last message of its channel.
    if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.children].map((child) => this.kill(child)));
  }
}
