import * as vscode from "vscode";
import { writeFileAtomic } from "../storage/atomic-file";

/**
 * Asks where, and writes bytes there: whole or not at all. The dialog itself asks before a file that is there is
 * overwritten.
 * @param name what the dialog proposes; characters that no file name takes are replaced
 * @returns undefined when the person left
 * @throws StorageError when the file cannot be written; what was there before stays
 */
export async function saveBytes(bytes: Uint8Array, name: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const safe = name.replace(/[^\p{L}\p{N}._ @-]/gu, "_").replace(/^\.+/, "_");
  const uri = await vscode.window.showSaveDialog(folder ? { defaultUri: vscode.Uri.joinPath(folder, safe) } : {});
  if (uri === undefined) return undefined;
  if (uri.scheme === "file") await writeFileAtomic(uri.fsPath, bytes, { overwrite: true });
  else await vscode.workspace.fs.writeFile(uri, bytes);
  return uri;
}
