import type { Clock, Disposable, LockHolder } from "../ports";
import { MutableDisposable } from "../mutable-disposable";

/** ms of a wait before it is told whose turn it is, and between two looks: most turns are over before the first. */
const FIRST_LOOK = 3_000;
const LOOK = 1_000;

/** Tells, while somebody waits for a call, which other process has its turn at the CA. */
export class TurnWatch implements Disposable {
  private readonly next = new MutableDisposable();
  private told: LockHolder | undefined;
  private ended = false;

  /**
   * @param holder see {@link CallLock.holder}
   * @param pid this process, of which nothing is told: then it is the CA that takes its time
   * @param tell told whose turn it is, and `undefined` when it is nobody else's any more
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
    const isNews = JSON.stringify(other) !== JSON.stringify(this.told);
    this.told = other;
    if (isNews) this.tell(other);
    this.lookAfter(LOOK);
  }
}
