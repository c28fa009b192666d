import { open, realpath, rm, stat } from "node:fs/promises";
import path from "node:path";
import { replaceFile } from "./durable";
import { errnoOf, storageError } from "./storage-error";

export interface AtomicWrite {
  /** Whether a file that is there may be replaced. */
  readonly overwrite: boolean;
  /** Permission bits, for instance 0o600 where a private key is inside. Without: those of the file replaced, or 0o644. */
  readonly mode?: number;
}

/**
 * Writes a file so that at any moment, a crash included, its name leads to the old bytes or to all of the new ones: a
 * temporary file beside it, fsync, rename. A link is followed: what it points to is replaced, the link stays.
 * @throws StorageError `file-exists` when something is there and may not be replaced, or the reason of the disk
 */
export async function writeFileAtomic(file: string, bytes: Uint8Array, options: AtomicWrite): Promise<void> {
  try {
    if (!options.overwrite) await reserve(file);
    const target = await realpath(file).catch((error: unknown) => {
      if (errnoOf(error) === "ENOENT") return file;
      throw error;
    });
    try {
      await replaceFile(target, bytes, options.mode ?? (options.overwrite ? await modeOf(target) : undefined) ?? 0o644);
    } catch (error) {
      if (!options.overwrite) await rm(file, { force: true });
      throw error;
    }
  } catch (error) {
    throw storageError(error, `write ${path.basename(file)}`);
  }
}

/** Takes the name, empty, in the one way that fails when another took it. */
async function reserve(file: string): Promise<void> {
  await (await open(file, "wx", 0o600)).close();
}

async function modeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mode & 0o777;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
