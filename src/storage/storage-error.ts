import { anyOf, phrase, type Phrase } from "../words/phrase";
import { SaidError } from "../words/said-error";
import { systemReason } from "../words/system-error";

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
 * Converts an error of `node:fs`, or of one of the editor's file systems, into ours.
 * @param failed what could not be done, with the reason: `(why) => phrase("Could not keep a certificate: {0}.", why)`
 */
export function storageError(error: unknown, failed: (why: Phrase) => Phrase): StorageError {
  if (error instanceof StorageError) return error;
  const errno = errnoOf(error);
  return new StorageError(CODES[errno ?? ""] ?? "storage-failed", failed(systemReason(errno)), { cause: error });
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

/** The system's name of an error, for instance "ENOENT". */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** By the names of the system, and of the editor's file systems. */
const CODES: Readonly<Record<string, StorageCode>> = {
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EFBIG: "disk-full",
  EACCES: "read-only",
  EPERM: "read-only",
  EROFS: "read-only",
  NoPermissions: "read-only",
  EEXIST: "file-exists",
  FileExists: "file-exists",
  ENOENT: "folder-missing",
  FileNotFound: "folder-missing",
  ENOTDIR: "folder-missing",
  FileNotADirectory: "folder-missing",
  ELOOP: "not-a-file",
  ENAMETOOLONG: "not-a-file",
};
