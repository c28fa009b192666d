import type { Order, OrderId } from "../model/order";
import { DAY, SAME_END } from "../model/policy";

/** When a person is warned of what ends. */
export interface WarningPolicy {
  /** Days before the end, each warned of once. */
  readonly days: readonly number[];
  /** The same for certificates that live less than 100 days: percent of the life that is left. */
  readonly shares: readonly number[];
  /** Whether to warn of a certificate in whose place its hosts serve a later one already. */
  readonly warnsOfReplaced: boolean;
}

/** Certificates with a shorter life are warned of by shares of it: 30 of 47 days would be the greater part. ms */
const SHORT_LIFE = 100 * DAY;

/** An approaching expiry that the person was not yet warned of at this threshold. */
export interface Warning {
  readonly order: OrderId;
  /** The collected certificate, or the paid term: a certificate may expire before its term. */
  readonly of: "certificate" | "term";
  /** Epoch ms. */
  readonly end: number;
  /** The threshold that was passed, rounded up to days. */
  readonly days: number;
  /** Whether the paid term continues after the certificate: then a reissue needs no new order. */
  readonly isPaid: boolean;
}

/** The warnings that are due for an order. A person who was away is warned of the nearest threshold only. Pure. */
export function warningsDue(order: Order, policy: WarningPolicy, now: number): Warning[] {
  const collected = order.certificates[0];
  if (!collected || order.muted || order.archived) return [];
  const termEnd = order.detail?.detail.productTermEnd;
  const isPaid = termEnd !== undefined && termEnd > collected.notAfter + SAME_END;
  const isSilent = !policy.warnsOfReplaced && isReplacedOnHosts(order);
  const warnings = [
    isSilent
      ? undefined
      : warningOf(order, { of: "certificate", end: collected.notAfter, isPaid }, warningLeads(collected, policy), now),
    isPaid ? warningOf(order, { of: "term", end: termEnd, isPaid: false }, leadsOf(policy.days), now) : undefined,
  ];
  return warnings.filter((warning) => warning !== undefined);
}

/** How long before the end of a certificate a person is warned, the longest first. ms */
export function warningLeads(
  { notBefore, notAfter }: { readonly notBefore: number; readonly notAfter: number },
  { days, shares }: Pick<WarningPolicy, "days" | "shares">,
): readonly number[] {
  const life = notAfter - notBefore;
  return life < SHORT_LIFE ? sorted(shares.map((share) => (life * share) / 100)) : leadsOf(days);
}

/** Days as ms, the longest first. */
export function leadsOf(days: readonly number[]): readonly number[] {
  return sorted(days.map((each) => each * DAY));
}

const sorted = (leads: readonly number[]): readonly number[] => [...leads].sort((a, b) => b - a);

function warningOf(
  { id, warned }: Order,
  what: Pick<Warning, "of" | "end" | "isPaid">,
  leads: readonly number[],
  now: number,
): Warning | undefined {
  const { of, end } = what;
  if (now >= end) return undefined;
  const lead = leads.findLast((each) => end - now <= each);
  if (lead === undefined) return undefined;
  const days = Math.ceil(lead / DAY);
  const last = warned?.find((each) => each.of === of && each.end === end);
  return last && last.days <= days ? undefined : { order: id, ...what, days };
}

/** Whether all addresses that were asked serve a certificate that ends later than the newest of the order. */
function isReplacedOnHosts({ certificates: [collected], served = [] }: Order): boolean {
  const end = collected?.notAfter ?? Infinity;
  const addresses = served.flatMap((note) => (note.leaf === collected?.leaf ? note.addresses : []));
  const isLater = addresses.every(({ state, notAfter }) => state === "other" && (notAfter ?? 0) > end);
  return addresses.length > 0 && isLater;
}
