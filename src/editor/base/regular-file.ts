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
    return isRegularFile(stat) && stat.size <= max ? await vscode.workspace.fs.readFile(uri) : undefined;
  } catch {
    return undefined;
  }
}
