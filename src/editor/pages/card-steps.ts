import type { StatusDetail } from "../../api/result";
import type { Localize } from "../../orders/localize";
import type { Order } from "../../orders/model/order";
import type { OrderState } from "../../orders/presentation/state";
import type { CardStep } from "../../webview/protocol";

/**
 * The steps of an order's validation.
 * @param isOver whether nobody works on them any more: then those that were open are left out
 */
export function cardSteps(
  steps: NonNullable<StatusDetail["steps"]>,
  isOver: boolean,
  localize: Localize,
): readonly CardStep[] {
  const kept = isOver ? steps.filter(({ state }) => state !== "you" && state !== "ca") : steps;
  return kept.map(({ title, state, next }) => ({ title: localize(title), state, next: localize(next) }));
}

/** Whether the CA refused or issued what was ordered, and no other certificate is awaited. */
export function isOver(
  { certificates }: Pick<Order, "certificates">,
  { status, group }: Pick<OrderState, "status" | "group">,
): boolean {
  if (status === "refused" || status === "not-issued") return true;
  return certificates.length > 0 && group !== "waiting" && group !== "needs-you";
}
