import { randomBytes } from "node:crypto";
import { mkdir, open, stat, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { WRITER_DIGITS, stampOf, type JournalLine, type OrderEvent } from "../orders/journal/events";
import type { Durability } from "../orders/ports";
import { syncFolder, writeFully } from "./durable";
import { dayOf, formatLine, formatSegmentName, hashOf, type FormattedLine } from "./segment";
import { errnoOf, storageError } from "./storage-error";
import { phrase } from "../words/phrase";

/**
 * Appends to this process's own segments, one for each UTC day. Policy: "durable" lines are on the disk (fdatasync,
 * and fsync of the folder for a new file) before they are acknowledged; waiting ones share one sync. "buffered" lines
 * are with the operating system. A segment in which a write failed is abandoned, so no line ever follows a torn one.
 */
export class SegmentWriter {
  readonly writer = randomBytes(WRITER_DIGITS / 2).toString("hex");
  private readonly waiting: Batch[] = [];
  private segment: Segment | undefined;
  private segments = 0;
  private lines = 0;
  private prev = "";
  private pumping: Promise<void> | undefined;
  /** The highest stamp written here, and the highest read from others. */
  private written = 0;
  private seen = 0;

  /**
   * @param folder made when the first line is written
   * @param now epoch ms
   * @param created called once the folder is there
   */
  constructor(
    private readonly folder: string,
    private readonly now: () => number,
    private readonly created: () => void,
  ) {}

  /** Records a line of another process: lines written from now on are later. */
  observe(line: JournalLine): void {
    this.seen = Math.max(this.seen, stampOf(line).t);
  }

  /** @throws StorageError when the lines could not be written; none of them counts then */
  append(events: readonly OrderEvent[], durability: Durability): Promise<readonly JournalLine[]> {
    if (events.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.waiting.push({ events, durable: durability === "durable", resolve, reject });
      this.pumping ??= this.pump();
    });
  }

  /** Ends after what is waiting was written. */
  async close(): Promise<void> {
    await this.pumping;
    await this.abandon();
  }

  private async pump(): Promise<void> {
    while (this.waiting.length > 0) await this.write(this.waiting.splice(0));
    this.pumping = undefined;
  }

  private async write(batches: readonly Batch[]): Promise<void> {
    const before = this.prev;
    const formatted: { readonly batch: Batch; readonly lines: readonly FormattedLine[] }[] = [];
    for (const batch of batches) {
      const [prev, lines] = [this.prev, this.lines];
      try {
        formatted.push({ batch, lines: batch.events.map((event) => this.format(event)) });
      } catch (error) {
        [this.prev, this.lines] = [prev, lines];
        batch.reject(error);
      }
    }
    if (formatted.length === 0) return;
    try {
      const text = formatted.map(({ lines }) => lines.map((line) => `${line.text}\n`).join("")).join("");
      await this.writeBytes(
        Buffer.from(text),
        batches.some((batch) => batch.durable),
      );
      for (const { batch, lines } of formatted) batch.resolve(lines.map((line) => line.read));
    } catch (error) {
      this.prev = before;
      await this.abandon();
      for (const { batch } of formatted)
        batch.reject(storageError(error, (why) => phrase("Could not write the journal of orders: {0}.", why)));
    }
  }

  private format(event: OrderEvent): FormattedLine {
    const at = this.now();
    const t = Math.max(at, this.written, this.seen + 1);
    // Only a clock that went back, a line of the same ms, or one with a time of its own makes them differ.
    const isOfOwnTime = "at" in event && event.at !== undefined;
    const formatted = formatLine(event, {
      at,
      line: `${this.writer}:${++this.lines}`,
      prev: this.prev,
      ...((t !== at || isOfOwnTime) && { t }),
    });
    this.written = t;
    this.prev = hashOf(formatted.text);
    return formatted;
  }

  /** Writes and, until it is certain that the segment was not being merged meanwhile, writes again into a new one. */
  private async writeBytes(bytes: Buffer, durable: boolean): Promise<void> {
    for (;;) {
      const segment = await this.current();
      await writeFully(segment.handle, bytes);
      if (durable) await segment.handle.datasync();
      segment.size += bytes.length;
      // Compaction renames a segment before it reads it. If the name still exists, it was not renamed before these
      // bytes were written, so a later rename reads them.
      if (await segment.stands()) return;
      await this.abandon();
    }
  }

  private async current(): Promise<Segment> {
    const day = dayOf(this.now());
    if (this.segment?.day !== day) {
      await this.abandon();
      this.segment = await this.open(day);
    }
    return this.segment;
  }

  private async open(day: string): Promise<Segment> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = path.join(this.folder, formatSegmentName(day, this.writer, ++this.segments));
    const segment = new Segment(day, file, await open(file, "ax", 0o600));
    await syncFolder(this.folder);
    this.created();
    return segment;
  }

  /** Leaves the segment; a torn end is cut off if the disk allows. */
  private async abandon(): Promise<void> {
    const { segment } = this;
    this.segment = undefined;
    if (!segment) return;
    await segment.handle.truncate(segment.size).catch(() => undefined);
    await segment.handle.close().catch(() => undefined);
  }
}

interface Batch {
  readonly events: readonly OrderEvent[];
  readonly durable: boolean;
  resolve(lines: readonly JournalLine[]): void;
  reject(error: unknown): void;
}

class Segment {
  /** Bytes of the lines that were written whole. */
  size = 0;

  constructor(
    readonly day: string,
    private readonly file: string,
    readonly handle: FileHandle,
  ) {}

  /** Whether the file still has its name. */
  async stands(): Promise<boolean> {
    try {
      const [named, ours] = await Promise.all([stat(this.file), this.handle.stat()]);
      return named.ino === ours.ino && named.dev === ours.dev;
    } catch (error) {
      if (errnoOf(error) === "ENOENT") return false;
      throw error;
    }
  }
}
