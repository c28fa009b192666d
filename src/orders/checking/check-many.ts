import type { AskResult } from "./ask";
import type { CaName, OrderId } from "../model/order";

/** What came of asking about several orders for a person. */
export interface CheckSummary {
  /** Answered, and nothing new. */
  readonly unchanged: readonly OrderId[];
  readonly collected: readonly OrderId[];
  /** Asked, and no answer of the CA came, or a refusal. */
  readonly failed: readonly OrderId[];
  /** Asked too recently; they come by themselves. */
  readonly later: readonly OrderId[];
  /** Not asked: the login is frozen, or this window has no secret. */
  readonly signIn: readonly OrderId[];
  /** Not asked for another reason: cancelled, busy, forgotten meanwhile, not recorded. */
  readonly notAsked: readonly OrderId[];
}

/**
 * Asks about several orders for a person, one after the other for each CA, through the queue that all windows share.
 * @param check asks about one: `Poller.check`
 * @param progress called after each, with how many are done
 * @param signal stops after the one under way
 */
export async function checkMany(
  orders: readonly { readonly id: OrderId; readonly ca: CaName }[],
  check: (id: OrderId, signal: AbortSignal) => Promise<AskResult>,
  progress: (done: number, id: OrderId, result: AskResult) => void,
  signal: AbortSignal,
): Promise<CheckSummary> {
  const summary: Record<keyof CheckSummary, OrderId[]> = {
    unchanged: [],
    collected: [],
    failed: [],
    later: [],
    signIn: [],
    notAsked: [],
  };
  let done = 0;
  const byCa = new Map<CaName, OrderId[]>();
  for (const { id, ca } of orders) {
    const ids = byCa.get(ca);
    if (ids) ids.push(id);
    else byCa.set(ca, [id]);
  }
  await Promise.all(
    [...byCa.values()].map(async (ids) => {
      for (const id of ids) {
        const result: AskResult = signal.aborted ? { kind: "cancelled" } : await check(id, signal);
        summary[sortOf(result)].push(id);
        progress(++done, id, result);
      }
    }),
  );
  return summary;
}

function sortOf(result: AskResult): keyof CheckSummary {
  switch (result.kind) {
    case "answered":
      if (result.froze) return "signIn";
      if (result.collected) return "collected";
      return ["failed", "not-understood", "refused"].includes(result.answer.outcome.kind) ? "failed" : "unchanged";
    case "not-now":
      return "later";
    case "frozen":
    case "no-secret":
      return "signIn";
    case "busy":
    case "cancelled":
    case "gone":
    case "not-recorded":
      return "notAsked";
  }
}
