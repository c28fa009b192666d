import { setTimeout as sleep } from "node:timers/promises";
import type { LockHolder } from "../orders/ports";
import { bootName, makeBootFolder } from "./boot";
import type { Exclusive, Taken } from "./exclusive";
import { claim } from "./generations";
import { folderOf, isNoPlace, privateFolder, type FolderPlace } from "./private-folder";
import { ended, SocketFolder } from "./socket-folder";
import { noPrivateFolder } from "./storage-error";

/** Most ms before the next attempt if there was no holder to wait for. */
const PAUSE = 20;

/** {@link Exclusive} of Linux: a folder of sockets in the first place that can have one. */
export class SocketExclusive implements Exclusive {
  constructor(
    private readonly key: string,
    private readonly places: readonly FolderPlace[],
  ) {}

  async take(): Promise<Taken | undefined> {
    for (const place of this.places) {
      try {
        const folder = await this.open(place, true);
        if (!folder) continue;
        const taken = await claim(folder);
        return taken && (await this.ifAlone(place, taken));
      } catch (error) {
        if (!isNoPlace(error)) throw error;
      }
    }
    throw noPrivateFolder(this.places.map(folderOf));
  }

  async released(ms: number, signal: AbortSignal): Promise<void> {
    const socket = await this.holding().catch(() => undefined);
    if (socket) await ended(socket.path, ms, signal);
    // Random, so that two processes that make way for each other do not do so for ever.
    else await sleep(Math.random() * Math.min(PAUSE, ms), undefined, { signal }).catch(() => undefined);
  }

  async holder(): Promise<LockHolder | undefined> {
    try {
      const socket = await this.holding();
      return socket && (await socket.folder.publisher(socket.path));
    } catch {
      return undefined;
    }
  }

  /**
   * Makes way for a holder in another place. The processes do not have to agree on a place: the system may refuse one
   * only to some of them. Each checks after taking the lock, so of two at least one sees the other.
   */
  private async ifAlone(place: FolderPlace, taken: Taken): Promise<Taken | undefined> {
    let isAlone = false;
    try {
      isAlone = !(await this.holding(this.places.filter((other) => other !== place)));
    } finally {
      if (!isAlone) taken.dispose();
    }
    return isAlone ? taken : undefined;
  }

  private async holding(places = this.places): Promise<{ folder: SocketFolder; path: string } | undefined> {
    for (const place of places) {
      const folder = await this.open(place, false);
      const path = await folder?.holding();
      if (folder && path !== undefined) return { folder, path };
    }
    return undefined;
  }

  private async open(place: FolderPlace, make: boolean): Promise<SocketFolder | undefined> {
    const boot = await bootName();
    if (make) {
      const folder = await privateFolder(place, [], true);
      if (folder !== undefined) await makeBootFolder(folder, boot);
    }
    const folder = await privateFolder(place, [boot, this.key], make);
    return folder === undefined ? undefined : new SocketFolder(folder);
  }
}
