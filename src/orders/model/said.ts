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

/** What the CA itself last said, whatever has failed since; `undefined` if it never answered. */
function caSaid({ answer, said }: Pick<Order, "answer" | "said">): Answer | undefined {
  return said ?? (answer?.outcome.kind === "failed" ? undefined : answer);
}

/**
 * Whether an answer says how an order stands. A page that nobody understands, a server that asks to come later, and a
 * refused sign-in or code say nothing of it.
 */
export function saysHowItStands(outcome: Outcome): boolean {
  if (outcome.kind !== "refused") return outcome.kind !== "failed" && outcome.kind !== "not-understood";
  return outcome.after === "final" || outcome.after === "slow" || outcome.after === "soon";
}

/** What the CA last said of how an order stands, whatever it answered since. */
export function lastStanding(order: Pick<Order, "answer" | "said" | "standing">): Answer | undefined {
  return order.standing ?? caSaid(order);
}

/** Whether nothing more comes of an order, by what the CA last said, until a person watches it again. */
export function isAtEnd(order: Pick<Order, "answer" | "said">): boolean {
  const outcome = caSaid(order)?.outcome;
  return outcome?.kind === "refused" && (outcome.after === "final" || outcome.after === "bug");
}

function isOfOrder(outcome: Outcome): boolean {
  return outcome.kind === "failed" && OF_ORDER.has(outcome.code);
}
