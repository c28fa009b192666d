import type { AskResult } from "./ask";
import type { CaName, OrderId } from "../model/order";

/** The result of checking several orders for a person. */
export interface CheckSummary {
  /** Answered, with nothing new. */
  readonly unchanged: readonly OrderId[];
  readonly collected: readonly OrderId[];
  /** Called, but the CA did not answer or refused. */
  readonly failed: readonly OrderId[];
  /** Checked too recently; they will be checked automatically. */
  readonly later: readonly OrderId[];
  /** Not checked: the login is frozen, or this window does not have the secret. */
  readonly signIn: readonly OrderId[];
  /** Not checked for another reason: cancelled, busy, forgotten in the meantime, not recorded. */
  readonly notAsked: readonly OrderId[];
}

/**
 * Checks several orders for a person, one after another for each CA, through the queue that all windows share.
 * @param check checks one: `Poller.check`
 * @param progress called after each, with how many are done
 * @param signal stops after the current one
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
