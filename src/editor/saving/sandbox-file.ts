import * as vscode from "vscode";
import { safeBaseName } from "../../certificates/exports/file-name";
import { showWarning } from "../base/messages";
import { withLineEndsOf } from "../../shape/line-ends";
import { lookAtPlace, readFrom, writeTo } from "./save-place";
import { localize } from "../base/localize";

/** Files with the same name before another place must be found. */
const MOST_NAMES = 100;

/** The most bytes of a file that may be the same one. */
const MAX_SAME = 16 * 1024;

/** What the sandbox gave out, and where it is to be. */
export interface SandboxFile {
  /** PEM; public test material, which protects nothing. */
  readonly bytes: Uint8Array;
  readonly uri: vscode.Uri;
  /**
   * Writes it there; where it is already, nothing is done.
   * @throws StorageError when it cannot be written, or something else is there meanwhile
   */
  readonly save: () => Promise<void>;
}

/**
 * Finds a free name in a folder for what the sandbox gave out; where a file holds it already, that one.
 * @param ending with its dot
 * @param isPrivate whether it is for the person's eyes alone, as a key of theirs would be
 * @returns undefined, after telling the person, if there is no free name
 * @throws StorageError when the folder cannot be looked at
 */
export async function placeSandboxFile(
  pem: string,
  name: string,
  ending: string,
  folder: vscode.Uri,
  isPrivate: boolean,
): Promise<SandboxFile | undefined> {
  const bytes = Buffer.from(pem, "utf8");
  const base = safeBaseName(name);
  for (let place = 1; place <= MOST_NAMES; place++) {
    const uri = vscode.Uri.joinPath(folder, place === 1 ? `${base}${ending}` : `${base}-${place}${ending}`);
    const at = await lookAtPlace(uri, folder);
    const there = at.isThere ? await readFrom(at, MAX_SAME) : undefined;
    if (there !== undefined && Buffer.compare(there, withLineEndsOf(there, bytes)) === 0)
      return { bytes, uri, save: () => Promise.resolve() };
    if (!at.isThere && at.detours.length === 0) return { bytes, uri, save: () => writeTo(at, bytes, isPrivate) };
  }
  const words = isPrivate
    ? localize("Too many files in {0} are named like this key. Choose another folder.", folderName(folder))
    : localize("Too many files in {0} are named like this request. Choose another folder.", folderName(folder));
  void showWarning(words);
  return undefined;
}

const folderName = (folder: vscode.Uri): string => vscode.workspace.asRelativePath(folder);
