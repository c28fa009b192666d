import type { Answer, Order, Outcome } from "./order";

/**
 * Codes of failed calls that are about the order or about our own program, not about the way to the CA: the order's
 * request broke a rule of the CA's page, or its answer could not be taken in.
 */
const OF_ORDER: ReadonlySet<string> = new Set(["request", "unexpected", "too-large", "damaged"]);

/** Whether a failed call says that the CA could not be reached, which is the same for all orders of a login. */
export function isOutage(code: string): boolean {
  return !OF_ORDER.has(code) && code !== "cancelled";
}

/**
 * The answer that counts for a person: what the CA last said, whatever calls have failed since for a reason that is not
 * the order's own.
 */
export function lastSaid({ answer, said }: Pick<Order, "answer" | "said">): Answer | undefined {
  return answer !== undefined && isOfOrder(answer.outcome) ? answer : (said ?? answer);
}

function isOfOrder(outcome: Outcome): boolean {
  return outcome.kind === "failed" && OF_ORDER.has(outcome.code);
}
