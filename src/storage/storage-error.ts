import { anyOf, phrase, type Phrase } from "../words/phrase";
import { SaidError } from "../words/said-error";

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

/** Thrown by this room. It says one sentence to a person. */
export class StorageError extends SaidError {
  override readonly name = "StorageError";

  constructor(
    readonly code: StorageCode,
    said: Phrase | string,
    options?: ErrorOptions,
  ) {
    super(said, options);
  }
}

/**
 * Converts an error of `node:fs` into ours.
 * @param failed what could not be done, with the reason: `(why) => phrase("Could not keep a certificate: {0}.", why)`
 */
export function storageError(error: unknown, failed: (why: Phrase) => Phrase): StorageError {
  if (error instanceof StorageError) return error;
  const errno = errnoOf(error);
  const [code, why] = MEANINGS[errno ?? ""] ?? (["storage-failed", unknownReason(errno)] as const);
  return new StorageError(code, failed(why), { cause: error });
}

/** For {@link storageError}: a file was not written. */
export const notWritten =
  (name: string) =>
  (why: Phrase): Phrase =>
    phrase("Could not write {0}: {1}.", name, why);

/** The error for when there is no folder that only this user may open. @param folders those that were tried */
export function noPrivateFolder(folders: readonly string[]): StorageError {
  return new StorageError(
    "no-private-folder",
    phrase(
      "Could not keep the windows from calling the CA at the same time: there is no folder that only you can open. Make one of these folders your own and writable: {0}.",
      anyOf(folders),
    ),
  );
}

const unknownReason = (errno: string | undefined): Phrase =>
  errno === undefined ? phrase("the system said nothing about why") : phrase("the system said {0}", errno);

/** The system's name of an error, for instance "ENOENT". */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const FULL = ["disk-full", phrase("the disk is full. Make room, then try again")] as const;
const READ_ONLY = ["read-only", phrase("the folder is not writable. Check its permissions")] as const;

const MEANINGS: Readonly<Record<string, readonly [StorageCode, Phrase]>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  // The limit of a process or file system on the size of one file.
  EFBIG: FULL,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  EROFS: READ_ONLY,
  EEXIST: ["file-exists", phrase("a file with that name already exists")],
  ENOENT: ["folder-missing", phrase("its folder does not exist")],
  ENOTDIR: ["folder-missing", phrase("a file is where its folder should be")],
  ELOOP: ["not-a-file", phrase("its path contains links that lead in a circle")],
  ENAMETOOLONG: ["not-a-file", phrase("its name is too long")],
};
