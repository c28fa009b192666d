import type { StatusStep } from "../../api/result";
import { caWord } from "../model/ca-words";
import type { Order } from "../model/order";
import { lastStanding } from "../model/said";

/** Steps of a validation without those that wait for somebody. */
export function withoutOpen(steps: readonly StatusStep[]): readonly StatusStep[] {
  return steps.filter(({ state }) => state !== "you" && state !== "ca");
}

/** The steps of an order's validation; once nobody works on them any more, without those that were open. */
export function currentSteps(order: Order): readonly StatusStep[] {
  const steps = order.detail?.detail.steps ?? [];
  return isOver(order) ? withoutOpen(steps) : steps;
}

/**
 * Whether the CA ended or issued what was ordered, and nothing else is in work. An order that it could not sign goes on
 * once the cause is mended.
 */
function isOver(order: Order): boolean {
  const outcome = lastStanding(order)?.outcome;
  if (outcome?.kind === "refused" && outcome.after === "final") return true;
  const word = caWord(order.detail?.detail)?.word;
  if (word === "rejected" || word === "failed") return true;
  // What the CA says of a certificate that is here does not end the next one.
  if (order.certificates.length > 0) return outcome?.kind !== "pending";
  return word === "revoked" || word === "replaced";
}
