import * as vscode from "vscode";
import { readBounded } from "../../storage/bounded-read";
import { SaidError } from "../../words/said-error";
import { fileSaid } from "../../words/system-error";
import { codeOf } from "./log-text";

/** Whether something is a file with bytes to read: opening a pipe would block, and a device has no end. */
export const isRegularFile = ({ type }: vscode.FileStat): boolean => (type & vscode.FileType.File) !== 0;

/** What the editor knows of a file. @throws FileError */
export async function statFile(uri: vscode.Uri): Promise<vscode.FileStat> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).catch(named(uri));
}

/**
 * The bytes of a regular file.
 * @param max bytes
 * @returns undefined if the file does not exist, is larger, or cannot be read
 */
export async function readRegularFile(uri: vscode.Uri, max: number): Promise<Uint8Array | undefined> {
  try {
    const stat = await statFile(uri);
    return isRegularFile(stat) && stat.size <= max ? await readUpTo(uri, max) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The bytes of a file, of which no more are read than may be: see `storage/bounded-read.ts`.
 * @param max bytes
 * @returns undefined if there are more
 * @throws StorageError `not-a-file`, FileError
 */
export async function readUpTo(uri: vscode.Uri, max: number): Promise<Uint8Array | undefined> {
  if (uri.scheme === "file") return readBounded(uri.fsPath, max).catch(named(uri));
  const bytes = await Promise.resolve(vscode.workspace.fs.readFile(uri)).catch(named(uri));
  return bytes.length > max ? undefined : bytes;
}

/** The system or the editor does not give what a file has; its `code` stays, and the file is named. */
class FileError extends SaidError {
  override readonly name = "FileError";

  constructor(
    readonly code: string | undefined,
    { path }: vscode.Uri,
    cause: unknown,
  ) {
    super(fileSaid(path, code), { cause });
  }
}

const named =
  (uri: vscode.Uri) =>
  (error: unknown): never => {
    throw error instanceof SaidError ? error : new FileError(codeOf(error), uri, error);
  };
