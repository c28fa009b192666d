import type { Validity } from "./certificate";

/** ms of a day. */
export const MS_PER_DAY = 86_400_000;

/** A rule on how long a publicly trusted TLS certificate may be valid. */
export interface LifetimeCap {
  /** Epoch ms: applies to certificates issued on or after it. */
  readonly from: number;
  /** Days; the first cap is one of calendar months. */
  readonly max: { readonly days: number } | { readonly months: number };
}

/** CA/Browser Forum TLS Baseline Requirements section 6.3.2, with the ballots before it. Newest first. */
const CAPS: readonly LifetimeCap[] = [
  { from: Date.UTC(2029, 2, 15), max: { days: 47 } },
  { from: Date.UTC(2027, 2, 15), max: { days: 100 } },
  { from: Date.UTC(2026, 2, 15), max: { days: 200 } },
  { from: Date.UTC(2020, 8, 1), max: { days: 398 } },
  { from: Date.UTC(2018, 2, 1), max: { days: 825 } },
  { from: Date.UTC(2015, 3, 1), max: { months: 39 } },
];

/** The cap for a time of issue (epoch ms); `undefined` before the first cap. */
export function tlsLifetimeCap(issuedAt: number): LifetimeCap | undefined {
  return CAPS.find(({ from }) => issuedAt >= from);
}

/**
 * Last moment (epoch ms) that a cap allows as notAfter. Both ends of a validity count, so it is one second before the
 * full time.
 */
export function lastAllowed(notBefore: number, cap: LifetimeCap): number {
  if ("days" in cap.max) return notBefore + cap.max.days * MS_PER_DAY - 1000;
  const end = new Date(notBefore);
  end.setUTCMonth(end.getUTCMonth() + cap.max.months);
  return end.getTime() - 1000;
}

/**
 * Whether an issuer lasts as long as the certificate that it issued, so that paths through it do not end first. False
 * if unknown.
 */
export const lastsUntil = ({ notAfter }: Validity, end: number | undefined): boolean =>
  notAfter !== undefined && (end === undefined || notAfter >= end);

/** Days of a validity, both ends included. */
export function lifetimeDays(notBefore: number, notAfter: number): number {
  return (notAfter + 1000 - notBefore) / MS_PER_DAY;
}

/** How many ms before its expiry a certificate is reported; for short lifetimes, the last third. */
const SOON = 30 * MS_PER_DAY;

/** Whether a certificate that is valid now (epoch ms) expires soon. */
export function endsSoon({ notBefore, notAfter }: Validity, now: number): boolean {
  if (notBefore === undefined || notAfter === undefined) return false;
  const left = notAfter - now;
  return left >= 0 && now >= notBefore && left < Math.min(SOON, (notAfter - notBefore) / 3);
}
