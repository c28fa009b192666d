import path from "node:path";
import type { CaName } from "../orders/model/order";
import type { Disposable } from "../orders/ports";
import { Blobs } from "./blobs";
import { removeLeftovers } from "./durable";
import type { Exclusive } from "./exclusive";
import { SegmentJournal } from "./journal";
import { KNOWLEDGE_FOLDER } from "./kept-knowledge";
import { ProcessLock } from "./lock";
import { storageExists, JOURNAL_FOLDER } from "./storage-exists";
import { storageError } from "./storage-error";
import { userExclusive } from "./user-exclusive";
import { phrase } from "../words/phrase";

/** The storage in a folder of this user. */
export interface Storage {
  readonly journal: SegmentJournal;
  readonly blobs: Blobs;
  readonly lock: ProcessLock;
  /**
   * Takes something that one process of this user holds at a time, until it is disposed of or the process ends.
   * @param name what is taken, within this storage
   * @returns `undefined` while another process holds it
   * @throws StorageError `no-private-folder`
   */
  claim(name: string): Promise<Disposable | undefined>;
  /**
   * Merges old segments, unless another process is doing so, and removes what killed processes left half written. For a
   * quiet moment, because it reads all segments.
   * @returns how many segments were merged
   * @throws StorageError when the disk does not allow it; nothing is lost then
   */
  compact(): Promise<number>;
  /** Ends after pending writes. */
  close(): Promise<void>;
}

/** ms after which a temporary file is nobody's any more: writing takes seconds. */
const LEFT_AFTER = 24 * 60 * 60_000;

/**
 * Opens the storage in a folder: no file, no watch, no socket, until something is read or written.
 * @param make for tests: makes the exclusive for a name
 */
export function openStorage(folder: string, make: (name: string) => Exclusive = userExclusive): Storage {
  const orders = path.join(folder, JOURNAL_FOLDER);
  const journal = new SegmentJournal(orders);
  const claim = (name: string): Promise<Disposable | undefined> => make(`${name} ${folder}`).take();
  return {
    journal,
    blobs: new Blobs(path.join(folder, BLOB_FOLDER)),
    lock: new ProcessLock((ca) => lockName(ca, folder), make),
    claim,
    async compact() {
      for (const each of [BLOB_FOLDER, KNOWLEDGE_FOLDER])
        await removeLeftovers(path.join(folder, each), Date.now() - LEFT_AFTER);
      if (!(await storageExists(folder))) return 0;
      try {
        const taken = await claim("compaction");
        if (!taken) return 0;
        try {
          return await journal.compact();
        } finally {
          taken.dispose();
        }
      } catch (error) {
        throw storageError(error, (why) => phrase("Could not tidy the journal of orders: {0}.", why));
      }
    },
    close: () => journal.close(),
  };
}

const BLOB_FOLDER = "certificates";

/** All editors of a user share the CA's lock; each storage folder has its own sandbox. */
function lockName(ca: CaName, folder: string): string {
  return ca === "sandbox" ? `call ${ca} ${folder}` : `call ${ca}`;
}
