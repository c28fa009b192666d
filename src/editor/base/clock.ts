import type { Clock } from "../../orders/ports";

/** The longest delay of a Node timer, in ms; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The computer's clock and Node's timers, which do not keep the process alive. */
export const systemClock: Clock = {
  now: Date.now,
  after(ms, task) {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      const now = Math.min(left, LONGEST_TIMER);
      timer = setTimeout(() => (left > now ? wait(left - now) : task()), Math.max(0, now));
      // A browser has numbers for timers, and no process that they keep.
      timer.unref?.();
    };
    wait(ms);
    return { dispose: () => clearTimeout(timer) };
  },
};
