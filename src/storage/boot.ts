import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { errnoOf } from "./storage-error";

/**
 * The name of a folder for files that last until this computer restarts. Computers that share a home folder must not
 * mix their sockets: one of another computer looks dead here.
 * @throws when /proc is not there
 */
export function bootName(): Promise<string> {
  return (name ??= readFile("/proc/sys/kernel/random/boot_id", "utf8").then((id) => digest(id).slice(0, 8)));
}

let name: Promise<string> | undefined;

/** Makes the folder of this boot in another one, and removes those of former boots of this computer. */
export async function makeBootFolder(within: string, boot: string): Promise<void> {
  try {
    await mkdir(path.join(within, boot), { mode: 0o700 });
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return;
    throw error;
  }
  const computer = await thisComputer();
  if (computer === undefined) return;
  await writeFile(path.join(within, boot, computer), "");
  for (const other of await readdir(within)) {
    if (other === boot) continue;
    const marks = await readdir(path.join(within, other)).catch((): string[] => []);
    if (marks.includes(computer)) await rm(path.join(within, other), { recursive: true, force: true });
  }
}

/** The name of a file that says to which computer a folder belongs; `undefined` if the system has no such number. */
async function thisComputer(): Promise<string | undefined> {
  const id = await readFile("/etc/machine-id", "utf8").catch(() => "");
  return id.trim() === "" ? undefined : `of-${digest(`${id}/${os.hostname()}`).slice(0, 16)}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
