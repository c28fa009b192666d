import { WRITER_DIGITS, type JournalLine, type OrderEvent } from "../../../src/orders/journal/events";
import type { Clock, Disposable, Durability, Journal } from "../../../src/orders/ports";

/** 2026-01-31T00:00:00Z in epoch ms. */
export const START = Date.UTC(2026, 0, 31);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Lets everything that waits on promises and on file or socket callbacks go on. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Time that passes when a test says so. */
export class FakeClock implements Clock {
  private tasks: { readonly at: number; readonly task: () => void }[] = [];

  constructor(private time = START) {}

  now(): number {
    return this.time;
  }

  after(ms: number, task: () => void): Disposable {
    const entry = { at: this.time + Math.max(0, ms), task };
    this.tasks.push(entry);
    return { dispose: () => void (this.tasks = this.tasks.filter((each) => each !== entry)) };
  }

  /** Timers that are set. */
  get pending(): number {
    return this.tasks.length;
  }

  /** Lets time pass, with whatever falls due on the way at its own time. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (;;) {
      const next = this.tasks.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.tasks = this.tasks.filter((each) => each !== next);
      this.time = Math.max(this.time, next.at);
      next.task();
      await settle();
    }
    this.time = end;
  }

  /** Sets the clock, as a person or a time server does; timers stay where they are. */
  set(at: number): void {
    this.time = at;
  }
}

/** What several windows write, without files. */
export class SharedLines {
  readonly lines: JournalLine[] = [];
  private readonly journals: MemoryJournal[] = [];

  open(clock: Clock): MemoryJournal {
    const journal = new MemoryJournal(this, clock, String(this.journals.length + 1).padStart(WRITER_DIGITS, "0"));
    this.journals.push(journal);
    return journal;
  }

  tell(writer: MemoryJournal): void {
    for (const journal of this.journals) if (journal !== writer) journal.changed();
  }
}

/** One window's journal over {@link SharedLines}. */
export class MemoryJournal implements Journal {
  private readonly watchers = new Set<() => void>();
  private read_ = 0;
  private written = 0;
  /** What each append was asked for: the types of its lines, and how safe they had to be. */
  readonly appends: { readonly types: readonly string[]; readonly durability: Durability }[] = [];
  /** Thrown by the next append. */
  failure: Error | undefined;

  constructor(
    private readonly shared: SharedLines,
    private readonly clock: Clock,
    private readonly writer: string,
  ) {}

  async append(events: readonly OrderEvent[], durability: Durability): Promise<readonly JournalLine[]> {
    await Promise.resolve();
    this.appends.push({ types: events.map(({ type }) => type), durability });
    const { failure } = this;
    this.failure = undefined;
    if (failure) throw failure;
    const last = this.shared.lines.at(-1);
    const at = this.clock.now();
    const t = Math.max(at, last ? (last.t ?? last.at) + 1 : 0);
    const lines = events.map((event): JournalLine => ({
      v: 1,
      at,
      line: `${this.writer}:${++this.written}`,
      ...((t !== at || "at" in event) && { t }),
      ...event,
    }));
    for (const line of lines) this.shared.lines.push(line);
    this.shared.tell(this);
    return lines;
  }

  async read(take: (line: JournalLine) => void): Promise<void> {
    await Promise.resolve();
    const lines = this.shared.lines.slice(this.read_);
    this.read_ = this.shared.lines.length;
    for (const line of lines) take(line);
  }

  history(): Promise<never[]> {
    return Promise.resolve([]);
  }

  watch(changed: () => void): Disposable {
    this.watchers.add(changed);
    return { dispose: () => this.watchers.delete(changed) };
  }

  changed(): void {
    for (const watcher of this.watchers) watcher();
  }
}
