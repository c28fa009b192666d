import type { Order, OrderId } from "../model/order";
import { DAY, REISSUE_LEAD, REISSUE_SHARE, SAME_END } from "../model/policy";

/** Days before expiry at which a person is warned once. The first is earlier for long-lived certificates. */
const WARNING_DAYS = [30, 14, 7, 1] as const;

/** An approaching expiry that the person was not yet warned of at this threshold. */
export interface Warning {
  readonly order: OrderId;
  /** The collected certificate, or the paid term: a certificate may expire before its term. */
  readonly of: "certificate" | "term";
  /** Epoch ms. */
  readonly end: number;
  /** The threshold that was passed. */
  readonly days: (typeof WARNING_DAYS)[number];
  /** Whether the paid term continues after the certificate: then a reissue needs no new order. */
  readonly isPaid: boolean;
}

/** The warnings that are due for an order. A person who was away is warned of the nearest threshold only. Pure. */
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
