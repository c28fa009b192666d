import type { ReportRow, ServiceResult } from "../../api/services/service-result";
import type { Phrase } from "../../words/phrase";
import { messageSaid, refusalSaid } from "../model/said-message";
import { howManyFit } from "../../api/services/service-values";
import type { OrderEvent } from "../journal/events";
import { isAhead } from "./backoff";
import type { Login, Order } from "../model/order";
import { DAY, type Policy } from "../model/policy";
import type { ReportedRow } from "../model/reported";
import { isAtEnd } from "../model/said";

// Reports tell which of thousands of orders changed, so that only those are asked about. What the collect endpoints
// answer stays the record: a row decides when an order is asked, and never what it is.

/**
 * Until when the reports of a login speak for an order: the next round must be complete by then. Epoch ms; `undefined`
 * if they do not list it, say something else than what is here, or are switched off.
 */
export function reportedUntil(order: Order, login: Login, policy: Policy, now: number): number | undefined {
  const { report } = login;
  if (report?.on !== true || report.completedAt === undefined || isAhead(report.completedAt, policy, now))
    return undefined;
  const { row } = order.reported ?? {};
  if (row === undefined || !isReportable(order, now) || isAtOdds(order, row)) return undefined;
  return report.completedAt + policy.report + policy.reportGrace;
}

/** Since when a report says something new about an order that has not been asked about since. Epoch ms. */
export function newsSince(order: Order): number | undefined {
  const { newsAt } = order.reported ?? {};
  return newsAt !== undefined && newsAt > (order.asked?.at ?? -Infinity) ? newsAt : undefined;
}

/**
 * Whether reports ask for an order: they take order numbers, and an order that ended long ago is not worth its digits.
 */
export function isReportable(order: Order, now: number): boolean {
  const { reference, account, archived, paused, watchedAt, certificates, answer } = order;
  if (reference.kind !== "orderNumber" || !DIGITS.test(reference.value)) return false;
  if (account === undefined || archived === true || paused) return false;
  const end = Math.max(certificates[0]?.notAfter ?? (isAtEnd(order) ? (answer?.at ?? now) : now), watchedAt ?? 0);
  return now - end < WORTH_A_LOOK;
}

/** What the argument takes: another number would spoil the call for all. */
const DIGITS = /^\d{1,20}$/;

/** ms after its end for which an order is looked for in reports. */
const WORTH_A_LOOK = 30 * DAY;

/** When the next call of the reports about a login's orders is due. Epoch ms; `undefined` if none is. */
export function reportDue(login: Login, policy: Policy, now: number): number | undefined {
  const { proved, frozen, report, services } = login;
  if (report?.on !== true || !proved || frozen || reportObjection(login, policy, now) !== undefined) return undefined;
  const last = services?.WebHostReport;
  const since = sinceOf(login, policy, now);
  const isFailed = last !== undefined && last.outcome.kind !== "answered" && last.at >= since;
  if (isFailed && isAhead(last.at, policy, now)) return since;
  // A server that nobody understands is asked again with the next round; the orders are checked as usual meanwhile.
  if (isFailed) return last.at + (last.outcome.kind === "failed" ? policy.retry : policy.report);
  const { completedAt, round } = report;
  if (round !== undefined && !isAhead(round.began, policy, now)) return round.began;
  if (completedAt === undefined || isAhead(completedAt, policy, now)) return since;
  return completedAt + policy.report;
}

/**
 * Why reports about a login's orders rest until a person tries one, enters another password, or switches them on again:
 * what the CA, or a server without that service, said to the last one. `undefined` if they do not rest.
 */
export function reportObjection(login: Login, policy: Policy, now: number): Phrase | string | undefined {
  const last = login.services?.WebHostReport;
  if (login.report?.on !== true || last === undefined || last.at < sinceOf(login, policy, now)) return undefined;
  const { outcome } = last;
  const rests =
    (outcome.kind === "refused" && RESTS.has(outcome.after)) ||
    (outcome.kind === "not-understood" && outcome.code === UNKNOWN_SERVICE);
  if (!rests) return undefined;
  return outcome.kind === "refused" ? refusalSaid(outcome.message) : messageSaid(outcome);
}

/** Since when they are on with these credentials. A time that a wrong clock wrote is not waited for. Epoch ms. */
function sinceOf({ report, thawedAt }: Login, policy: Policy, now: number): number {
  return Math.max(...[report?.since ?? 0, thawedAt ?? 0].map((at) => (isAhead(at, policy, now) ? 0 : at)));
}

/** Refusals after which a service rests until a person tries it again. */
const RESTS: ReadonlySet<string> = new Set(["sign-in", "not-enabled", "bug"]);
export const UNKNOWN_SERVICE = "unknown-service" satisfies ServiceResult["kind"];

/** One call of a round of reports. */
export interface ReportBatch {
  /** Joined by commas, they are the value of the argument. */
  readonly numbers: readonly string[];
  /** When the round began. Epoch ms. */
  readonly began: number;
  /** Absent for the last call of the round. */
  readonly through?: string;
}

/**
 * The next call of a round: a round that is not complete goes on, unless the next one is due.
 * @param numbers the order numbers of all reportable orders of the login, in any order
 * @returns `undefined` if there are none
 */
export function nextBatch(
  numbers: readonly string[],
  { report }: Login,
  policy: Policy,
  now: number,
): ReportBatch | undefined {
  const round = report?.round;
  const isGoingOn = round !== undefined && !isAhead(round.began, policy, now) && now - round.began < policy.report;
  const began = isGoingOn ? round.began : now;
  const after = isGoingOn ? round.through : "";
  // Numbers are compared as texts: all that matters is that the order is always the same.
  const left = [...new Set(numbers)].filter((number) => number > after).sort();
  const taken = howManyFit(left);
  const batch = left.slice(0, taken);
  const last = batch.at(-1);
  if (last === undefined) return undefined;
  return { numbers: batch, began, ...(taken < left.length && { through: last }) };
}

/** What is kept of a row. */
export function reportedRowOf({
  status,
  type,
  domains,
  certificateID,
  serialNumber,
  notAfter,
}: ReportRow): ReportedRow {
  return {
    ...(status !== undefined && { status }),
    ...(type !== undefined && { type }),
    ...(domains.length > 0 && { domains }),
    ...(certificateID !== undefined && { certificateID }),
    ...(serialNumber !== undefined && { serialNumber }),
    ...(notAfter !== undefined && { notAfter }),
  };
}

/**
 * What to journal of a report about orders: rows that differ from the last ones, and whether they are worth a call.
 * @param rows by order number
 */
export function reportEvents(orders: Iterable<Order>, rows: ReadonlyMap<string, ReportedRow>): OrderEvent[] {
  const events: OrderEvent[] = [];
  for (const order of orders) {
    const row = order.reference.kind === "orderNumber" ? rows.get(order.reference.value) : undefined;
    const before = order.reported?.row;
    if (row === undefined) {
      if (before !== undefined) events.push({ type: "reported", id: order.id });
      continue;
    }
    const isNews = before === undefined ? isAtOdds(order, row) : hasChanged(before, row);
    if (isNews || before === undefined || !isSame(before, row)) {
      events.push({ type: "reported", id: order.id, row, ...(isNews && { news: true }) });
    }
  }
  return events;
}

/** Whether two rows differ in what makes another certificate or another state. */
function hasChanged(a: ReportedRow, b: ReportedRow): boolean {
  return (
    a.status !== b.status ||
    a.notAfter !== b.notAfter ||
    a.certificateID !== b.certificateID ||
    serialOf(a) !== serialOf(b)
  );
}

function isSame(a: ReportedRow, b: ReportedRow): boolean {
  return !hasChanged(a, b) && a.type === b.type && String(a.domains) === String(b.domains);
}

/** Whether a row speaks of another certificate, or of another state, than the collect endpoint did. */
function isAtOdds(order: Order, row: ReportedRow): boolean {
  const [held] = order.certificates;
  const serial = serialOf(row);
  if (held === undefined) return serial !== undefined || ISSUED.test(row.status ?? "");
  return serial !== undefined && !isSerial(serial, held.serialNumber);
}

/** Words of the CA for an order that has its certificate. */
const ISSUED = /^(?:valid|issued)$/i;

/** The serial number of a row in one spelling. */
function serialOf({ serialNumber }: ReportedRow): string | undefined {
  const serial = serialNumber
    ?.replace(/[\s:]/g, "")
    .toUpperCase()
    .replace(/^0+(?=.)/, "");
  return serial === "" ? undefined : serial;
}

/** Whether a number from a report, in hex or in decimal, is that of a certificate. */
function isSerial(serial: string, held: string): boolean {
  if (serialOf({ serialNumber: held }) === serial) return true;
  return /^\d{1,64}$/.test(serial) && /^[0-9A-F]{1,64}$/i.test(held) && BigInt(serial) === BigInt(`0x${held}`);
}
