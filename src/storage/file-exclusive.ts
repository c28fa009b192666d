import { constants } from "node:fs";
import { open, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LockHolder } from "../orders/ports";
import { integer, parseJson, record, time } from "../shape/shape";
import type { Exclusive, Taken } from "./exclusive";
import { folderOf, privateFolder, type FolderPlace } from "./private-folder";
import { errnoOf, noPrivateFolder } from "./storage-error";

/**
 * What opens a file so that nobody else can at the same time; Node passes it on. The system releases it with the
 * process. macOS and the BSDs, open(2): an flock(2) with the open, atomically. Windows: libuv's `UV_FS_O_EXLOCK`,
 * which opens without sharing, so that the next open fails with `ERROR_SHARING_VIOLATION`, for libuv `EBUSY`.
 */
export const EXCLUSIVELY = { win32: 0x10000000, others: 0x20 | constants.O_NONBLOCK } as const;

const HELD = ["EBUSY", "EAGAIN", "EWOULDBLOCK", "EINTR"];

/** ms between two checks of a held file; there is no event to wait for. */
const RETRY = 50;

/** What a holder notes about itself; anybody of this user could write it. */
const isNote = record<Pick<Required<LockHolder>, "pid" | "since">>({ pid: integer(1, 2 ** 31), since: time });

/** {@link Exclusive} of macOS and Windows: a file. */
export class FileExclusive implements Exclusive {
  /**
   * @param openFile for tests: the system's
   * @param platform for tests: the system
   */
  constructor(
    private readonly key: string,
    private readonly places: readonly FolderPlace[],
    private readonly openFile: typeof open = open,
    private readonly platform: NodeJS.Platform = process.platform,
  ) {}

  async take(): Promise<Taken | undefined> {
    const folder = await this.folder(true);
    if (folder === undefined) throw noPrivateFolder(this.places.map(folderOf));
    const flags = this.platform === "win32" ? EXCLUSIVELY.win32 : EXCLUSIVELY.others;
    try {
      const handle = await this.openFile(
        path.join(folder, `${this.key}.lock`),
        constants.O_RDWR | constants.O_CREAT | flags,
        0o600,
      );
      const note = path.join(folder, `${this.key}.holder`);
      await writeFile(note, JSON.stringify({ pid: process.pid, since: Date.now() })).catch(() => undefined);
      // Other waiting processes are not visible: there may be some.
      return {
        isWanted: true,
        // Nobody waits for a note that a scanner has open: a stale one tells of a process that may be gone, no more.
        dispose: () =>
          void rm(note, { force: true })
            .finally(() => handle.close())
            .catch(() => undefined),
      };
    } catch (error) {
      if (HELD.includes(errnoOf(error) ?? "")) return undefined;
      throw error;
    }
  }

  async released(ms: number, signal: AbortSignal): Promise<void> {
    await sleep(Math.min(ms, RETRY), undefined, { signal }).catch(() => undefined);
  }

  /** As noted by the holder; `undefined` once that process is gone. */
  async holder(): Promise<LockHolder | undefined> {
    try {
      const note = parseJson(await readFile(path.join((await this.folder(false)) ?? "", `${this.key}.holder`), "utf8"));
      if (!isNote(note)) return undefined;
      const { pid, since } = note;
      process.kill(pid, 0);
      return { pid, since, isStopped: false };
    } catch {
      return undefined;
    }
  }

  private async folder(make: boolean): Promise<string | undefined> {
    for (const place of this.places) {
      const folder = await privateFolder(place, [], make);
      if (folder !== undefined) return folder;
    }
    return undefined;
  }
}
