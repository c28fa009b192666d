import * as vscode from "vscode";

/** Whether something is a file with bytes to read. */
export const isRegularFile = ({ type }: vscode.FileStat): boolean => (type & vscode.FileType.File) !== 0;

/**
 * The bytes of a file, through the editor's file systems alone: a folder of the computer that the browser opened is one
 * of them.
 * @param max bytes
 * @returns undefined if there are more
 * @throws vscode.FileSystemError
 */
export async function readUpTo(uri: vscode.Uri, max: number): Promise<Uint8Array | undefined> {
  const bytes = await vscode.workspace.fs.readFile(uri);
  return bytes.length > max ? undefined : bytes;
}
