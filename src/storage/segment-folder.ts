import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { untilFree } from "./blocked-files";
import { readLines } from "./line-reader";
import { parseLine, parseMergedHeader, parseSegmentName, type FoundLine, type SegmentName } from "./segment";
import { errnoOf } from "./storage-error";

/** How often a folder is listed again when a file vanished between listing and opening, because of compaction. */
const MAX_LISTINGS = 20;

/** A segment's file. */
export interface SegmentFile extends SegmentName {
  readonly path: string;
}

/** The folder of segments, as several processes write and merge them. */
export class SegmentFolder {
  /** What merged segments took over, by their base. They never change. */
  private readonly headers = new Map<string, readonly string[]>();

  constructor(readonly path: string) {}

  /**
   * Passes the current segments to `use`, without those that a merged one took over but that were not removed yet.
   * Repeats with a new list if one of them vanished in the meantime.
   * @returns `undefined` when there is no such folder
   */
  async use<T>(use: (files: readonly SegmentFile[]) => Promise<T>): Promise<T | undefined> {
    for (let listing = 1; ; listing++) {
      try {
        const all = await this.list();
        const replaced = await this.replaced(all);
        const current = all.filter((file) => !replaced.has(file.base));
        // On Windows, a file that was removed while somebody had it open can be listed and not opened for a moment.
        return await untilFree(() => use(current));
      } catch (error) {
        if (errnoOf(error) !== "ENOENT") throw error;
        if (!(await this.exists())) return undefined;
        if (listing === MAX_LISTINGS) throw error;
      }
    }
  }

  /** Every segment's file, replaced ones included. @throws ENOENT when there is no folder */
  async list(): Promise<SegmentFile[]> {
    const names = await readdir(this.path);
    return names.sort().flatMap((name) => {
      const segment = parseSegmentName(name);
      return segment ? [{ ...segment, path: path.join(this.path, name) }] : [];
    });
  }

  /** The bases that merged segments among these took over. */
  async replaced(files: readonly SegmentFile[]): Promise<ReadonlySet<string>> {
    const bases = new Set<string>();
    for (const file of files) {
      if (file.state !== "merged") continue;
      let of = this.headers.get(file.base);
      if (!of) this.headers.set(file.base, (of = await readHeader(file)));
      for (const base of of) bases.add(base);
    }
    return bases;
  }

  async exists(): Promise<boolean> {
    try {
      return (await stat(this.path)).isDirectory();
    } catch (error) {
      if (errnoOf(error) === "ENOENT") return false;
      throw error;
    }
  }
}

/** Every complete line of a segment, the header of a merged one left out. */
export async function readSegment(file: SegmentFile): Promise<FoundLine[]> {
  const lines: FoundLine[] = [];
  await readLines(file.path, 0, (bytes, at) => {
    if (!isHeader(file, at)) lines.push(parseLine(bytes));
    return undefined;
  });
  return lines;
}

/** Whether the line at this offset is what a merged segment begins with. */
export function isHeader(file: SegmentFile, at: number): boolean {
  return file.state === "merged" && at === 0;
}

async function readHeader(file: SegmentFile): Promise<readonly string[]> {
  let of: readonly string[] = [];
  await readLines(file.path, 0, (bytes) => {
    of = parseMergedHeader(bytes);
    return "stop";
  });
  return of;
}
