import type { OrderStep } from "../../orders/presentation/order-step";
import { stepNext, stepTitle } from "../../orders/presentation/step-words";
import type { Localize } from "../../words/localize";
import type { CardStep } from "../../webview/protocol";

/** The steps of an order's validation, as the page shows them. */
export function cardSteps(steps: readonly OrderStep[], localize: Localize): readonly CardStep[] {
  return steps.map((step) => ({
    title: stepTitle(step, localize),
    state: step.state,
    next: stepNext(step, localize),
  }));
}
