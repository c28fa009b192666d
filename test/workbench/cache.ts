import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";

/** Ends the name of a folder that is still being filled; a run that was killed leaves such a one behind. */
const PARTIAL = /\.(\d+)\.[0-9a-f-]{36}\.partial$/;

/** Where downloads are kept, outside git: `$XDG_CACHE_HOME/certificate-collector`, by default below `~/.cache`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env.XDG_CACHE_HOME;
  // The XDG base directory specification: a relative path is invalid and to be ignored.
  return path.join(base && path.isAbsolute(base) ? base : path.join(homedir(), ".cache"), "certificate-collector");
}

/**
 * A folder of the cache, filled on first use. It is filled under a temporary name and renamed when complete, so that a
 * folder with its final name is a whole one, also after a kill and with two runs at the same time (the first wins).
 *
 * @param name carries the exact version: a folder is never changed, only replaced by one of another name
 * @param fill fills an empty folder, or rejects; what it left is then removed
 * @returns the folder's path
 */
export async function cached(cache: string, name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(cache, name);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  await removeLeftovers(cache);
  const partial = path.join(cache, `${name}.${process.pid}.${randomUUID()}.partial`);
  try {
    await mkdir(partial);
    await fill(partial);
    await rename(partial, folder);
  } catch (error) {
    // Another run may have been faster: its folder is as good as ours.
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

/** Removes what killed runs left half done: partial folders of processes that no longer run. */
async function removeLeftovers(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = PARTIAL.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(path.join(cache, name), { recursive: true, force: true });
  }
}

/** Whether a process of this id exists, ours or another user's. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
