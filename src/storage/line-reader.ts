import { open, type FileHandle } from "node:fs/promises";
import { MAX_LINE_BYTES } from "../orders/journal/line-bounds";

/** Bytes read at once. */
const CHUNK_BYTES = 1024 * 1024;

/** Receives a line without its line feed, and the offset at which it begins. May end the reading. */
export type TakeLine = (bytes: Buffer, at: number) => "stop" | undefined;

/**
 * Reads the complete lines of a file from an offset on.
 * @returns bytes consumed: up to the last line feed, and past the beginning of a line too long to be one of ours,
 *   whose end is then read as a line of its own
 */
export async function readLines(file: string, offset: number, take: TakeLine): Promise<number> {
  const handle = await open(file, "r");
  try {
    return await readFrom(handle, offset, take);
  } finally {
    await handle.close();
  }
}

async function readFrom(handle: FileHandle, offset: number, take: TakeLine): Promise<number> {
  const { size } = await handle.stat();
  let consumed = 0;
  let rest: Buffer = Buffer.alloc(0);
  for (let position = offset; position < size;) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size - position));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      const stop = end > start && take(bytes.subarray(start, end), offset + consumed + start) === "stop";
      start = end + 1;
      if (stop) return consumed + start;
    }
    consumed += start;
    rest = bytes.subarray(start);
    if (rest.length > MAX_LINE_BYTES) {
      consumed += rest.length;
      rest = Buffer.alloc(0);
    }
  }
  return consumed;
}

const LINE_FEED = 10;
