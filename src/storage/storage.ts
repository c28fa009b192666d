import { stat } from "node:fs/promises";
import path from "node:path";
import type { CaName } from "../orders/order";
import { Blobs } from "./blobs";
import { exclusive } from "./exclusive";
import { SegmentJournal } from "./journal";
import { ProcessLock } from "./lock";
import { errnoOf, storageError } from "./storage-error";

/** What is kept in a folder of this user. */
export interface Storage {
  /** Whether anything was ever kept here. */
  readonly isUsed: boolean;
  readonly journal: SegmentJournal;
  readonly blobs: Blobs;
  readonly lock: ProcessLock;
  /**
   * Merges what is old, unless another process is doing so. For a quiet moment: it reads all that is old.
   * @returns how many segments were merged
   * @throws StorageError when the disk does not let it; nothing is lost then
   */
  compact(): Promise<number>;
  /** Ends after what is being written. */
  close(): Promise<void>;
}

/**
 * Opens the storage in a folder, with a single look at whether it was used before and nothing else: no file, no watch,
 * no socket, until something is read or written.
 * @throws StorageError when the folder cannot be looked at
 */
export async function openStorage(folder: string): Promise<Storage> {
  const orders = path.join(folder, "orders");
  const isUsed = await isThere(orders);
  const journal = new SegmentJournal(orders);
  return {
    isUsed,
    journal,
    blobs: new Blobs(path.join(folder, "certificates")),
    lock: new ProcessLock((ca) => lockName(ca, folder)),
    async compact() {
      const taken = await exclusive(`compaction ${folder}`).take();
      if (!taken) return 0;
      try {
        return await journal.compact();
      } catch (error) {
        throw storageError(error, "tidy the journal of orders");
      } finally {
        taken.dispose();
      }
    },
    close: () => journal.close(),
  };
}

/** The CA's lock is one for all editors of a user; each storage folder has a sandbox of its own. */
function lockName(ca: CaName, folder: string): string {
  return ca === "sandbox" ? `call ${ca} ${folder}` : `call ${ca}`;
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR") return false;
    throw storageError(error, "look for the journal of orders");
  }
}
