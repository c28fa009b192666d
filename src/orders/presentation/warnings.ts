import type { Order, OrderId } from "../model/order";
import { DAY, REISSUE_LEAD, REISSUE_SHARE, SAME_END } from "../model/policy";

/** Days before an end at which a person is told once. The first is earlier for certificates that live long. */
export const WARNING_DAYS = [30, 14, 7, 1] as const;

/** An end that is near and of which the person was not told at this threshold. */
export interface Warning {
  readonly order: OrderId;
  /** The certificate held, or the term that was paid: a certificate may live shorter than its term. */
  readonly of: "certificate" | "term";
  /** Epoch ms. */
  readonly end: number;
  /** The threshold that was passed. */
  readonly days: (typeof WARNING_DAYS)[number];
  /** Whether the paid term goes on after the certificate: a reissue without a new order does. */
  readonly isPaid: boolean;
}

/** The warnings that are due for an order. A person who was away is told of the nearest threshold only. Pure. */
export function warningsDue(order: Order, now: number): Warning[] {
  const collected = order.certificates[0];
  if (!collected || order.muted || order.archived) return [];
  const termEnd = order.detail?.detail.productTermEnd;
  const isPaid = termEnd !== undefined && termEnd > collected.notAfter + SAME_END;
  const lead = Math.min(REISSUE_LEAD, (collected.notAfter - collected.notBefore) * REISSUE_SHARE);
  const warnings = [warningOf(order, "certificate", collected.notAfter, lead, isPaid, now)];
  if (isPaid) warnings.push(warningOf(order, "term", termEnd, REISSUE_LEAD, false, now));
  return warnings.flatMap((warning) => warning ?? []);
}

function warningOf(
  order: Order,
  of: Warning["of"],
  end: number,
  lead: number,
  isPaid: boolean,
  now: number,
): Warning | undefined {
  if (now >= end) return undefined;
  const days = WARNING_DAYS.findLast((each) => end - now <= Math.min(each * DAY, lead));
  const last = order.warned?.find((each) => each.of === of && each.end === end);
  if (days === undefined || (last && last.days <= days)) return undefined;
  return { order: order.id, of, end, days, isPaid };
}
