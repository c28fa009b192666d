import * as vscode from "vscode";
import { makeFolderOf, SECRET_MODE, writeFileAtomic } from "../../storage/atomic-file";
import { lookAtFile, readPlace, type FilePlace } from "../../storage/file-place";
import { notWritten, StorageError, storageError } from "../../storage/storage-error";
import { allOf, phrase, type Phrase } from "../../words/phrase";

/** Where a file is about to be written, as it was before the person was asked. */
export interface SavePlace {
  readonly uri: vscode.Uri;
  readonly isThere: boolean;
  /** On this computer: what is known about the place. */
  readonly local?: FilePlace;
  /** Elsewhere: what its file system says about it. */
  readonly remote?: vscode.FileStat;
  /** Links that lead elsewhere than the name says, a sentence each, to be shown before they are followed. */
  readonly detours: readonly Phrase[];
}

/**
 * Looks at a name without opening the file.
 * @param folder links below it are reported; by default the workspace folder, otherwise all links
 * @throws StorageError `not-a-file` when something other than a regular file is there; or the disk's reason
 */
export async function lookAtPlace(
  uri: vscode.Uri,
  folder = vscode.workspace.getWorkspaceFolder(uri)?.uri,
): Promise<SavePlace> {
  if (uri.scheme !== "file") return lookElsewhere(uri, folder);
  const local = await lookAtFile(uri.fsPath, folder?.fsPath);
  return { uri, local, isThere: local.file !== undefined, detours: detoursOf(local) };
}

/** A path as a person knows it: relative to the workspace, or absolute. */
const shownPath = (path: string): string => vscode.workspace.asRelativePath(path);

/** The full name: an absolute path, or a URI if it is not on this computer. */
export const wholePath = (uri: vscode.Uri): string => (uri.scheme === "file" ? uri.fsPath : uri.toString(true));

function detoursOf({ path, target, links }: FilePlace): readonly Phrase[] {
  const [first] = links;
  if (first === undefined) return [];
  if (links.length === 1 && first.path === path) return [phrase("{0} is a link to {1}.", shownPath(path), target)];
  const names = allOf(links.map((link) => shownPath(link.path)));
  return [phrase("{0} leads through a link ({1}) to {2}.", shownPath(path), names, target)];
}

/** Elsewhere a link is recognised only by its type, which not every file system reports. */
async function lookElsewhere(uri: vscode.Uri, folder: vscode.Uri | undefined): Promise<SavePlace> {
  const remote = await statOf(uri);
  const name = vscode.workspace.asRelativePath(uri);
  if (remote !== undefined && (remote.type & vscode.FileType.File) === 0) {
    throw new StorageError("not-a-file", phrase("{0} is not a regular file. Choose another name.", name));
  }
  const way = await Promise.all(
    [uri, ...foldersOf(uri, folder)].map(async (each) => ({ each, found: await statOf(each) })),
  );
  const links = way.filter(({ found }) => ((found?.type ?? 0) & vscode.FileType.SymbolicLink) !== 0);
  return {
    uri,
    detours: links.map(({ each }) =>
      phrase("{0} is a link whose target cannot be determined.", vscode.workspace.asRelativePath(each)),
    ),
    isThere: remote !== undefined,
    ...(remote !== undefined && { remote }),
  };
}

/** The folders between a file and one above it. */
function foldersOf(uri: vscode.Uri, above: vscode.Uri | undefined): readonly vscode.Uri[] {
  const root = above?.path.replace(/\/$/, "");
  const folders: vscode.Uri[] = [];
  for (let at = vscode.Uri.joinPath(uri, ".."); root !== undefined && at.path.startsWith(`${root}/`);) {
    folders.push(at);
    at = vscode.Uri.joinPath(at, "..");
  }
  return folders;
}

/** What exists under a name; if it cannot be determined, it counts as absent. */
function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
}

/** Reads what is at a place. @returns undefined if it does not exist, has more than `max` bytes, or cannot be read */
export async function readFrom({ uri, remote, local }: SavePlace, max: number): Promise<Uint8Array | undefined> {
  if (local !== undefined) return readPlace(local, max);
  if (remote === undefined || remote.size > max) return undefined;
  return Promise.resolve(vscode.workspace.fs.readFile(uri)).catch(() => undefined);
}

/**
 * Writes to a place that was looked at and confirmed: on this computer atomically, and only if it is unchanged.
 * Elsewhere the remote file system decides the permission bits, and the check and the write are two steps.
 * @param isSecret whether it contains a private key
 * @throws StorageError `changed-meanwhile`, or the disk's reason; what was there before stays
 */
export async function writeTo(place: SavePlace, bytes: Uint8Array, isSecret: boolean): Promise<void> {
  const { uri, local, isThere } = place;
  try {
    if (local !== undefined) {
      await makeFolderOf(local);
      const mode = isSecret ? { mode: SECRET_MODE } : {};
      await writeFileAtomic(uri.fsPath, bytes, { overwrite: isThere, place: local, ...mode });
      return;
    }
    if (!isSame(place, await lookAtPlace(uri))) throw changedMeanwhile(uri);
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, ".."));
    await vscode.workspace.fs.writeFile(uri, bytes);
  } catch (error) {
    if (error instanceof StorageError && error.code === "changed-meanwhile") throw changedMeanwhile(uri);
    throw storageError(error, notWritten(vscode.workspace.asRelativePath(uri)));
  }
}

function isSame(before: SavePlace, now: SavePlace): boolean {
  const marks = [before, now].map(({ remote, detours }) => [remote?.type, remote?.size, remote?.mtime, ...detours]);
  return JSON.stringify(marks[0]) === JSON.stringify(marks[1]);
}

/** The file under a name is not the one that the person was asked about. */
export const changedMeanwhile = (uri: vscode.Uri): StorageError =>
  new StorageError(
    "changed-meanwhile",
    phrase("{0} was changed in the meantime and stays as it is.", vscode.workspace.asRelativePath(uri)),
  );
