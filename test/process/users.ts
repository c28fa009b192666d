import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { FolderPlace } from "../../src/storage/private-folder";

/** What a user's process is told at its start. */
export interface UserConfiguration {
  /** Who it becomes, with the group of the same number; without it, it stays who it is. */
  readonly uid?: number;
  /** Where its lock may lie; without it, where the extension's does. */
  readonly places?: readonly FolderPlace[];
}

/** What it is told to do, with one or two files. */
export type Deed = readonly [
  what:
    | "places"
    | "take"
    | "is wanted"
    | "let go"
    | "sockets of everybody"
    | "connect"
    | "connect often"
    | "listen"
    | "list"
    | "write"
    | "make folder"
    | "open to all"
    | "link"
    | "link by name"
    | "rename",
  file?: string,
  other?: string,
];

/** A process of a user, as a test drives it. */
export class UserProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(configuration: UserConfiguration, env = process.env): Promise<UserProcess> {
    const child = fork(path.join(__dirname, "user.js"), [JSON.stringify(configuration)], { env });
    await once(child, "message");
    return new UserProcess(child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Does it. @returns what came of it; of a failure the system's name, for instance "EACCES" */
  async does(...deed: Deed): Promise<unknown> {
    const answer = once(this.child, "message");
    this.child.send(deed);
    const [value] = (await answer) as [unknown];
    return value;
  }

  async end(): Promise<void> {
    this.child.kill("SIGKILL");
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "close");
  }
}
