import { randomBytes } from "node:crypto";
import { open, readdir, stat, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { removeFile, renameFile } from "./blocked-files";
import { errnoOf } from "./storage-error";

/** Writes all of the bytes: a single write may write fewer than given. */
export async function writeFully(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, offset);
    offset += bytesWritten;
  }
}

/**
 * Makes renamed, created and removed names of a folder survive a crash. Windows and some file systems cannot open or
 * sync a folder; there the file system itself keeps names in order.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    if (!["EINVAL", "ENOTSUP", "EISDIR"].includes(errnoOf(error) ?? "")) throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Writes bytes under a name, replacing any file: a temporary file beside it, fsync, rename. Whoever reads the name
 * sees the old bytes or all of the new ones, and after it returns the new ones survive a crash.
 * @param mode permission bits
 */
export async function replaceFile(target: string, bytes: Uint8Array, mode: number): Promise<void> {
  const temporary = await writeBeside(target, bytes, (handle) => handle.chmod(mode), mode & 0o600);
  await moveOver(temporary, target);
}

/**
 * Writes a new file beside another one, to replace it, and makes its bytes survive a crash.
 * @param dress sets its permissions, once the bytes are written
 * @param mode permission bits until then, less those of the umask
 * @returns its name
 */
export async function writeBeside(
  target: string,
  bytes: Uint8Array,
  dress: (handle: FileHandle) => Promise<void>,
  mode: number,
): Promise<string> {
  const name = `${TEMPORARY}${randomBytes(8).toString("hex")}.tmp`;
  const temporary = path.join(path.dirname(target), name);
  // Exclusive: fails if there is already a file or a link.
  const handle = await open(temporary, "wx", mode);
  try {
    try {
      await writeFully(handle, bytes);
      await dress(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    await removeFile(temporary).catch(() => undefined);
    throw error;
  }
  return temporary;
}

const TEMPORARY = ".certificate-collector-";

/**
 * Removes the temporary files of {@link writeBeside} that killed processes left in a folder of ours. What cannot be
 * removed stays.
 * @param before epoch ms; a file that was written later may be one that another window is about to rename
 */
export async function removeLeftovers(folder: string, before: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(TEMPORARY))) {
    const file = path.join(folder, name);
    const written = await stat(file).catch(() => undefined);
    if (written && written.mtimeMs < before) await removeFile(file).catch(() => undefined);
  }
}

/**
 * Gives a file the name of another one, replacing it. On failure the file is removed.
 * @param isStill throws where the other one is no longer the one to be replaced; asked before each further attempt
 */
export async function moveOver(
  temporary: string,
  target: string,
  isStill: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  try {
    await renameFile(temporary, target, isStill);
  } catch (error) {
    await removeFile(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(path.dirname(target));
}
