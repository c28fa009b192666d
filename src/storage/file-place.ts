import { constants, type BigIntStats } from "node:fs";
import { lstat, open, readlink, stat } from "node:fs/promises";
import path from "node:path";
import { windowsNames, windowsPathProblem } from "../shape/windows-name";
import { readRest } from "./bounded-read";
import { notWritten, errnoOf, StorageError, storageError } from "./storage-error";
import { phrase } from "../words/phrase";

/** A name under which a file is, or would be, and where it leads. */
export interface FilePlace {
  /** The name, absolute. */
  readonly path: string;
  /** The file behind all links, which is read, replaced or created. */
  readonly target: string;
  /** Links that are followed on the way there, in their order. */
  readonly links: readonly FollowedLink[];
  /** The file there; absent if there is no file. */
  readonly file?: FileIdentity;
  /** The folder below which it was examined, see {@link lookAtFile}. */
  readonly below?: string;
}

/** A symbolic link or junction: the name itself, or a folder on its way. */
export interface FollowedLink {
  readonly path: string;
  /** Its target, made absolute. */
  readonly target: string;
}

/** How a regular file is recognised later. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  /** Bytes. */
  readonly size: bigint;
  /** Time of its last change, ns. */
  readonly modified: bigint;
  /** Permission bits. */
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
  /** How many names it has (hard links). */
  readonly names: number;
}

/** The limit of the Linux kernel. */
const MAX_LINKS = 40;

/**
 * Finds where a name leads, without opening anything: a pipe would block, and a device could do anything.
 * @param below only links below this folder are reported: those above it existed before anybody named a file in it.
 *   Links directly in the root (/tmp, /home) belong to the system, and are not reported either
 * @throws StorageError `not-a-file` when something other than a regular file is there, or the name is not a possible
 *   one; or the reason of the disk
 */
export async function lookAtFile(file: string, below?: string): Promise<FilePlace> {
  const name = path.basename(file);
  try {
    refuseWindowsPaths(path.resolve(file));
    const { target, links } = await follow(path.resolve(file), below === undefined ? undefined : path.resolve(below));
    // Also follows what only the kernel resolves: names in /proc lead to open files.
    const [there, reached] = await Promise.all([statOf(target), statOf(file)]);
    if (isOfSystem(target)) throw notAFile(name);
    for (const each of [there, reached]) if (each !== undefined && !each.isFile()) throw notAFile(name, each);
    if (there?.ino !== reached?.ino || there?.dev !== reached?.dev) throw notAFile(name);
    return {
      path: path.resolve(file),
      target,
      links,
      ...(there !== undefined && { file: fileIdentityOf(there) }),
      ...(below !== undefined && { below }),
    };
  } catch (error) {
    throw storageError(error, notWritten(name));
  }
}

/** Whether a place is unchanged: the same path to it, and the same file, or still no file. */
export function isSamePlace(before: FilePlace, now: FilePlace): boolean {
  const ways = [before, now].map(({ target, links }) => JSON.stringify([target, links]));
  return ways[0] === ways[1] && isSameFile(before.file, now.file);
}

/** Whether a file is the one that it was, unchanged; two absent ones are the same. */
export function isSameFile(before: FileIdentity | undefined, now: FileIdentity | undefined): boolean {
  return (
    before?.device === now?.device &&
    before?.inode === now?.inode &&
    before?.size === now?.size &&
    before?.modified === now?.modified
  );
}

/**
 * Reads the file of a place as it was when examined.
 * @param max bytes
 * @returns `undefined` if there is no file, or it is larger, may not be read, or is another one by now
 */
export async function readPlace({ target, file }: FilePlace, max: number): Promise<Uint8Array | undefined> {
  if (file === undefined || file.size > BigInt(max)) return undefined;
  try {
    // If a pipe has replaced it, this does not block; a link is not followed.
    const handle = await open(target, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const now = await handle.stat({ bigint: true });
      return now.isFile() && isSameFile(file, fileIdentityOf(now))
        ? await readRest(handle, Number(now.size), max)
        : undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

/** The entry under a name itself, which may be a link. */
const lstatOf = (file: string): Promise<BigIntStats | undefined> => orAbsent(lstat(file, { bigint: true }));
/** The entry that a name leads to. */
const statOf = (file: string): Promise<BigIntStats | undefined> => orAbsent(stat(file, { bigint: true }));

async function orAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** A name on the way to a file. */
interface Step {
  readonly name: string;
  /** Whether it is reported if it is a link. */
  readonly isReported: boolean;
}

/** Follows links one by one, as the kernel does, and notes them. */
async function follow(file: string, below: string | undefined): Promise<Pick<FilePlace, "target" | "links">> {
  const links: FollowedLink[] = [];
  let followed = 0;
  let { root: done } = path.parse(file);
  const above = below === undefined ? [] : partsOf(below);
  const parts = partsOf(file);
  const unreported = above.every((part, place) => part === parts[place]) ? above.length : 0;
  const rest: Step[] = parts.map((name, place) => ({ name, isReported: place >= unreported }));
  for (let step = rest.shift(); step !== undefined; step = rest.shift()) {
    if (step.name === "..") {
      done = path.dirname(done);
      continue;
    }
    const here = path.join(done, step.name);
    const found = await lstatOf(here);
    // Nothing can be below a missing name.
    if (found === undefined) return { target: path.join(here, ...rest.map(({ name }) => name)), links };
    if (!found.isSymbolicLink()) {
      done = here;
      continue;
    }
    if (++followed > MAX_LINKS) throw Object.assign(new Error("links in a circle"), { code: "ELOOP" });
    const to = await readlink(here);
    const isOfRoot = rest.length > 0 && done === path.parse(done).root;
    const isReported = step.isReported && !isOfRoot;
    if (isReported) links.push({ path: here, target: path.resolve(done, to) });
    if (path.isAbsolute(to)) ({ root: done } = path.parse(path.resolve(to)));
    rest.unshift(...partsOf(to).map((name) => ({ name, isReported })));
  }
  return { target: done, links };
}

/** The names in a path, without its root. */
function partsOf(file: string): string[] {
  return process.platform === "win32"
    ? windowsNames(file)
    : file.split("/").filter((part) => part !== "" && part !== ".");
}

/** Files through which the kernel shows its state. Shared memory counts as a disk. */
function isOfSystem(file: string): boolean {
  return process.platform !== "win32" && /^\/(?:proc|sys|dev(?!\/shm\/))(?:\/|$)/.test(file);
}

/**
 * Makes sure that a path leads on Windows where it says; elsewhere each does.
 * @param file absolute
 * @throws StorageError `not-a-file`
 */
export function refuseWindowsPaths(file: string, platform: NodeJS.Platform = process.platform): void {
  const problem = platform === "win32" ? windowsPathProblem(file) : undefined;
  if (problem === undefined) return;
  const why =
    problem === "too-long" ? phrase("its path is too long for Windows") : phrase("Windows takes it as another name");
  throw new StorageError("not-a-file", notWritten(path.win32.basename(file))(why));
}

function notAFile(name: string, found?: BigIntStats): StorageError {
  const said =
    found?.isDirectory() === true
      ? phrase("Could not write {0}: it is a folder. Choose another name.", name)
      : phrase("Could not write {0}: it is not a regular file. Choose another name.", name);
  return new StorageError("not-a-file", said);
}

/** The identity of a regular file. */
export function fileIdentityOf(stats: BigIntStats): FileIdentity {
  return {
    device: stats.dev,
    inode: stats.ino,
    size: stats.size,
    modified: stats.mtimeNs,
    mode: Number(stats.mode & 0o777n),
    owner: Number(stats.uid),
    group: Number(stats.gid),
    names: Number(stats.nlink),
  };
}
