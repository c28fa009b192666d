import { plural } from "../../words/phrase";
import type { AgreementMail, OrderedDomain } from "../../api/services/service-result";
import type { Localize } from "../../words/localize";
import type { OrderStep } from "./order-step";

/** What a step is called. One that a service alone names has the CA's words, between quotation marks. */
export function stepTitle(step: OrderStep, localize: Localize): string {
  return step.isCas === true ? localize("“{0}”, in the CA's words", step.title) : localize(step.title);
}

/** What to do next about a step, one sentence; empty where there is nothing to do, or its title says all. */
export function stepNext(step: OrderStep, localize: Localize): string {
  if (step.state === "you") {
    const [first, ...more] = step.waiting ?? [];
    const ordered = first && orderedWords(first, more.length, localize);
    if (ordered !== undefined) return ordered;
    if (step.mail !== undefined) return agreementWords(step.mail, localize);
  }
  const [, said] = CA_SAYS.exec(step.next) ?? [];
  if (said !== undefined) return localize("The CA says “{0}”.", said);
  return step.next === "" ? "" : localize(step.next);
}

/** Where a status of the CA says nothing to us, the step repeats it. */
const CA_SAYS = /^The CA says “(.*)”\.$/s;

/** What to do about a domain, by the method that was ordered; `undefined` if that is not known. */
function orderedWords({ domain, method }: OrderedDomain, more: number, localize: Localize): string | undefined {
  switch (method) {
    case "cname":
      return more === 0
        ? localize("Put the CNAME record for {0}.", domain)
        : localize(
            "{0}",
            plural(
              more,
              "Put the CNAME record for {1}, and validate {0} more.",
              "Put the CNAME record for {1}, and validate {0} more.",
              domain,
            ),
          );
    case "http":
    case "https":
      return more === 0
        ? localize("Put the validation file on {0}.", domain)
        : localize(
            "{0}",
            plural(
              more,
              "Put the validation file on {1}, and validate {0} more.",
              "Put the validation file on {1}, and validate {0} more.",
              domain,
            ),
          );
    case "email":
      return more === 0
        ? localize("Answer the CA's e-mail for {0}.", domain)
        : localize(
            "{0}",
            plural(
              more,
              "Answer the CA's e-mail for {1}, and validate {0} more.",
              "Answer the CA's e-mail for {1}, and validate {0} more.",
              domain,
            ),
          );
    default:
      return undefined;
  }
}

/** When the agreement's mail was sent and opened are the CA's own words, days as a rule. */
function agreementWords({ lastSent, lastOpened }: AgreementMail, localize: Localize): string {
  if (lastOpened !== undefined && lastSent !== undefined) {
    return localize(
      "Accept the subscriber agreement by the link in the CA's e-mail (sent on {0}, opened on {1}).",
      lastSent,
      lastOpened,
    );
  }
  return lastSent === undefined
    ? localize("Accept the subscriber agreement by the link in the CA's e-mail.")
    : localize("Accept the subscriber agreement by the link in the CA's e-mail (sent on {0}, not opened).", lastSent);
}

/**
 * What to do about the first domain in as few words as a row has; `undefined` if the method is not known.
 * @param title of the row, which need not be said again
 */
export function briefMethod(
  { waiting: [first, ...others] = [] }: OrderStep,
  title: string,
  localize: Localize,
): string | undefined {
  if (first === undefined) return undefined;
  const { domain, method } = first;
  const more = others.length;
  const isTitle = domain.toLowerCase() === title.toLowerCase();
  switch (method) {
    case "cname":
      if (more > 0) return localize("{0}", plural(more, "Put CNAME record, {0} more", "Put CNAME record, {0} more"));
      return isTitle ? localize("Put the CNAME record") : localize("Put the CNAME record for {0}", domain);
    case "http":
    case "https":
      if (more > 0)
        return localize("{0}", plural(more, "Put validation file, {0} more", "Put validation file, {0} more"));
      return isTitle ? localize("Put the validation file") : localize("Put the validation file on {0}", domain);
    case "email":
      if (more > 0)
        return localize("{0}", plural(more, "Answer CA's e-mail, {0} more", "Answer CA's e-mail, {0} more"));
      return isTitle ? localize("Answer the CA's e-mail") : localize("Answer the CA's e-mail for {0}", domain);
    default:
      return undefined;
  }
}
