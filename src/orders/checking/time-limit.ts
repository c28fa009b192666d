import { phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";
import type { Clock, Disposable } from "../ports";

/** Thrown, and used as the abort reason, when something did not end in time. */
class TimeLimitError extends SaidError {
  override readonly name = "TimeLimitError";
  readonly code = "timed-out";

  constructor() {
    super(phrase("No answer came in time. The check is repeated later."));
  }
}

/** A signal that aborts with another signal or after `ms`, whichever comes first. Dispose it when the work is done. */
export function timeLimit(clock: Clock, ms: number, signal?: AbortSignal): Disposable & { signal: AbortSignal } {
  const controller = new AbortController();
  const follow = () => controller.abort(signal?.reason);
  const timer = clock.after(ms, () => controller.abort(new TimeLimitError()));
  if (signal?.aborted) follow();
  else signal?.addEventListener("abort", follow, { once: true });
  return {
    signal: controller.signal,
    dispose: () => {
      timer.dispose();
      signal?.removeEventListener("abort", follow);
    },
  };
}

/** Waits for `ms`, or until aborted; not at all when `ms` is not positive. */
export function waitFor(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      timer.dispose();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = clock.after(ms, done);
    signal.addEventListener("abort", done, { once: true });
  });
}

/**
 * Runs a task that may take `ms`, and then stops waiting for it even if it ignores its signal.
 * @throws TimeLimitError after `ms`; the signal's reason when aborted; else what the task throws
 */
export async function withTimeLimit<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = timeLimit(clock, ms, signal);
  const ended = new Promise<never>((_, reject) => {
    const stop = () => reject(limit.signal.reason as Error);
    if (limit.signal.aborted) stop();
    else limit.signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([ended, task(limit.signal)]);
  } finally {
    limit.dispose();
  }
}
