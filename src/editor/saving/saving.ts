import * as vscode from "vscode";
import { notDevice } from "../../shape/windows-name";
import { StorageError } from "../../storage/storage-error";
import { askModally } from "../base/messages";
import { lookAtPlace, writeTo, type SavePlace } from "./save-place";
import { localize, localized } from "../base/localize";
import { phrase } from "../../words/phrase";

/**
 * Asks where to save bytes, and writes them there, whole or not at all. The dialog itself asks before an existing file
 * is overwritten; if a link leads elsewhere, that is asked afterwards.
 * @param title what the dialog says that it saves
 * @param name what the dialog proposes; characters that are not allowed in file names are replaced
 * @returns undefined when the person left
 * @throws StorageError when the file cannot be written; what was there before stays
 */
export async function saveBytes(bytes: Uint8Array, title: string, name: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const allowed = name.replace(/[^\p{L}\p{N}._ @-]/gu, "_").replace(/^\.+/, "_");
  const safe = notDevice(allowed, "file");
  const uri = await vscode.window.showSaveDialog({
    title,
    saveLabel: localize("Save"),
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, safe) }),
  });
  if (uri === undefined) return undefined;
  const place = await lookAtPlace(uri);
  if (!(await mayFollow(place))) return undefined;
  await writeTo(place, bytes, false);
  return uri;
}

/**
 * Writes bytes to a file that a caller names and that does not exist yet.
 * @returns whether it was written: false if the person does not want a link followed
 * @throws StorageError `file-exists` when it exists, or the disk's reason; what was there before stays
 */
export async function saveNewFile(bytes: Uint8Array, uri: vscode.Uri): Promise<boolean> {
  const place = await lookAtPlace(uri);
  if (place.isThere) {
    const name = vscode.workspace.asRelativePath(uri);
    throw new StorageError("file-exists", phrase("{0} already exists. Choose another name.", name));
  }
  if (!(await mayFollow(place))) return false;
  await writeTo(place, bytes, false);
  return true;
}

/** Names the links on the way to a file, if there are any, and asks before they are followed. */
async function mayFollow({ detours }: SavePlace): Promise<boolean> {
  if (detours.length === 0) return true;
  const write = localize("Write");
  return (await askModally(localize("Write to the target of the link?"), detours.map(localized), write)) === write;
}
