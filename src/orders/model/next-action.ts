import type { CollectedCertificate, Order } from "./order";
import { ACTION_LEAD, ACTION_SHARE, DAY, REISSUE_LEAD, REISSUE_SHARE, SAME_END } from "./policy";
import { validationDates, type ValidationDate } from "./reuse-dates";

/**
 * A day that matters to an order. `certificate` and `term`: when the newest certificate, and what was paid for, end.
 * `reissue`: from when another certificate is due. The others: {@link ValidationDate}. `at` is epoch ms.
 */
export type OrderDeadline = { readonly what: "certificate" | "reissue" | "term"; readonly at: number } | ValidationDate;

/** What is to be done about an order next, and until when. */
export interface NextAction {
  /**
   * `reissue`: get another certificate of this order, since its paid term goes on. `renew`: place a new order.
   * `replace`: one of these, since the paid term is not known. `validate`: finish the validation of its domains.
   */
  readonly what: "reissue" | "renew" | "replace" | "validate";
  /** The last day to do it: its start in UTC, epoch ms. */
  readonly by: number;
  /** Which day is the reason. */
  readonly why: Exclude<OrderDeadline["what"], "reissue">;
  /** That day, epoch ms. */
  readonly at: number;
  /** Whether what is validated by then cannot be used again: its domains or organization come first. */
  readonly validatesFirst?: true;
}

/** How long a certificate lives, with its last second (RFC 5280 section 4.1.2.5). ms */
export function lifeOf({ notBefore, notAfter }: Pick<CollectedCertificate, "notBefore" | "notAfter">): number {
  return notAfter - notBefore + 1_000;
}

/**
 * From when an order with a collected certificate goes back to waiting automatically: near the certificate's expiry,
 * if the paid term continues. `undefined` if it does not, or the CA did not give a term.
 */
export function reissueFrom(order: Order): number | undefined {
  const collected = order.certificates[0];
  const termEnd = order.detail?.detail.productTermEnd;
  return collected && termEnd !== undefined && termEnd >= collected.notAfter + SAME_END
    ? windowFrom(collected)
    : undefined;
}

/** From when the successor of a certificate is due, whether of this order or of another. Epoch ms. */
function windowFrom(collected: CollectedCertificate): number {
  return collected.notAfter - Math.min(REISSUE_LEAD, (collected.notAfter - collected.notBefore) * REISSUE_SHARE);
}

/**
 * The days that matter to an order, the first one first; of validations, those that are not over.
 * @param now epoch ms
 */
export function deadlinesOf(order: Order, now: number): readonly OrderDeadline[] {
  const collected = order.certificates[0];
  const termEnd = order.detail?.detail.productTermEnd;
  const from = reissueFrom(order);
  const deadlines: OrderDeadline[] = [...validationDates(order, now)];
  if (collected) deadlines.push({ what: "certificate", at: collected.notAfter });
  if (from !== undefined) deadlines.push({ what: "reissue", at: from });
  if (termEnd !== undefined && (!collected || Math.abs(termEnd - collected.notAfter) > SAME_END))
    deadlines.push({ what: "term", at: termEnd });
  return deadlines.sort((a, b) => a.at - b.at);
}

/**
 * What is to be done about an order next. No check changes it unless it brings another certificate, and a day that
 * passes only where validations end. Known for an order until its day or the order is another.
 * @param now epoch ms
 * @returns `undefined` where no day is known, as before the first certificate
 */
export function nextAction(order: Order, now: number): NextAction | undefined {
  const today = dayOf(now);
  const known = KNOWN.get(order);
  if (known?.today === today) return known.action;
  const action = actionOn(order, today);
  KNOWN.set(order, { today, action });
  return action;
}

/** By order, since a view of thousands sorts by it: every change makes another object. */
const KNOWN = new WeakMap<Order, { readonly today: number; readonly action: NextAction | undefined }>();

function actionOn(order: Order, today: number): NextAction | undefined {
  const collected = order.certificates[0];
  if (collected === undefined) return endingMethod(order, today);
  const end = collected.notAfter;
  const termEnd = order.detail?.detail.productTermEnd;
  const what = termEnd === undefined ? "replace" : termEnd >= end + SAME_END ? "reissue" : "renew";
  const by = dayOf(end - Math.min(ACTION_LEAD, lifeOf(collected) * ACTION_SHARE));
  const why = what === "renew" && Math.abs((termEnd ?? 0) - end) <= SAME_END ? "term" : "certificate";
  const before = validationDates(order, -Infinity).filter((date) => date.at < by && !isMethod(date.what));
  // Nobody replaces a certificate early only to spare a validation, but once its successor is due, that day counts.
  const open = before.filter(({ at }) => at >= Math.max(dayOf(windowFrom(collected)), today));
  const first = open.sort((a, b) => a.at - b.at)[0];
  if (first === undefined)
    return { what, by, why, at: end, ...(before.length > 0 && { validatesFirst: true as const }) };
  return {
    ...{ what, by: first.at, why: reasonOf(order, first), at: first.at },
    ...(open.length < before.length && { validatesFirst: true as const }),
  };
}

/** The method that ends, where that is why validations of domains do. */
function reasonOf(order: Order, { what, at }: ValidationDate): ValidationDate["what"] {
  if (what !== "domains") return what;
  return validationDates(order, -Infinity).find((date) => date.at === at && isMethod(date.what))?.what ?? what;
}

/** An order that was not issued has one day that is known: the last one of the method by which it is validated. */
function endingMethod(order: Order, today: number): NextAction | undefined {
  const [first] = validationDates(order, today)
    .filter(({ what }) => isMethod(what))
    .sort((a, b) => a.at - b.at);
  return first && { what: "validate", by: first.at, why: first.what, at: first.at };
}

const isMethod = (what: ValidationDate["what"]): boolean => what === "email" || what === "telephone";

/** The start of a day in UTC. */
const dayOf = (at: number): number => Math.floor(at / DAY) * DAY;

/** Whether the day of an action is over. @param now epoch ms */
export function isOverdue({ by }: NextAction, now: number): boolean {
  return by < dayOf(now);
}
