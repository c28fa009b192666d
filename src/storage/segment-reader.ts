import { stat } from "node:fs/promises";
import type { JournalLine } from "../orders/events";
import { readLines } from "./line-reader";
import { parseLine } from "./segment";
import { isHeader, type SegmentFile, type SegmentFolder } from "./segment-folder";

/** Lines that could not be taken into the book. They stay in their files. */
export interface Aside {
  readonly damaged: number;
  /** Written by a later version of this program. */
  readonly later: number;
}

/** Reads what was added to any segment of a folder since the last time, except to this process' own. */
export class SegmentReader {
  /** Bytes consumed, by segment. */
  private readonly offsets = new Map<string, number>();
  private damaged = 0;
  private later = 0;

  constructor(
    private readonly folder: SegmentFolder,
    private readonly ownWriter: string,
  ) {}

  get aside(): Aside {
    return { damaged: this.damaged, later: this.later };
  }

  /**
   * Gives complete lines added since the last call; one without its line feed is left for the next. Not reentrant.
   * @returns whether there is a folder at all
   */
  async read(take: (line: JournalLine) => void): Promise<boolean> {
    const isThere = await this.folder.use(async (files) => {
      const there = new Set(files.map((file) => file.base));
      for (const file of files) if (file.writer !== this.ownWriter) await this.readFile(file, take);
      for (const base of this.offsets.keys()) if (!there.has(base)) this.offsets.delete(base);
      return true;
    });
    return isThere === true;
  }

  private async readFile(file: SegmentFile, take: (line: JournalLine) => void): Promise<void> {
    const offset = this.offsets.get(file.base) ?? 0;
    if ((await stat(file.path)).size <= offset) return;
    const consumed = await readLines(file.path, offset, (bytes, at) => {
      if (isHeader(file, at)) return undefined;
      const { read, why } = parseLine(bytes);
      if (read) take(read);
      else if (why === "later") this.later++;
      else this.damaged++;
      return undefined;
    });
    this.offsets.set(file.base, offset + consumed);
  }
}
