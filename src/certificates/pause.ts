/**
 * Lets other work waiting for this thread run: long work calls it between slices. It does not wait for time to pass.
 */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Work that is done in steps: each `yield` is a place where it may be interrupted. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all of it at once, for threads that nothing else waits for. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Does it with a {@link pause} after each step. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pause();
  }
}
