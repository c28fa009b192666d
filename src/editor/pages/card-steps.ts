import type { StatusStep } from "../../api/result";
import type { Localize } from "../../orders/localize";
import type { CardStep } from "../../webview/protocol";

/** The steps of an order's validation, as the page shows them. */
export function cardSteps(steps: readonly StatusStep[], localize: Localize): readonly CardStep[] {
  return steps.map(({ title, state, next }) => ({ title: localize(title), state, next: localize(next) }));
}
