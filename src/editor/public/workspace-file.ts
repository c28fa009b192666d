import * as vscode from "vscode";
import { findInside } from "../../storage/file-inside";
import { readPlace } from "../../storage/file-place";
import { localFolders } from "../saving/workspace-search";
import { ToolError } from "./agent-answer";
import type { AgentFile } from "./certificate-tools";

/** A file with where it is, so that a later look can tell whether it is the same one. */
interface WorkspaceFile extends AgentFile {
  /** Its path on this computer, without links. */
  readonly target: string;
}

/** Bytes of a file that is read for an agent; a bundle of all public roots has 250 kB. */
const MAX_FILE = 2 * 1024 * 1024;

/**
 * A file of the workspace that an agent names.
 * @throws ToolError in Restricted Mode, and if there is no such file in a folder of the workspace on this computer
 */
export async function workspaceFile(file: string): Promise<WorkspaceFile> {
  if (!vscode.workspace.isTrusted) {
    throw new ToolError(
      "The workspace is in Restricted Mode, so its files are not read. The person can trust it: “Manage Workspace Trust”.",
    );
  }
  const folders = localFolders().map(({ name, uri }) => ({ name, path: uri.fsPath }));
  const found = await findInside(file, folders);
  if (found === undefined) {
    throw new ToolError(
      "There is no such file in the workspace. Give its path as the explorer shows it, relative to the folder. Files outside of it and over remote connections are not read.",
    );
  }
  const { path, place } = found;
  const read = async (): Promise<Uint8Array> => {
    const bytes = await readPlace(place, MAX_FILE);
    if (bytes !== undefined) return bytes;
    throw new ToolError(
      `The file could not be read: it has more than ${MAX_FILE / (1024 * 1024)} MB, was changed just now, or may not be read.`,
    );
  };
  return { path, target: place.target, read };
}
