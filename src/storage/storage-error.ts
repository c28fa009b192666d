/** What went wrong with a file. Callers use the code, never the message. */
export type StorageCode =
  | "disk-full"
  | "read-only"
  | "file-exists"
  | "not-a-file"
  | "changed-meanwhile"
  | "folder-missing"
  | "half-written"
  | "no-private-folder"
  | "line-too-long"
  | "line-refused"
  | "blob-missing"
  | "blob-damaged"
  | "storage-failed";

/** Thrown by this room. The message is one sentence for a person. */
export class StorageError extends Error {
  override readonly name = "StorageError";

  constructor(
    readonly code: StorageCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Converts an error of `node:fs` into ours.
 * @param doing what was attempted, to follow "could not": "write the journal"
 */
export function storageError(error: unknown, doing: string): StorageError {
  if (error instanceof StorageError) return error;
  const errno = errnoOf(error);
  const [code, why] = MEANINGS[errno ?? ""] ?? ["storage-failed", `the system said ${errno ?? "nothing about why"}`];
  return new StorageError(code, `Could not ${doing}: ${why}.`, { cause: error });
}

/** The error for when there is no folder that only this user may open. @param folders those that were tried */
export function noPrivateFolder(folders: readonly string[]): StorageError {
  const advice = `Make one of these folders your own and writable: ${folders.join(", ")}`;
  return new StorageError(
    "no-private-folder",
    `Could not keep the windows from calling the CA at the same time: there is no folder that only you can open. ${advice}.`,
  );
}

/** The system's name of an error, for instance "ENOENT". */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const FULL = ["disk-full", "the disk is full. Make room, then try again"] as const;
const READ_ONLY = ["read-only", "the folder is not writable. Check its permissions"] as const;

const MEANINGS: Readonly<Record<string, readonly [StorageCode, string]>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  // The limit of a process or file system on the size of one file.
  EFBIG: FULL,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  EROFS: READ_ONLY,
  EEXIST: ["file-exists", "a file with that name already exists"],
  ENOENT: ["folder-missing", "its folder does not exist"],
  ENOTDIR: ["folder-missing", "a file is where its folder should be"],
  ELOOP: ["not-a-file", "its path contains links that lead in a circle"],
  ENAMETOOLONG: ["not-a-file", "its name is too long"],
};
