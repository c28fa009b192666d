import { randomBytes } from "node:crypto";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { errnoOf } from "./storage-error";

/** Writes all of the bytes: a single write may take fewer than given. */
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
 * Puts bytes under a name, whatever is there: a temporary file beside it, fsync, rename. Whoever reads the name sees the
 * old bytes or all of the new ones, and after it returns the new ones survive a crash.
 * @param mode permission bits
 */
export async function replaceFile(target: string, bytes: Uint8Array, mode: number): Promise<void> {
  const folder = path.dirname(target);
  const temporary = path.join(folder, `.${path.basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  const handle = await open(temporary, "wx", mode & 0o600);
  try {
    try {
      await writeFully(handle, bytes);
      // After the bytes, so that nobody reads them before they may; and free of the umask.
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}
