import * as vscode from "vscode";
import type { PartName } from "../../certificates/exports/file";
import type { FilePart, FileTarget } from "../../orders/import/order-file";
import type { OrderSaveTarget } from "../saving/order-files";
import { lookAtPlace } from "../saving/save-place";
import { ArgumentError } from "../base/arguments";
import { phrase, sentences } from "../../words/phrase";

/** The names of the parts in exports. */
const PART_NAMES: Readonly<Record<FilePart, PartName>> = {
  certificate: "certificate",
  chain: "chain",
  fullchain: "full chain",
};

/** A file that an order file names, and what belongs in it. */
interface Target {
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

/** What to save for an order that an order file lists: the files that it names, and nothing through a link. */
export function listedTarget(file: vscode.Uri, save: FileTarget): OrderSaveTarget {
  const targets = targetUris(file, save);
  return {
    format: { kind: "profile", profile: save.profile },
    folder: vscode.Uri.joinPath(file, ".."),
    parts: targets.map(({ part }) => PART_NAMES[part]),
    places: Object.fromEntries(targets.map(({ part, uri }) => [PART_NAMES[part], uri])),
    withoutKey: true,
    // Checked again after the CA was called, which takes a while, since a link may have been put there. A later change
    // is detected by the place.
    check: (uri) => checkTarget(file, uri),
  };
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
    throw new ArgumentError(phrase("{0} cannot be written: it is not a file inside this workspace folder.", name));
  }
  const { detours } = await lookAtPlace(uri, folder);
  if (detours.length > 0) {
    throw new ArgumentError(
      phrase("{0} cannot be written: {1} It could lead outside the workspace.", name, sentences(...detours)),
    );
  }
}
