import * as vscode from "vscode";
import { writeFileAtomic, type AtomicWrite } from "../../storage/atomic-file";
import { StorageError } from "../../storage/storage-error";

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
  await writeBytes(uri, bytes, { overwrite: true });
  return uri;
}

/**
 * Writes a file, on this computer whole or not at all. Elsewhere permission bits are left to whoever keeps the files.
 * @throws StorageError `file-exists` when it is there and may not be overwritten, or the reason of the disk; what was
 *   there before stays
 */
export async function writeBytes(uri: vscode.Uri, bytes: Uint8Array, options: AtomicWrite): Promise<void> {
  if (uri.scheme === "file") {
    await writeFileAtomic(uri.fsPath, bytes, options);
    return;
  }
  if (!options.overwrite && (await isThere(uri))) {
    throw new StorageError("file-exists", `Could not write ${uri.path}: there is a file of that name already.`);
  }
  await vscode.workspace.fs.writeFile(uri, bytes);
}

/** Whether something is there under a name; what cannot be asked about counts as absent. */
export async function isThere(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}
