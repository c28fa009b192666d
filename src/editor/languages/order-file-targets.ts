import * as vscode from "vscode";
import type { FilePart, FileTarget } from "../../orders/order-file";
import { ArgumentError } from "../arguments";

/** A file that an order file names, and what belongs into it. */
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
 * Makes sure that a file which an order file names is where it seems to be: nothing between it and the workspace's
 * folder is a link, which could lead anywhere. The order file itself is no target.
 * @throws ArgumentError
 */
export async function checkTarget(file: vscode.Uri, { uri }: Target): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(file)?.uri;
  const name = vscode.workspace.asRelativePath(uri);
  const root = folder && `${folder.path.replace(/\/$/, "")}/`;
  if (folder === undefined || root === undefined || !uri.path.startsWith(root) || uri.path === file.path) {
    throw new ArgumentError(
      vscode.l10n.t("{0} cannot be written: it is not a file below this workspace's folder.", name),
    );
  }
  let at = folder;
  for (const step of uri.path.slice(root.length).split("/")) {
    at = vscode.Uri.joinPath(at, step);
    const type = await typeOf(at);
    if (type === undefined) return;
    if ((type & vscode.FileType.SymbolicLink) !== 0) {
      const link = vscode.workspace.asRelativePath(at);
      throw new ArgumentError(
        vscode.l10n.t("{0} cannot be written: {1} is a link, which could lead out of the workspace.", name, link),
      );
    }
  }
}

/** `undefined` when nothing is there. @throws when it cannot be told */
async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return undefined;
    throw error;
  }
}
