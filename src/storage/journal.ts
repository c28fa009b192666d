import { watch, type FSWatcher } from "node:fs";
import { compareStamps, stampOf, WRITER_DIGITS, type JournalLine, type OrderEvent } from "../orders/journal/events";
import type { OrderId } from "../orders/model/order";
import type { AsideLine, Disposable, Durability, HistoryLine, Journal } from "../orders/ports";
import { compact, MERGE_AFTER } from "./compaction";
import { hashOf, parseSegmentName } from "./segment";
import { readSegment, SegmentFolder } from "./segment-folder";
import { SegmentReader } from "./segment-reader";
import { SegmentWriter } from "./segment-writer";
import { storageError } from "./storage-error";
import { phrase } from "../words/phrase";

/** Changes of the folder within this many ms count as one. */
const DEBOUNCE = 30;
/** ms between checks of the folder: network file systems and some containers do not report changes. */
const LOOK = 15_000;

/** The journal in a folder: it writes this process's own segments and reads all others. */
export class SegmentJournal implements Journal {
  private readonly folder: SegmentFolder;
  private readonly writer: SegmentWriter;
  private readonly reader: SegmentReader;
  private reading: Promise<void> = Promise.resolve();
  private readonly watches = new Set<FolderWatch>();

  /**
   * @param path of the folder, which is created with the first line
   * @param now epoch ms
   */
  constructor(
    private readonly path: string,
    private readonly now: () => number = Date.now,
  ) {
    this.folder = new SegmentFolder(path);
    this.writer = new SegmentWriter(path, now, () => this.found());
    this.reader = new SegmentReader(this.folder, this.writer.writer);
  }

  append(events: readonly OrderEvent[], durability: Durability): Promise<readonly JournalLine[]> {
    return this.writer.append(events, durability);
  }

  read(take: (line: JournalLine) => void, setAside?: (line: AsideLine) => void): Promise<void> {
    const reading = this.reading.then(() => this.readNow(take, setAside));
    this.reading = reading.catch(() => undefined);
    return reading;
  }

  async history(id: OrderId): Promise<readonly HistoryLine[]> {
    const history = new Map<string, HistoryLine>();
    await this.folder.use(async (files) => {
      history.clear();
      for (const file of files) {
        const before = new Map<string, string>();
        for (const { text, read } of await readSegment(file)) {
          if (!read) continue;
          const writer = read.line.slice(0, WRITER_DIGITS);
          const prev = before.get(writer);
          before.set(writer, hashOf(text));
          if (!("id" in read) || read.id !== id) continue;
          const chained = prev === undefined || text.includes(`"prev":"${prev}"`);
          history.set(read.line, { line: read, segment: file.base, text, chained });
        }
      }
    });
    return [...history.values()].sort((a, b) => compareStamps(stampOf(a.line), stampOf(b.line)));
  }

  watch(changed: () => void): Disposable {
    const watching = new FolderWatch(this.path, this.writer.writer, changed);
    this.watches.add(watching);
    watching.begin();
    return {
      dispose: () => {
        this.watches.delete(watching);
        watching.dispose();
      },
    };
  }

  /**
   * Merges old segments; see `compaction.ts`. Call it under a lock of its own.
   * @param mergeAfter ms
   * @returns how many segments were merged
   */
  async compact(mergeAfter = MERGE_AFTER): Promise<number> {
    if (!(await this.folder.exists())) return 0;
    return compact(this.folder, this.now(), this.now() - mergeAfter);
  }

  /** Ends after pending writes. */
  async close(): Promise<void> {
    for (const watching of this.watches) watching.dispose();
    this.watches.clear();
    await this.writer.close();
  }

  private async readNow(take: (line: JournalLine) => void, setAside?: (line: AsideLine) => void): Promise<void> {
    try {
      const isThere = await this.reader.read((line) => {
        this.writer.observe(line);
        take(line);
      }, setAside);
      if (isThere) this.found();
    } catch (error) {
      throw storageError(error, (why) => phrase("Could not read the journal of orders: {0}.", why));
    }
  }

  /** The folder exists: watching can begin. */
  private found(): void {
    for (const watching of this.watches) watching.begin();
  }
}

/** Reports when another process may have written to a folder. */
class FolderWatch implements Disposable {
  private watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly looking: NodeJS.Timeout;
  private ended = false;

  constructor(
    private readonly path: string,
    private readonly ownWriter: string,
    private readonly changed: () => void,
  ) {
    this.looking = setInterval(() => this.changed(), LOOK).unref();
  }

  /** Begins to watch, if the folder is there and it has not begun. */
  begin(): void {
    if (this.watcher || this.ended) return;
    try {
      this.watcher = watch(this.path, { persistent: false }, (_, name) => this.note(name));
      this.watcher.on("error", () => this.stop());
    } catch {
      // The folder does not exist yet, or the system has no more watches: it is still checked from time to time.
      this.stop();
    }
  }

  dispose(): void {
    this.ended = true;
    clearInterval(this.looking);
    clearTimeout(this.timer);
    this.stop();
  }

  private note(name: string | null): void {
    if (name !== null && parseSegmentName(name)?.writer === this.ownWriter) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed();
    }, DEBOUNCE).unref();
  }

  private stop(): void {
    this.watcher?.close();
    this.watcher = undefined;
  }
}
