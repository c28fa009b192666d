import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { StorageError } from "./storage-error";
import { phrase } from "../words/phrase";

/** Bytes that are read first of a file that says it has none. */
const PIECE = 64 * 1024;

/**
 * The bytes of a file, of which no more are read than may be: a file of the kernel (below /proc, for instance) is a
 * regular one of size 0 and may have no end, or nothing yet, for which reading would wait.
 * @param max bytes
 * @returns undefined if there are more
 * @throws StorageError `not-a-file`, or the system's error
 */
export async function readBounded(file: string, max: number): Promise<Uint8Array | undefined> {
  // Without O_NONBLOCK, opening waits for a pipe's writer. Windows has neither.
  const handle = await open(file, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new StorageError("not-a-file", phrase("This is not a regular file."));
    return await readRest(handle, found.size, max);
  } finally {
    await handle.close();
  }
}

/**
 * As {@link readBounded}, of an open file.
 * @param size bytes that it says it has
 */
export async function readRest(handle: FileHandle, size: number, max: number): Promise<Uint8Array | undefined> {
  // One byte more than it says it has shows the end of an honest file.
  let buffer = Buffer.alloc(Math.min(size === 0 ? PIECE : size, max) + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
    length += bytesRead;
    if (bytesRead === 0) return buffer.subarray(0, length);
    if (length > max) return undefined;
    if (length < buffer.length) continue;
    buffer = Buffer.concat([buffer, Buffer.alloc(Math.min(length, max + 1 - length))]);
  }
}
