import * as vscode from "vscode";
import type { FilePart, FileTarget } from "../../orders/import/order-file";
import { lookAtPlace } from "../saving/save-place";
import { ArgumentError } from "../base/arguments";

/** A file that an order file names, and what belongs in it. */
export interface Target {
  readonly part: FilePart;
  readonly uri: vscode.Uri;
}

/** The files that an order file names for an order: in its own folder, or below. */
export function targetUris(file: vscode.Uri, { files }: FileTarget): readonly Target[] {
  const folder = vscode.Uri.joinPath(file, "..");
  return (Object.entries(files) as [FilePart, string][]).map(([part, path]) => ({
    part,
    uri: vscode.Uri.joinPath(folder, path),
  }));
}

/**
 * Makes sure that a file that an order file names is where it seems to be: no part of its path inside the workspace
 * folder is a link, which could lead anywhere. The order file itself cannot be a target.
 * @throws ArgumentError; StorageError when something other than a regular file is there
 */
export async function checkTarget(file: vscode.Uri, uri: vscode.Uri): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(file)?.uri;
  const name = vscode.workspace.asRelativePath(uri);
  const root = folder && `${folder.path.replace(/\/$/, "")}/`;
  if (folder === undefined || root === undefined || !uri.path.startsWith(root) || uri.path === file.path) {
    throw new ArgumentError(
      vscode.l10n.t("{0} cannot be written: it is not a file inside this workspace folder.", name),
    );
  }
  const { detours } = await lookAtPlace(uri, folder);
  if (detours.length > 0) {
    throw new ArgumentError(
      vscode.l10n.t("{0} cannot be written: {1} It could lead outside the workspace.", name, detours.join(" ")),
    );
  }
}
