import { hash } from "node:crypto";
import { stat } from "node:fs/promises";
import type { JournalLine } from "../orders/journal/events";
import type { AsideLine } from "../orders/ports";
import { readLines } from "./line-reader";
import { parseLine } from "./segment";
import { isHeader, type SegmentFile, type SegmentFolder } from "./segment-folder";

/** Reads what was added to the segments of a folder since the last time, except this process's own. */
export class SegmentReader {
  /** Bytes consumed, by segment. */
  private readonly offsets = new Map<string, number>();
  /** Lines that were set aside, by their text's hash: compaction keeps them, in another file. */
  private readonly aside = new Set<string>();

  constructor(
    private readonly folder: SegmentFolder,
    private readonly ownWriter: string,
  ) {}

  /**
   * Returns complete lines added since the last call; one without its line feed is left for the next call. Not
   * reentrant.
   * @param setAside called once for each line that could not be used
   * @returns whether there is a folder at all
   */
  async read(
    take: (line: JournalLine) => void,
    setAside: (line: AsideLine) => void = () => undefined,
  ): Promise<boolean> {
    const isThere = await this.folder.use(async (files) => {
      const there = new Set(files.map((file) => file.base));
      for (const file of files) if (file.writer !== this.ownWriter) await this.readFile(file, take, setAside);
      for (const base of this.offsets.keys()) if (!there.has(base)) this.offsets.delete(base);
      return true;
    });
    return isThere === true;
  }

  private async readFile(
    file: SegmentFile,
    take: (line: JournalLine) => void,
    setAside: (line: AsideLine) => void,
  ): Promise<void> {
    const offset = this.offsets.get(file.base) ?? 0;
    if ((await stat(file.path)).size <= offset) return;
    const consumed = await readLines(file.path, offset, (bytes, at) => {
      if (isHeader(file, at)) return undefined;
      const { read, why = "damaged", order } = parseLine(bytes);
      if (read) take(read);
      else if (this.isNewAside(bytes)) setAside({ why, segment: file.base, ...(order !== undefined && { order }) });
      return undefined;
    });
    this.offsets.set(file.base, offset + consumed);
  }

  private isNewAside(bytes: Buffer): boolean {
    const name = hash("sha256", bytes, "base64url");
    if (this.aside.has(name)) return false;
    this.aside.add(name);
    return true;
  }
}
