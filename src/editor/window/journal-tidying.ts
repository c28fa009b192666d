import { MutableDisposable } from "../../orders/mutable-disposable";
import type { AsideLine, Clock, Disposable } from "../../orders/ports";
import type { Storage } from "../../storage/storage";
import type { Log } from "../base/log";
import type { LogFacts } from "../base/log-text";

/** ms from the start until old segments of the journal are merged for the first time, and from then on. */
const FIRST = 10 * 60_000;
const INTERVAL = 24 * 60 * 60_000;

/** Merges old segments of the journal now and then. The storage makes sure that only one window does so at a time. */
export class JournalTidying implements Disposable {
  private readonly next = new MutableDisposable();

  constructor(
    private readonly storage: Pick<Storage, "compact">,
    private readonly clock: Clock,
    private readonly log: Pick<Log, "error">,
  ) {}

  start(): void {
    this.tidyAfter(FIRST);
  }

  dispose(): void {
    this.next.dispose();
  }

  private tidyAfter(ms: number): void {
    this.next.value = this.clock.after(ms, () => {
      this.storage.compact().catch((error: unknown) => this.log.error("The journal could not be compacted.", error));
      this.tidyAfter(INTERVAL);
    });
  }
}

/** What the log says about lines of the journal that could not be read, and where they are. */
export function asideLogEntry(lines: readonly AsideLine[]): [text: string, facts: LogFacts] {
  const damaged = lines.filter(({ why }) => why === "damaged").length;
  const segments = [...new Set(lines.map(({ segment }) => segment))];
  const facts = { damaged, later: lines.length - damaged, files: segments.slice(0, MAX_NAMED_FILES).join(", ") };
  return ["Some lines of the journal could not be read. They were set aside and stay in their files.", facts];
}

/** Files of the journal that one line of the log names. */
const MAX_NAMED_FILES = 10;
