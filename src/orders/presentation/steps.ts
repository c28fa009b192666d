import type { StatusStep } from "../../api/result";
import { caWord } from "../model/ca-words";
import type { Order } from "../model/order";
import { lastStanding } from "../model/said";
import type { OrderStep } from "./order-step";
import { knownFirst, refinedSteps } from "./refined-steps";

/** Steps of a validation without those that wait for somebody. */
export function withoutOpen<S extends StatusStep>(steps: readonly S[]): readonly S[] {
  return steps.filter(({ state }) => state !== "you" && state !== "ca");
}

/** The steps of an order's validation; once nobody works on them any more, without those that were open. */
export function currentSteps(order: Order): readonly OrderStep[] {
  const steps = stepsSaid(order);
  return isOver(order) ? withoutOpen(steps) : steps;
}

/** The first step that a person has to do, or that was rejected; one of a domain stands for all domains that wait. */
export function firstOfYours(steps: readonly OrderStep[]): OrderStep | undefined {
  const isYours = ({ state }: OrderStep): boolean => state === "you" || state === "rejected";
  const first = steps.find(isYours);
  if (first?.state !== "you" || !isOfDomain(first)) return first;
  const left = steps.filter((step) => step.state === "you" && isOfDomain(step));
  if (left.every(({ waiting }) => waiting === undefined)) return first;
  const waiting = left.flatMap((step) => step.waiting ?? { domain: step.title });
  return { ...first, waiting: knownFirst(waiting) };
}

const isOfDomain = ({ id }: OrderStep): boolean => id.startsWith("domain:");

/** The steps of an order's validation, whether or not it is over, as the collect endpoint and the services say. */
export function stepsSaid(order: Order): readonly OrderStep[] {
  const said = order.detail?.detail.steps ?? [];
  return order.validation === undefined ? said : refinedSteps(order, order.validation, said);
}

/**
 * Whether the CA ended or issued what was ordered, and nothing else is in work. An order that it could not sign goes on
 * once the cause is mended.
 */
export function isOver(order: Order): boolean {
  const outcome = lastStanding(order)?.outcome;
  if (outcome?.kind === "refused" && outcome.after === "final") return true;
  const word = caWord(order.detail?.detail)?.word;
  if (word === "rejected" || word === "failed") return true;
  // What the CA says of a certificate that is here does not end the next one.
  if (order.certificates.length > 0) return outcome?.kind !== "pending";
  return word === "revoked" || word === "replaced";
}
