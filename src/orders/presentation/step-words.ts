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
  return step.next === "" ? "" : localize(step.next);
}

/** What to do about a domain, by the method that was ordered; `undefined` if that is not known. */
function orderedWords({ domain, method }: OrderedDomain, more: number, localize: Localize): string | undefined {
  switch (method) {
    case "cname":
      return more === 0
        ? localize("Put the CNAME record for {0}.", domain)
        : localize("Put the CNAME record for {0}, and validate {1} more.", domain, more);
    case "http":
    case "https":
      return more === 0
        ? localize("Put the validation file on {0}.", domain)
        : localize("Put the validation file on {0}, and validate {1} more.", domain, more);
    case "email":
      return more === 0
        ? localize("Answer the CA's e-mail for {0}.", domain)
        : localize("Answer the CA's e-mail for {0}, and validate {1} more.", domain, more);
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
      if (more > 0) return localize("Put CNAME record, {0} more", more);
      return isTitle ? localize("Put the CNAME record") : localize("Put the CNAME record for {0}", domain);
    case "http":
    case "https":
      if (more > 0) return localize("Put validation file, {0} more", more);
      return isTitle ? localize("Put the validation file") : localize("Put the validation file on {0}", domain);
    case "email":
      if (more > 0) return localize("Answer CA's e-mail, {0} more", more);
      return isTitle ? localize("Answer the CA's e-mail") : localize("Answer the CA's e-mail for {0}", domain);
    default:
      return undefined;
  }
}
