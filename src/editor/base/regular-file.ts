import { constants } from "node:fs";
import { open } from "node:fs/promises";
import * as vscode from "vscode";

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
 * The bytes of a file, of which no more are read than may be: a file of the kernel (below /proc, for instance) is a
 * regular one of size 0 and may have no end, or nothing yet, for which reading would wait.
 * @param max bytes
 * @returns undefined if there are more
 * @throws vscode.FileSystemError, or the system's error
 */
export async function readUpTo(uri: vscode.Uri, max: number): Promise<Uint8Array | undefined> {
  const bytes = await (uri.scheme === "file" ? localBytes(uri, max) : vscode.workspace.fs.readFile(uri));
  return bytes.length > max ? undefined : bytes;
}

/** Bytes that are read at once. */
const PIECE = 64 * 1024;

/** A byte more than `max`, if there is one. */
async function localBytes(uri: vscode.Uri, max: number): Promise<Uint8Array> {
  // Without O_NONBLOCK, opening waits for a pipe's writer. Windows has neither.
  const flags = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);
  const file = await open(uri.fsPath, flags).catch((error: unknown) => {
    throw namedError(error, uri);
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw vscode.FileSystemError.Unavailable(uri);
    // One byte more than it says it has: of an honest file, the end.
    let buffer = Buffer.alloc(Math.min(stat.size === 0 ? PIECE : stat.size, max) + 1);
    let length = 0;
    while (length <= max) {
      if (length === buffer.length) {
        buffer = Buffer.concat([buffer, Buffer.alloc(Math.min(buffer.length + PIECE, max + 1 - length))]);
      }
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await file.close();
  }
}

/** The editor's error for the system's, where it has one. */
function namedError(error: unknown, uri: vscode.Uri): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return vscode.FileSystemError.FileNotFound(uri);
  return code === "EACCES" || code === "EPERM" ? vscode.FileSystemError.NoPermissions(uri) : error;
}
