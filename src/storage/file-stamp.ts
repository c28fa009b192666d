import { stat } from "node:fs/promises";
import { errnoOf } from "./storage-error";

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
 * The stamp has the time of the last change of anything, too: who copies a file may keep its other time, and two
 * certificates may have one size.
 * @returns `missing` if there is nothing, `unreadable` if that cannot be seen
 */
export async function fileStampOf(file: string): Promise<FileStamp | "missing" | "unreadable"> {
  try {
    const found = await stat(file);
    const { size, mtimeMs, ctimeMs, ino } = found;
    const stamp = [size, mtimeMs, ctimeMs, ino].join("/");
    return { isFile: found.isFile(), size, stamp, changedAt: Math.max(mtimeMs, ctimeMs) };
  } catch (error) {
    return errnoOf(error) === "ENOENT" ? "missing" : "unreadable";
  }
}
