import type { Clock, Disposable, LockHolder } from "../ports";
import { MutableDisposable } from "../mutable-disposable";

/** ms to wait before saying whose turn it is, and between two looks: most turns are over before the first. */
const FIRST_LOOK = 3_000;
const LOOK = 1_000;

/** Reports, while somebody waits for a call, which other process is calling the CA. */
export class TurnWatch implements Disposable {
  private readonly next = new MutableDisposable();
  private reported: LockHolder | undefined;
  private ended = false;

  /**
   * @param holder see {@link CallLock.holder}
   * @param pid this process, which is not reported: then the CA itself is slow
   * @param tell called with whose turn it is, and with `undefined` when it is no longer another process's
   */
  constructor(
    private readonly clock: Clock,
    private readonly holder: () => Promise<LockHolder | undefined>,
    private readonly pid: number,
    private readonly tell: (holder: LockHolder | undefined) => void,
  ) {
    this.lookAfter(FIRST_LOOK);
  }

  dispose(): void {
    this.ended = true;
    this.next.dispose();
  }

  private lookAfter(ms: number): void {
    this.next.value = this.clock.after(ms, () => void this.look());
  }

  private async look(): Promise<void> {
    const found = await this.holder();
    if (this.ended) return;
    const other = found?.pid === this.pid ? undefined : found;
    const isNews = JSON.stringify(other) !== JSON.stringify(this.reported);
    this.reported = other;
    if (isNews) this.tell(other);
    this.lookAfter(LOOK);
  }
}
