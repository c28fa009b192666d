import { chmod, lstat, mkdir, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { errnoOf } from "./storage-error";

/** A place for a folder that only this user may open. */
export interface FolderPlace {
  /** A folder that the system creates; if it is missing, so is the place. */
  readonly within: string;
  /** The path from there to the folder that nobody else may open. */
  readonly way: readonly string[];
}

/**
 * Places for the locks of this user, the best first: derived only from the system's list of users, so that editors,
 * shells and tasks with any environment agree. The folders of state are chosen, not those of caches, which may be
 * emptied at any time.
 */
export function placesOfUser(platform: NodeJS.Platform = process.platform, { uid, home } = thisUser()): FolderPlace[] {
  const inHome = (...way: string[]) => (home === undefined ? [] : [{ within: home, way: [...way, NAME] }]);
  if (platform === "win32") return inHome("AppData", "Local");
  if (platform === "darwin") return inHome("Library", "Application Support");
  return [
    ...inHome(".local", "state"),
    { within: `/run/user/${uid}`, way: [NAME] },
    { within: "/tmp", way: [`${NAME}-${uid}`] },
  ];
}

const NAME = "certificate-collector";

/** The folder itself. */
export function folderOf({ within, way }: FolderPlace): string {
  return path.join(within, ...way);
}

/**
 * A user that the system does not list (a container's, started by number) has no home. Asked once: the list may be on
 * a server.
 */
function thisUser(): { readonly uid: number; readonly home: string | undefined } {
  if (user) return user;
  const uid = process.geteuid?.() ?? 0;
  try {
    return (user = { uid, home: os.userInfo().homedir });
  } catch {
    return (user = { uid, home: undefined });
  }
}

let user: ReturnType<typeof thisUser> | undefined;

/**
 * Goes to a folder that nobody else may open, and on to folders below it. Each of them must be a real folder of this
 * user; one that others can open is closed to them again.
 * @param make whether to create missing folders
 * @returns its path; `undefined` when it is missing, or not this user's, or the system does not allow it
 * @throws an error of the system that may pass: a full disk, too many open files
 */
export async function privateFolder(
  place: FolderPlace,
  below: readonly string[],
  make: boolean,
): Promise<string | undefined> {
  let folder = folderOf(place);
  try {
    if (make) {
      await stat(place.within);
      await mkdir(folder, { recursive: true, mode: 0o700 });
    }
    if (!(await isClosed(folder))) return undefined;
    for (const name of below) {
      folder = path.join(folder, name);
      if (make) await makeOne(folder);
      if (!(await isClosed(folder))) return undefined;
    }
    return folder;
  } catch (error) {
    if (isNoPlace(error)) return undefined;
    throw error;
  }
}

/**
 * Whether an error means that a place cannot be used by any process at any time: we cannot have a folder there, or it
 * lacks what we need.
 */
export function isNoPlace(error: unknown): boolean {
  return NO_PLACE.has(errnoOf(error) ?? "");
}

const NO_PLACE = new Set([
  ...["ENOENT", "EEXIST", "ENOTDIR", "ELOOP", "ENAMETOOLONG"],
  ...["EACCES", "EPERM", "EROFS"],
  // File systems without sockets or hard links.
  ...["ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV", "EMLINK", "EINVAL"],
]);

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
  }
}

/** Checks without following links, so that a link from another user is not mistaken for a folder. */
async function isClosed(folder: string): Promise<boolean> {
  const found = await lstat(folder);
  if (!found.isDirectory()) return false;
  // Windows has neither: there the folders of a profile are closed to others.
  if (process.geteuid === undefined) return true;
  if (found.uid !== process.geteuid()) return false;
  if ((found.mode & 0o077) !== 0) await chmod(folder, 0o700);
  return true;
}
