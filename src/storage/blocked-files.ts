import { rename, rm, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { errnoOf } from "./storage-error";

/** The system, and a clock of its own for tests. */
export interface BlockedClock {
  readonly platform: NodeJS.Platform;
  /** ms */
  now(): number;
  wait(ms: number): Promise<unknown>;
}

const SYSTEM: BlockedClock = { platform: process.platform, now: () => Date.now(), wait: (ms) => sleep(ms) };

/** What Windows says of a file that another program has open, for instance a virus scanner, or that is going. */
const BLOCKED: readonly string[] = ["EPERM", "EBUSY", "EACCES"];

/** ms and attempts until a blocked file counts as one that stays blocked; pauses grow by a step up to the longest. */
export const PATIENCE = { ms: 10_000, attempts: 120, step: 10, longest: 100 } as const;

/**
 * Does something with a file, on Windows again while another program has the file open: scanners and indexers open
 * what was just written for some milliseconds. VS Code does the same with its renames. Elsewhere such errors last, and
 * are thrown at once.
 * @param work is repeated, so what it does in part must be right to do again
 * @param lasts asked after the first failure: whether waiting is in vain
 * @param codes the errors that may pass
 * @throws the last error of the work
 */
export async function untilFree<T>(
  work: () => Promise<T>,
  clock: BlockedClock = SYSTEM,
  lasts: () => Promise<boolean> = () => Promise.resolve(false),
  codes: readonly string[] = BLOCKED,
): Promise<T> {
  const begun = clock.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const mayPass = clock.platform === "win32" && codes.includes(errnoOf(error) ?? "");
      if (!mayPass || attempt >= PATIENCE.attempts || clock.now() - begun >= PATIENCE.ms) throw error;
      if (attempt === 1 && (await lasts())) throw error;
      await clock.wait(Math.min(attempt * PATIENCE.step, PATIENCE.longest));
    }
  }
}

/**
 * Gives a file another name, replacing the file of that name.
 * @param isStill throws where that file is no longer the one to be replaced: asked before each further attempt, since
 * the program that has it open may be writing it
 * @throws the system's error; on Windows those of {@link BLOCKED} once they lasted
 */
export function renameFile(
  from: string,
  to: string,
  isStill: () => Promise<void> = () => Promise.resolve(),
  clock?: BlockedClock,
): Promise<void> {
  let isFirst = true;
  return untilFree(
    async () => {
      if (!isFirst) await isStill();
      isFirst = false;
      await rename(from, to);
    },
    clock,
    () => isNeverFree(to),
  );
}

/** Removes a file, if there is one. @throws as {@link renameFile} does */
export function removeFile(file: string, clock?: BlockedClock): Promise<void> {
  return untilFree(
    () => rm(file, { force: true }),
    clock,
    () => isNeverFree(file),
  );
}

/** A folder, or a file that is read-only: Windows says the same of them as of a file that is open. */
async function isNeverFree(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && (!found.isFile() || (found.mode & 0o200) === 0);
}
