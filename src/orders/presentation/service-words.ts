import { messageSaid, refusalSaid } from "../model/said-message";
import type { ServiceName } from "../../api/services/service";
import type { JournalLine } from "../journal/events";
import { inRow, type Localize } from "../../words/localize";
import type { ServiceOutcome } from "../model/service-outcome";
import { saidSteps } from "./said-steps";

/** What an order's history says of the CA's services, a sentence without a full stop. */
type ServiceLine = Extract<
  JournalLine,
  { readonly type: "reported" | "validation" | "service-asked" | "service-answered" }
>;

/** A line about the CA's services, in words. */
export function serviceLineWords(line: ServiceLine, localize: Localize): string {
  switch (line.type) {
    case "reported": {
      const { row } = line;
      if (row === undefined) return localize("The CA's report no longer lists it");
      return row.status === undefined || row.status === ""
        ? localize("The CA's report lists it")
        : localize("The CA's report says: {0}", row.status);
    }
    case "validation":
      return localize("The CA's services said what it waits for");
    case "service-asked":
      return askedWords(line.service, localize);
    case "service-answered":
      return answeredWords(line.service, line.outcome, localize);
  }
}

function askedWords(service: ServiceName, localize: Localize): string {
  switch (service) {
    case "ResendDCVEmail":
      return localize("You asked the CA to send the validation mail again");
    case "RetryCAACheck":
      return localize("You asked the CA for another CAA check");
    default:
      return localize("You asked the CA what it waits for ({0})", service);
  }
}

function answeredWords(service: ServiceName, outcome: ServiceOutcome, localize: Localize): string {
  switch (outcome.kind) {
    case "answered":
      return service === "ResendDCVEmail" || service === "RetryCAACheck"
        ? localize("The CA agreed")
        : localize("{0} answered", service);
    case "refused":
      return localize("The CA refused: {0} ({1})", refusalSaid(outcome.message), outcome.code);
    case "not-understood":
      return localize("The answer was not understood: {0}", messageSaid(outcome));
    case "failed":
      return localize("No answer: {0}", messageSaid(outcome));
  }
}

/** What the services said, a fact each: open steps, and domains, in the CA's words. */
export function validationFacts(
  { steps, domains, caaErrors }: Extract<JournalLine, { readonly type: "validation" }>,
  localize: Localize,
): string[] {
  return [
    ...saidSteps(steps).open.map(({ title, status }) => localize("{0}: {1}", title, status)),
    ...domains.map(({ domain, methodWord, status }) => {
      const facts = [methodWord, status].flatMap((each) => (each === undefined || each === "" ? [] : each));
      if (domain === "") return inRow(facts, localize);
      return facts.length === 0 ? localize("{0}", domain) : localize("{0}: {1}", domain, inRow(facts, localize));
    }),
    ...caaErrors.map((error) => localize("CAA check: {0}", error)),
  ].slice(0, MAX_FACTS);
}

/** An order may have thousands of domains; the page has them all. */
const MAX_FACTS = 50;
