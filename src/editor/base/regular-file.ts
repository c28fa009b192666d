import * as vscode from "vscode";
import { readBounded } from "../../storage/bounded-read";

/** Whether something is a file with bytes to read: opening a pipe would block, and a device has no end. */
export const isRegularFile = ({ type }: vscode.FileStat): boolean => (type & vscode.FileType.File) !== 0;

/**
 * The bytes of a regular file.
 * @param max bytes
 * @returns undefined if the file does not exist, is larger, or cannot be read
 */
export async function readRegularFile(uri: vscode.Uri, max: number): Promise<Uint8Array | undefined> {
  try {
    const stat = await vscode.workspace.fs.stat(uri);
    return isRegularFile(stat) && stat.size <= max ? await readUpTo(uri, max) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The bytes of a file, of which no more are read than may be: see `storage/bounded-read.ts`.
 * @param max bytes
 * @returns undefined if there are more
 * @throws vscode.FileSystemError, StorageError `not-a-file`, or the system's error
 */
export async function readUpTo(uri: vscode.Uri, max: number): Promise<Uint8Array | undefined> {
  if (uri.scheme === "file") {
    return readBounded(uri.fsPath, max).catch((error: unknown) => {
      throw namedError(error, uri);
    });
  }
  const bytes = await vscode.workspace.fs.readFile(uri);
  return bytes.length > max ? undefined : bytes;
}

/** The editor's error for the system's, where it has one. */
function namedError(error: unknown, uri: vscode.Uri): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return vscode.FileSystemError.FileNotFound(uri);
  return code === "EACCES" || code === "EPERM" ? vscode.FileSystemError.NoPermissions(uri) : error;
}
