/**
 * The signal of a run, for the many questions that are under way at a time: each has one of its own, let go with its
 * answer. The run's has one listener, and none while nothing is asked.
 */
export class QuestionSignals {
  private readonly underWay = new Set<AbortController>();

  constructor(private readonly run: AbortSignal) {}

  get aborted(): boolean {
    return this.run.aborted;
  }

  /** @param ask is given the question's own signal. @returns what it comes to. @throws what it throws */
  async during<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const own = new AbortController();
    if (this.run.aborted) own.abort();
    if (this.underWay.size === 0) this.run.addEventListener("abort", this.abortAll);
    this.underWay.add(own);
    try {
      return await ask(own.signal);
    } finally {
      this.underWay.delete(own);
      if (this.underWay.size === 0) this.run.removeEventListener("abort", this.abortAll);
    }
  }

  private readonly abortAll = (): void => {
    for (const own of this.underWay) own.abort();
  };
}
