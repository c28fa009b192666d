import type { Locale } from "../localize";
import type { Order } from "../model/order";
import { nextAction, type NextAction } from "../model/next-action";
import { dateWords } from "./time-words";

/** What is to be done next for an order, and by when, for a row; `undefined` if no day asks for anything. */
export function nextActionBrief(order: Order, locale: Locale): string | undefined {
  const action = nextAction(order);
  if (action === undefined) return undefined;
  const { localize } = locale;
  const day = dateWords(action.by, locale);
  return action.act === "reissue" ? localize("Reissue by {0}", day) : localize("Renew by {0}", day);
}

/** The same with its reason, in sentences. */
export function nextActionWords(order: Order, locale: Locale): string | undefined {
  const action = nextAction(order);
  if (action === undefined) return undefined;
  const { localize } = locale;
  const words = reasonWords(action, dateWords(action.by, locale), locale);
  return action.validatesFirst ? `${words} ${localize("Before that, its domains must be validated again.")}` : words;
}

function reasonWords({ act, why }: NextAction, day: string, { localize }: Locale): string {
  switch (why) {
    case "certificate":
      return act === "reissue"
        ? localize("Reissue it by {0}: the certificate ends.", day)
        : localize("Order a new certificate by {0}: this one ends.", day);
    case "term":
      return localize("Order a new certificate by {0}: the paid term ends.", day);
    case "domains":
      return localize("Reissue it by {0}: later, its domains must be validated again.", day);
    case "identity":
      return localize("Reissue it by {0}: later, its organization must be validated again.", day);
    case "email":
      return localize("Reissue it by {0}: later, no domain can be validated by e-mail.", day);
    case "telephone":
      return localize("Reissue it by {0}: later, no domain can be validated by telephone.", day);
  }
}

/**
 * The heading of a month, "March 2027".
 * @param month as `arrange` has it: 2027-03
 * @param now epoch ms; a month that is over says that it is overdue
 */
export function monthWords(month: string, now: number, { localize, language }: Locale): string {
  const at = Date.parse(`${month}-01T00:00:00Z`);
  const format = new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" });
  const name = Number.isNaN(at) ? month : format.format(at);
  return month < new Date(now).toISOString().slice(0, month.length) ? localize("Overdue: {0}", name) : name;
}
