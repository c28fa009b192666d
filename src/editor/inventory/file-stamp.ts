import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import { isRegularFile } from "../base/regular-file";

/** What a file is, before its bytes are read. */
export interface FileStamp {
  readonly isFile: boolean;
  /** Bytes. */
  readonly size: number;
  /** Changes whenever the bytes do. */
  readonly stamp: string;
  /** Of the last change. Epoch ms. */
  readonly changedAt: number;
}

/**
 * On this computer with the time of the last change of anything: who copies a file may keep its other time, and two
 * certificates may have one size.
 * @returns `missing` if there is nothing, `unreadable` if that cannot be seen
 */
export async function stampOf(uri: vscode.Uri): Promise<FileStamp | "missing" | "unreadable"> {
  try {
    if (uri.scheme === "file") {
      const found = await stat(uri.fsPath);
      const { size, mtimeMs, ctimeMs, ino } = found;
      const changedAt = Math.max(mtimeMs, ctimeMs);
      return { isFile: found.isFile(), size, stamp: [size, mtimeMs, ctimeMs, ino].join("/"), changedAt };
    }
    const found = await vscode.workspace.fs.stat(uri);
    const { size, mtime } = found;
    return { isFile: isRegularFile(found), size, stamp: [size, mtime].join("/"), changedAt: mtime };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ENOENT" || code === "FileNotFound" ? "missing" : "unreadable";
  }
}
