import type { CaName } from "../../orders/model/order";
import type { LockHolder } from "../../orders/ports";
import { TurnWatch } from "../../orders/checking/turn-watch";
import { systemClock } from "../base/clock";
import type { Collector } from "../window/collector";
import { timeWords } from "../../orders/presentation/time-words";
import { localize, locale } from "../base/localize";

/**
 * Runs a task that waits for its turn, and says meanwhile which other window calls the CA.
 * @param tell called with a sentence, and with an empty one when it no longer applies
 */
export async function withLockHolderShown<T>(
  collector: Collector,
  cas: Iterable<CaName>,
  tell: (words: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  const watches = [...new Set(cas)].map(
    (ca) =>
      new TurnWatch(
        systemClock,
        () => collector.holder(ca),
        process.pid,
        (holder) => tell(holder === undefined ? "" : lockHolderWords(holder)),
      ),
  );
  try {
    return await work();
  } finally {
    for (const watch of watches) watch.dispose();
  }
}

/** Which process calls the CA at the moment, in words that let a person find it. */
export function lockHolderWords({ pid, since, isStopped }: LockHolder): string {
  const at = timeWords(since, Date.now(), locale);
  if (pid === undefined) return localize("Waiting: another window has been calling the CA since {0}.", at);
  return isStopped
    ? localize(
        "Waiting: another window (process {0}) has been calling the CA since {1} but is suspended. Resume or end that process.",
        pid,
        at,
      )
    : localize("Waiting: another window (process {0}) has been calling the CA since {1}.", pid, at);
}
