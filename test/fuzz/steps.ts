import inspector from "node:inspector";

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/**
 * Counts how much of our code runs: every block of every function, as often as it is entered. The same for the same
 * input on any machine, unlike a clock. Work inside Node.js itself (regular expressions, base64) is not counted. Only
 * functions that were never called before the counter was made are counted, so it belongs into a thread of its own.
 */
export class StepCounter {
  private readonly session = new inspector.Session();

  /** @param script the file whose code counts */
  constructor(private readonly script: string) {
    this.session.connect();
    this.post("Profiler.enable");
    this.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  count(run: () => unknown): number {
    this.take();
    run();
    return this.take();
  }

  /** The same of many runs, one after the other, which may go on after others have had their turn. */
  async countEach(runs: readonly (() => unknown)[]): Promise<number[]> {
    const counts: number[] = [];
    this.take();
    for (const run of runs) {
      await run();
      counts.push(this.take());
    }
    return counts;
  }

  stop(): void {
    this.session.disconnect();
  }

  /** Steps since the last call. */
  private take(): number {
    const { result } = this.post("Profiler.takePreciseCoverage") as Coverage;
    return result
      .filter(({ url }) => url.endsWith(this.script))
      .flatMap(({ functions }) => functions)
      .flatMap(({ ranges }) => ranges)
      .reduce((sum, { count }) => sum + count, 0);
  }

  /** The profiler answers before its `post` returns. */
  private post(method: string, parameters: object = {}): unknown {
    let answer: unknown;
    this.session.post(method, parameters, (error, result) => {
      if (error !== null) throw error;
      answer = result;
    });
    return answer;
  }
}
