/**
 * Ends one call when its caller gives up, or when it takes too long. A wait through {@link Deadline.within} ends then,
 * even if the work itself ignores its signal.
 */
export class Deadline {
  private readonly controller = new AbortController();
  private readonly ended: Promise<never>;
  private readonly total: NodeJS.Timeout;
  private phase: NodeJS.Timeout | undefined;
  private expiredIn: string | undefined;
  private readonly onAbort = () => {
    this.controller.abort();
  };

  /**
   * @param caller who may give up
   * @param totalTimeout ms for everything
   */
  constructor(
    private readonly caller: AbortSignal,
    totalTimeout: number,
  ) {
    this.ended = new Promise((_, reject) => {
      this.signal.addEventListener("abort", () => {
        reject(new Error("ended"));
      });
    });
    // The rejection reaches whoever waits; if nobody does, it is not a fault.
    this.ended.catch(() => undefined);
    this.total = setTimeout(() => {
      this.expire("total");
    }, totalTimeout);
    if (caller.aborted) this.onAbort();
    else caller.addEventListener("abort", this.onAbort);
  }

  /** For the work itself. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** The part of the call whose time ran out, if it did. */
  get expired(): string | undefined {
    return this.expiredIn;
  }

  get cancelled(): boolean {
    return this.caller.aborted;
  }

  /** Waits for `work` for at most `timeout` ms. */
  async within<T>(part: string, timeout: number, work: Promise<T>): Promise<T> {
    this.phase = setTimeout(() => {
      this.expire(part);
    }, timeout);
    work.catch(() => undefined);
    try {
      return await Promise.race([work, this.ended]);
    } finally {
      clearTimeout(this.phase);
    }
  }

  private expire(part: string): void {
    this.expiredIn ??= part;
    this.controller.abort();
  }

  /** Stops the clocks and aborts any remaining work. */
  dispose(): void {
    clearTimeout(this.total);
    clearTimeout(this.phase);
    this.caller.removeEventListener("abort", this.onAbort);
    this.controller.abort();
  }
}
