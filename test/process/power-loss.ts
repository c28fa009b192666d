// A disk that keeps, when the power goes, only what it was told to keep. `recordSyncs` notes in the writing process
// what was synced; `losePower` then takes the rest away from files of processes that are dead.
import {
  fstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import path from "node:path";

/**
 * From here on notes every sync of this process in `notes`.
 * @param folder whose files and names count
 * @param taken the mutation: syncs do nothing, and are not noted
 */
export async function recordSyncs(folder: string, notes: string, taken: boolean): Promise<void> {
  mkdirSync(folder, { recursive: true });
  mkdirSync(notes, { recursive: true });
  const handle = await open(folder);
  const methods = Object.getPrototypeOf(handle) as Pick<FileHandle, "sync" | "datasync">;
  await handle.close();
  for (const name of ["sync", "datasync"] as const) {
    const real = methods[name];
    methods[name] = async function (this: FileHandle): Promise<void> {
      if (taken) return;
      const before = fstatSync(this.fd);
      // What is there when the sync begins is there after it; what others add meanwhile may be not.
      const inodes = before.isDirectory() ? inodesIn(folder) : [];
      await real.call(this);
      if (!before.isDirectory()) noteSize(path.join(notes, `${before.ino}.size`), before.size);
      for (const inode of inodes) writeFileSync(path.join(notes, `${inode}.name`), "");
    };
  }
}

/** Whole or not at all: a process that is killed while it notes must not take back what it noted before. */
function noteSize(note: string, size: number): void {
  writeFileSync(`${note}.new`, String(size));
  renameSync(`${note}.new`, note);
}

/** Takes away what was not synced: names that no sync of the folder saw, and bytes past the last sync of a file. */
export function losePower(folder: string, notes: string): void {
  const noted = new Set(readdirSync(notes));
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const { ino, size } = statSync(file);
    if (!noted.has(`${ino}.name`)) {
      rmSync(file);
      continue;
    }
    const kept = noted.has(`${ino}.size`) ? Number(readFileSync(path.join(notes, `${ino}.size`), "utf8")) : 0;
    if (kept < size) truncateSync(file, kept);
  }
}

/** The files of a folder, listed again until none was renamed or removed on the way. */
function inodesIn(folder: string): number[] {
  for (;;) {
    try {
      return readdirSync(folder).map((name) => statSync(path.join(folder, name)).ino);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
}
