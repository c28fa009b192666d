import { ENGLISH, english } from "../../words/localize";
import { CHECK_WORDS } from "../../orders/presentation/check-words";
import type { Group } from "../../orders/presentation/state";
import { stepNext, stepTitle } from "../../orders/presentation/step-words";
import { currentSteps, firstOfYours } from "../../orders/presentation/steps";
import type { ValidationSubject } from "../../validation/subject";
import { recordsCard } from "../pages/records-card";
import type { OrderFacts } from "../view/tree-elements";
import { untrusted, untrustedList, isoTime, NO_SUCH_ORDER, ToolError } from "./agent-answer";
import { agentOrder, requestedOrder, type ToolCollector } from "./order-tools";
import { describedRecord, describedRecords } from "./described-records";

/** What the tools that explain orders need. */
export interface OrderSources {
  /** Absent if nothing was ever tracked. */
  readonly collector: ToolCollector | undefined;
  /** What is to be published for an order, once it is known which request it is for; asks nobody. */
  readonly records: (order: string) => Promise<ValidationSubject | undefined>;
}

/**
 * Says why an order waits, who must act, what to publish, and when it may be checked; asks nobody.
 * @param input `order`: an id from the listing tool
 * @throws ToolError, ArgumentError with what to do
 */
export async function explainOrder({ collector, records }: OrderSources, input: unknown): Promise<object> {
  const facts = neededOrder(collector, input);
  const { order, state, check } = facts;
  const steps = currentSteps(order);
  const yours = firstOfYours(steps);
  const next = yours === undefined ? "" : stepNext(yours, english);
  const subject = await records(order.id);
  const card = subject && recordsCard(subject, "order", ENGLISH, Date.now());
  return {
    order: agentOrder({ facts: () => facts }, order.id),
    mustAct: MUST_ACT[state.group],
    nextStep: untrusted(state.advice ?? (next === "" ? state.words : next)),
    checks: {
      ...(check.due === undefined
        ? { notAutomatically: CHECK_WORDS[check.reason] }
        : { nextBecause: CHECK_WORDS[check.reason] }),
      ...(check.free !== undefined && { possibleFrom: isoTime(check.free) }),
      ...(check.sooner !== undefined && { withThePersonsConsentFrom: isoTime(check.sooner) }),
    },
    steps: steps.map((step) => ({
      state: step.state,
      title: untrusted(stepTitle(step, english)),
      ...(stepNext(step, english) !== "" && { next: untrusted(stepNext(step, english)) }),
    })),
    ...(card !== undefined && {
      request: untrustedList(card.request.map(({ words }) => words)),
      domains: card.domains.map((each) => ({
        domain: untrusted(each.domain),
        state: untrusted(each.state.words),
        publish: each.records.filter(({ fields }) => fields.length > 0).map(describedRecord),
      })),
    }),
  };
}

const MUST_ACT: Readonly<Record<Group, "the person" | "the CA" | "nobody">> = {
  "needs-you": "the person",
  trouble: "the person",
  ready: "the person",
  waiting: "the CA",
  done: "nobody",
};

/**
 * Says what is to be published for an order, and what was seen of it when a person had it looked for; asks nobody.
 * @param input `order`: an id from the listing tool
 * @throws ToolError, ArgumentError with what to do
 */
export async function validationRecordsForAgent({ collector, records }: OrderSources, input: unknown): Promise<object> {
  const { order } = neededOrder(collector, input);
  const subject = await records(order.id);
  if (subject === undefined) {
    throw new ToolError("This order waits for no validation, or the CA has not named its domains yet.");
  }
  return { order: order.id, ...describedRecords(recordsCard(subject, "order", ENGLISH, Date.now())) };
}

function neededOrder(collector: ToolCollector | undefined, input: unknown): OrderFacts {
  const facts = requestedOrder(collector, input);
  if (facts === undefined) throw new ToolError(NO_SUCH_ORDER);
  return facts;
}
