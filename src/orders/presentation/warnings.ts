import { lifeOf } from "../model/next-action";
import type { CollectedCertificate, Order, OrderId, Warned } from "../model/order";
import type { ServerPlace } from "../model/deployment";
import type { WarningThresholds } from "../model/warning-thresholds";
import { DAY, SAME_END } from "../model/policy";
import { servedNotes } from "./served-words";

/** Certificates that live shorter are warned of by shares of their life: 30 days before the end, 47 have begun. ms */
const SHORT_LIFE = 100 * DAY;

/** Nothing is warned of before half of its life is over, whatever the settings say. */
const LONGEST_SHARE = 1 / 2;

/** An approaching expiry that the person was not yet warned of at this threshold. */
export interface Warning {
  readonly order: OrderId;
  /** A certificate may expire before its paid term. */
  readonly of: Warned["of"];
  /** Epoch ms. */
  readonly end: number;
  /** The threshold that was passed, in days, rounded up. */
  readonly days: number;
  /** Whether the paid term continues after the certificate: then a reissue needs no new order. */
  readonly isPaid: boolean;
  /** A server that still served it although a newer one is here; present for those of `served`. */
  readonly servedBy?: ServerPlace;
}

/** The warnings that are due for an order. A person who was away is warned of the nearest threshold only. Pure. */
export function warningsDue(order: Order, thresholds: WarningThresholds, now: number): Warning[] {
  const collected = order.certificates[0];
  if (!collected || order.muted || order.archived) return [];
  const termEnd = order.detail?.detail.productTermEnd;
  const isPaid = termEnd !== undefined && termEnd > collected.notAfter + SAME_END;
  const warnings = [
    warningOf(order, { of: "certificate", end: collected.notAfter, isPaid }, leadsOf(collected, thresholds), now),
  ];
  const older = stillServed(order, now);
  if (older !== undefined) {
    const { certificate, place } = older;
    const what = { of: "served", end: certificate.notAfter, isPaid: false, servedBy: place } as const;
    warnings.push(warningOf(order, what, leadsOf(certificate, thresholds), now));
  }
  if (isPaid)
    warnings.push(warningOf(order, { of: "term", end: termEnd, isPaid: false }, daysAsLeads(thresholds.days), now));
  return warnings.flatMap((warning) => warning ?? []);
}

/** How long before the end of a certificate a person is warned, the longest first. ms */
export function leadsOf(
  certificate: Pick<CollectedCertificate, "notBefore" | "notAfter">,
  { days, shares }: WarningThresholds,
): readonly number[] {
  const life = lifeOf(certificate);
  const leads = life < SHORT_LIFE ? shares.map((share) => (life * share) / 100) : daysAsLeads(days);
  return leads.map((lead) => Math.min(lead, life * LONGEST_SHARE)).sort((a, b) => b - a);
}

/** @returns ms, the longest first */
export function daysAsLeads(days: readonly number[]): readonly number[] {
  return days.map((each) => each * DAY).sort((a, b) => b - a);
}

function warningOf(
  { id, warned }: Order,
  what: Omit<Warning, "order" | "days">,
  leads: readonly number[],
  now: number,
): Warning | undefined {
  const left = what.end - now;
  const lead = left > 0 ? leads.findLast((each) => left <= each) : undefined;
  if (lead === undefined) return undefined;
  const days = Math.ceil(lead / DAY);
  const last = warned?.find(({ of, end }) => of === what.of && end === what.end);
  return last && last.days <= days ? undefined : { order: id, ...what, days };
}

/**
 * The older certificate that a server presented instead of the newest, the one that ends first. Where every address
 * presented the newest, and where no server is known, an older one concerns nobody.
 */
function stillServed(
  order: Order,
  now: number,
): { readonly certificate: CollectedCertificate; readonly place: ServerPlace } | undefined {
  const [, ...older] = order.certificates;
  const found = servedNotes(order).flatMap(({ place, addresses }) => {
    const others = addresses.filter(({ state }) => state === "other");
    return older
      .filter((each) => each.notAfter > now && others.some((other) => other.leaf === each.leaf))
      .map((certificate) => ({ certificate, place }));
  });
  return found.sort((a, b) => a.certificate.notAfter - b.certificate.notAfter)[0];
}
