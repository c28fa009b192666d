import { constants } from "node:fs";
import { link, mkdir, open, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { removeFile, untilFree } from "./blocked-files";
import { moveOver, syncFolder, writeBeside } from "./durable";
import { fileIdentityOf, isSameFile, isSamePlace, lookAtFile, type FileIdentity, type FilePlace } from "./file-place";
import { notWritten, errnoOf, StorageError, storageError } from "./storage-error";
import { phrase } from "../words/phrase";

export interface AtomicWrite {
  /** Whether an existing file may be replaced. */
  readonly overwrite: boolean;
  /** Permission bits, for example {@link SECRET_MODE} for a private key. Without: see {@link writeFileAtomic}. */
  readonly mode?: number;
  /**
   * Where the name led when a person was asked. Absent: it is checked now, and a link is not followed to a new file.
   */
  readonly place?: FilePlace;
}

/** For the owner alone. */
export const SECRET_MODE = 0o600;
/** Permissions of a new file, less the umask. */
const ANY_MODE = 0o666;

/**
 * Writes a file so that at any moment, a crash included, its name leads to the old bytes or to all of the new ones: a
 * temporary file beside it, fsync, rename. A link is followed: what it points to is replaced, the link stays. Other
 * names of the file (hard links) keep the old bytes, since nobody was asked about them. The place is checked again
 * just before: a file that was changed in the meantime is left as it is. A few microseconds remain between that check
 * and the rename; a link created then is replaced and not followed.
 *
 * New files get the permissions that the umask leaves. A file that is replaced keeps its own, its owner and group as
 * far as the system allows; a group that it cannot keep loses its rights rather than hand them to another one.
 * @throws StorageError `file-exists` when something is there and may not be replaced, `not-a-file` when it is not a
 *   regular file, `changed-meanwhile`, or the reason of the disk
 */
export async function writeFileAtomic(file: string, bytes: Uint8Array, options: AtomicWrite): Promise<void> {
  const name = path.basename(file);
  const { overwrite, mode } = options;
  try {
    const place = options.place ?? (await lookAtFile(file));
    const isTaken =
      place.file !== undefined || (options.place === undefined && place.links.at(-1)?.path === place.path);
    if (isTaken && !overwrite)
      throw new StorageError("file-exists", notWritten(name)(phrase("a file with that name already exists")));
    await requireSame(place, name);
    const temporary = await writeBeside(
      place.target,
      bytes,
      (handle) => dress(handle, place.file, mode),
      mode === undefined && place.file === undefined ? ANY_MODE : SECRET_MODE,
    );
    try {
      await requireSame(place, name);
      if (place.file === undefined) await giveNewName(temporary, place.target);
      else await moveOver(temporary, place.target, () => requireSame(place, name));
    } finally {
      // The file is written, or the reason why not is known: what stays beside it does not count.
      await removeFile(temporary).catch(() => undefined);
    }
  } catch (error) {
    throw storageError(error, notWritten(name));
  }
}

/** Creates the folder of a file that is about to be written. @throws StorageError as {@link writeFileAtomic} does */
export async function makeFolderOf(place: FilePlace): Promise<void> {
  const name = path.basename(place.path);
  try {
    await requireSame(place, name);
    await mkdir(path.dirname(place.target), { recursive: true });
  } catch (error) {
    throw storageError(error, notWritten(name));
  }
}

/**
 * Narrows the permissions of a file that is there to its owner. @throws StorageError as {@link writeFileAtomic} does
 */
export async function makeSecret(place: FilePlace): Promise<void> {
  const name = path.basename(place.path);
  try {
    await requireSame(place, name);
    const handle = await open(place.target, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      if (!isSameFile(place.file, fileIdentityOf(await handle.stat({ bigint: true })))) throw changed(name);
      await handle.chmod(SECRET_MODE);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw storageError(error, (why) => phrase("Could not change the permissions of {0}: {1}.", name, why));
  }
}

async function requireSame(place: FilePlace, name: string): Promise<void> {
  if (isSamePlace(place, await lookAtFile(place.path, place.below))) return;
  throw changed(name);
}

const changed = (name: string): StorageError =>
  new StorageError(
    "changed-meanwhile",
    notWritten(name)(phrase("it was changed in the meantime, and was left as it is")),
  );

/** Sets the permissions of a new file that replaces another one. */
async function dress(handle: FileHandle, before: FileIdentity | undefined, mode: number | undefined): Promise<void> {
  if (before === undefined || process.platform === "win32") {
    if (mode !== undefined) await handle.chmod(mode);
    return;
  }
  const now = await handle.stat();
  const [owner, group] = [before.owner, before.group];
  if (now.uid !== owner || now.gid !== group) await handle.chown(owner, group).catch(() => undefined);
  // A user who may not change a file's owner may often change its group to one of their own.
  if ((await handle.stat()).gid !== group) await handle.chown(now.uid, group).catch(() => undefined);
  const hasGroup = (await handle.stat()).gid === group;
  await handle.chmod(mode ?? keptMode(before.mode, hasGroup));
}

/**
 * The permissions of a file that replaces another one: the same, but a different group gets only the rights of all
 * others.
 */
export function keptMode(mode: number, hasGroup: boolean): number {
  return hasGroup ? mode : mode & ~(0o070 & ~((mode & 0o007) << 3));
}

/** Gives a file an unused name, or fails with EEXIST. */
async function giveNewName(temporary: string, target: string): Promise<void> {
  try {
    // Other errors of a blocked file are those of file systems without hard links, too.
    await untilFree(() => link(temporary, target), undefined, undefined, ["EBUSY"]);
    await syncFolder(path.dirname(target));
  } catch (error) {
    if (!WITHOUT_HARD_LINKS.has(errnoOf(error) ?? "")) throw error;
    // Creates the name as an empty file, the only other way that fails if it exists.
    await (await open(target, "wx", SECRET_MODE)).close();
    await moveOver(temporary, target);
  }
}

/** Error codes of file systems without hard links. */
const WITHOUT_HARD_LINKS: ReadonlySet<string> = new Set([
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EMLINK",
  "EACCES",
]);
