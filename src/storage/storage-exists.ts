import { stat } from "node:fs/promises";
import path from "node:path";

/** Where the journal is in the folder of this user. */
export const JOURNAL_FOLDER = "orders";

/**
 * Whether anything was ever stored in a folder: the only check at start. A folder that cannot be examined counts as
 * used: opening it reports why.
 */
export async function storageExists(folder: string): Promise<boolean> {
  try {
    await stat(path.join(folder, JOURNAL_FOLDER));
    return true;
  } catch (error) {
    const errno = error instanceof Error && "code" in error ? error.code : undefined;
    return errno !== "ENOENT" && errno !== "ENOTDIR";
  }
}
