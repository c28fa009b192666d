import { mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { removeFile } from "./blocked-files";
import { replaceFile } from "./durable";
import { phrase, type Phrase } from "../words/phrase";
import { errnoOf, StorageError, storageError } from "./storage-error";

/** Bytes of the largest file: all CA certificates that CCADB publishes, in hex. */
export const MAX_KEPT = 64 * 1024 * 1024;

/** Where it is in the folder of this user. */
export const KNOWLEDGE_FOLDER = "knowledge";

/** What a person took from files in place of the data that ships: a file of each kind, the same for all windows. */
export class KeptKnowledge {
  private readonly folder: string;

  /** @param storage the folder of this user */
  constructor(storage: string) {
    this.folder = path.join(storage, KNOWLEDGE_FOLDER);
  }

  /**
   * What tells the kept file from the one before and the next one; `undefined` where nothing is kept.
   * @throws StorageError
   */
  async version(kind: string): Promise<string | undefined> {
    try {
      const { ino, size, mtimeNs } = await stat(this.fileOf(kind), { bigint: true });
      return [ino, size, mtimeNs].join();
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes(errnoOf(error) ?? "")) return undefined;
      throw storageError(error, FAILED.read);
    }
  }

  /** @throws StorageError */
  async read(kind: string): Promise<string> {
    try {
      const file = this.fileOf(kind);
      if ((await stat(file)).size > MAX_KEPT) throw tooLarge(FAILED.read);
      return await readFile(file, "utf8");
    } catch (error) {
      throw storageError(error, FAILED.read);
    }
  }

  /** Replaces what is kept, whole or not at all. @throws StorageError */
  async keep(kind: string, text: string): Promise<void> {
    const bytes = Buffer.from(text, "utf8");
    if (bytes.length > MAX_KEPT) throw tooLarge(FAILED.keep);
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await replaceFile(this.fileOf(kind), bytes, 0o600);
    } catch (error) {
      throw storageError(error, FAILED.keep);
    }
  }

  /** Goes back to what ships. @throws StorageError */
  async takeBack(kind: string): Promise<void> {
    try {
      await removeFile(this.fileOf(kind));
    } catch (error) {
      throw storageError(error, FAILED.takeBack);
    }
  }

  private fileOf(kind: string): string {
    return path.join(this.folder, `${kind}.json`);
  }
}

const FAILED = {
  read: (why: Phrase) => phrase("Could not read the renewed knowledge: {0}.", why),
  keep: (why: Phrase) => phrase("Could not keep the renewed knowledge: {0}.", why),
  takeBack: (why: Phrase) => phrase("Could not take the renewed knowledge back: {0}.", why),
};

const tooLarge = (failed: (why: Phrase) => Phrase): StorageError =>
  new StorageError("storage-failed", failed(phrase("it has more than {0} MB", MAX_KEPT / (1024 * 1024))));
