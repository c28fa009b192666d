import assert from "node:assert/strict";
import type { CaStep } from "../../../src/api/services/service-result";
import { saidSteps } from "../../../src/orders/presentation/said-steps";

/** Steps in, and what is left of them: `title: status` each. */
const CASES: readonly (readonly [string, readonly CaStep[], open: readonly string[], over: readonly string[]])[] = [
  [
    "sorts those that are over from the others",
    [
      { id: "csrStatus", title: "CSR", status: "Completed", state: "done" },
      { id: "maStatus", title: "MA", status: "NotApplicable", state: "not-needed" },
      { id: "dcvStatus", title: "DCV", status: "ActionRequired", state: "you" },
      { id: "callbackStatus", title: "Call", status: "InProgress", state: "ca" },
      { id: "odd", title: "Odd", status: "Marinating" },
    ],
    ["DCV: ActionRequired", "Call: InProgress", "Odd: Marinating"],
    ["CSR: Completed", "MA: NotApplicable"],
  ],
  [
    "takes for one what two services name alike, with the words of both",
    [
      { id: "agreementStatus", title: "Subscriber Agreement", status: "ActionRequired", state: "you" },
      { id: "organizationStatus", title: "Organization Validation", status: "NotApplicable", state: "not-needed" },
      { id: "evClickThroughStatus", title: "Click-through", status: "Not completed", state: "you" },
      { id: "organizationValidationStatus", title: "Organization", status: "Not applicable", state: "not-needed" },
    ],
    ["Subscriber Agreement: ActionRequired · Not completed"],
    ["Organization Validation: NotApplicable"],
  ],
  [
    "does not call over what one of them calls open",
    [
      { id: "caaCheckStatus", title: "CAA Check", status: "NotApplicable", state: "not-needed" },
      { id: "caaStatus", title: "CAA check", status: "Not Authorized", state: "you" },
    ],
    ["CAA check: Not Authorized"],
    [],
  ],
  [
    "keeps apart what nobody knows",
    [
      { id: "one", title: "One", status: "Odd" },
      { id: "two", title: "Two", status: "Odd" },
    ],
    ["One: Odd", "Two: Odd"],
    [],
  ],
];

describe("the steps that the CA's services name", () => {
  const worded = (steps: readonly CaStep[]) => steps.map(({ title, status }) => `${title}: ${status}`);
  for (const [what, steps, open, over] of CASES) {
    it(what, () => {
      const said = saidSteps(steps);
      assert.deepEqual([worded(said.open), worded(said.over)], [open, over]);
    });
  }
});
