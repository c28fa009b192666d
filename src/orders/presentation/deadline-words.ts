import { sentences } from "../../words/phrase";
import { perLanguage, type Locale } from "../../words/localize";
import { isOverdue, nextAction, type OrderDeadline, type NextAction } from "../model/next-action";
import type { Order } from "../model/order";
import { dateWords } from "./time-words";
import { validationDateWords, type ValidationDateWords } from "./validation-date-words";

/** What is to be done next, until when and why, in whole sentences. @param now epoch ms */
export function nextActionWords(order: Order, now: number, locale: Locale): string | undefined {
  const action = nextAction(order, now);
  if (action === undefined) return undefined;
  const { localize } = locale;
  const said = [
    ...(isOverdue(action, now) ? [localize("Overdue.")] : []),
    localize("{0}.", doWords(action, locale)),
    reasonWords(action, locale),
    ...(action.validatesFirst ? [localize("What it rests on must be validated again first.")] : []),
  ];
  return localize("{0}", sentences(...said));
}

/** The same for a row: the day, and the reason in a few words. */
export function nextActionBrief(order: Order, now: number, locale: Locale): readonly string[] {
  const action = nextAction(order, now);
  return action === undefined ? [] : [doWords(action, locale), briefReason(action, locale)];
}

function doWords({ what, by }: NextAction, locale: Locale): string {
  const { localize } = locale;
  const day = dateWords(by, locale);
  switch (what) {
    case "reissue":
      return localize("Reissue by {0}", day);
    case "renew":
      return localize("Renew by {0}", day);
    case "replace":
      return localize("Replace by {0}", day);
    case "validate":
      return localize("Validate by {0}", day);
  }
}

function reasonWords({ why, at }: NextAction, locale: Locale): string {
  const { localize } = locale;
  const day = dateWords(at, locale);
  switch (why) {
    case "certificate":
      return localize("The certificate ends on {0}.", day);
    case "term":
      return localize("The certificate and its paid term end on {0}.", day);
    case "domains":
      return localize("After {0}, its domains must be validated again.", day);
    case "identity":
      return localize("After {0}, its organization must be validated again.", day);
    case "email":
      return localize("After {0}, no domain can be validated by e-mail.", day);
    case "telephone":
      return localize("After {0}, no domain can be validated by telephone.", day);
  }
}

function briefReason({ why, at }: NextAction, locale: Locale): string {
  const { localize } = locale;
  switch (why) {
    case "certificate":
      return localize("Ends {0}", dateWords(at, locale));
    case "term":
      return localize("Term ends {0}", dateWords(at, locale));
    case "domains":
      return localize("Domain validation ends");
    case "identity":
      return localize("Organization validation ends");
    case "email":
      return localize("Validation by e-mail ends");
    case "telephone":
      return localize("Validation by telephone ends");
  }
}

/** A day that matters to an order, and what it is. */
export function deadlineWords(deadline: OrderDeadline, locale: Locale): ValidationDateWords {
  const { localize } = locale;
  const day = dateWords(deadline.at, locale);
  switch (deadline.what) {
    case "certificate":
      return { label: localize("Certificate"), text: localize("ends on {0}", day) };
    case "reissue":
      return {
        label: localize("Reissue"),
        text: localize("from {0}: the certificate is near its end, and the paid term goes on", day),
      };
    case "term":
      return { label: localize("Paid term"), text: localize("ends on {0}", day) };
    default:
      return validationDateWords(deadline, locale);
  }
}

/** The heading of rows whose next action is in a month, as "2027-03". @param now epoch ms */
export function monthWords(key: string, now: number, { localize, language }: Locale): string {
  const words = months(language).format(Date.parse(`${key}-01`));
  return new Date(now).toISOString().startsWith(key) ? localize("This month: {0}", words) : words;
}

const months = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }),
);
