import type { Disposable, LockHolder } from "../orders/ports";

/**
 * Something that one process of this user holds at a time, and that the system frees when it dies, however it dies.
 *
 * A process that is stopped (SIGSTOP, a debugger) keeps holding. This is intended: its call may still be under way,
 * and two calls at once are worse than none; when it continues or dies, the next one has its turn.
 */
export interface Exclusive {
  /**
   * Takes it, or gives `undefined` when another process holds it.
   * @throws StorageError `no-private-folder` when there is no folder to keep it in; errors of the system
   */
  take(): Promise<Taken | undefined>;
  /** Waits until the holder releases it or dies, but at most `ms`. Never throws. */
  released(ms: number, signal: AbortSignal): Promise<void>;
  /** The holder, if there is one and it can be determined. Never throws. */
  holder(): Promise<LockHolder | undefined>;
}

export interface Taken extends Disposable {
  /** Whether other processes wait for it. */
  readonly isWanted: boolean;
}
