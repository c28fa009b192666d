/**
 * Runs something over sockets that ends once: by itself, by the clock, or because its caller gives up.
 * @param limit ms
 * @param ended the result when the clock or the caller ends it
 * @param start begins, and says how to close what it opened; that is done at every end, exactly once
 * @returns what `start` finished with; never rejects
 */
export function endsOnce<Result>(
  limit: number,
  signal: AbortSignal,
  ended: (why: "timed-out" | "cancelled") => Result,
  start: (finish: (result: Result) => void) => () => void,
): Promise<Result> {
  if (signal.aborted) return Promise.resolve(ended("cancelled"));
  return new Promise((resolve) => {
    let isOver = false;
    const opened: { close?: () => void } = {};
    const finish = (result: Result) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      opened.close?.();
      resolve(result);
    };
    const cancel = () => {
      finish(ended("cancelled"));
    };
    const timer = setTimeout(() => {
      finish(ended("timed-out"));
    }, limit);
    signal.addEventListener("abort", cancel);
    opened.close = start(finish);
    // The type checker does not see that `start` may have finished it.
    if (isOver as boolean) opened.close();
  });
}
