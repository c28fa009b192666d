import { hash } from "node:crypto";
import { english, type Locale } from "../localize";
import type { Order } from "../model/order";
import { DAY, HOUR } from "../model/policy";
import { validationDates } from "../model/reuse-dates";
import { reissueFrom } from "../checking/schedule";
import { titleOf } from "../presentation/state";
import { nextActionWords } from "../presentation/deadline-words";
import { validationDateWords } from "../presentation/validation-date-words";
import { leadsOf, warningLeads, type WarningPolicy } from "../presentation/warnings";

/** Octets of a line without its line break (RFC 5545 section 3.1). */
const MAX_OCTETS = 75;

/**
 * A calendar (RFC 5545) of each collected certificate's expiry, the day from which its reissue is due, the end of the
 * paid term if that differs, and the days on which validations and their methods end at the latest. Each has alarms at
 * the thresholds of warnings. Importing it again replaces the entries of the same certificate.
 * @param thresholds when a person is warned
 * @param now epoch ms, for DTSTAMP
 */
export function formatCalendar(
  orders: Iterable<Order>,
  thresholds: Pick<WarningPolicy, "days" | "shares">,
  now: number,
): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//certificate-collector//Certificate Collector for Sectigo//EN",
    "CALSCALE:GREGORIAN",
  ];
  for (const order of orders) {
    const dates = [...datesOf(order, thresholds), ...validationEvents(order, leadsOf(thresholds.days), now)];
    for (const date of dates) lines.push(...eventOf(order, date, now));
  }
  return [...lines, "END:VCALENDAR", ""].flatMap(fold).join("\r\n");
}

interface CalendarDate {
  /** Tells the entries of one order apart. */
  readonly what: string;
  readonly summary: string;
  /** Epoch ms. */
  readonly at: number;
  /** A sentence more for the description. */
  readonly note?: string;
  /** How long before it an alarm is due. ms */
  readonly leads: readonly number[];
}

function datesOf(order: Order, thresholds: Pick<WarningPolicy, "days" | "shares">): CalendarDate[] {
  const collected = order.certificates[0];
  if (!collected) return [];
  const title = titleOf(order);
  const note = nextActionWords(order, ENGLISH);
  const dates: CalendarDate[] = [
    {
      what: `end ${collected.leaf}`,
      summary: `Certificate for ${title} ends`,
      at: collected.notAfter,
      ...(note !== undefined && { note }),
      leads: warningLeads(collected, thresholds),
    },
  ];
  const from = reissueFrom(order);
  const termEnd = order.detail?.detail.productTermEnd;
  if (from !== undefined)
    dates.push({
      what: `reissue ${collected.leaf}`,
      summary: `Reissue the certificate for ${title}`,
      at: from,
      leads: AT_ONCE,
    });
  if (termEnd !== undefined && Math.abs(termEnd - collected.notAfter) > DAY) {
    dates.push({ what: "term", summary: `Paid term for ${title} ends`, at: termEnd, leads: leadsOf(thresholds.days) });
  }
  return dates;
}

/** Entries are in English, whatever the reader's language: they are kept where others read them. */
const ENGLISH: Locale = { localize: english, language: "en" };

/** On the day itself: it is a warning already. */
const AT_ONCE: readonly number[] = [0];

function validationEvents(order: Order, leads: readonly number[], now: number): CalendarDate[] {
  const title = titleOf(order);
  return validationDates(order, now).map((date) => {
    const { label, text } = validationDateWords(date, ENGLISH);
    return {
      what: `validation ${date.what} ${order.certificates[0]?.leaf ?? ""}`,
      summary: `${label} ends at the latest: ${title}`,
      at: date.at,
      note: `${label} ${text}`,
      leads,
    };
  });
}

function eventOf(order: Order, { what, summary, at, note, leads }: CalendarDate, now: number): string[] {
  const number = order.reference.kind === "collectionCode" ? "by collection code" : order.reference.value;
  return [
    "BEGIN:VEVENT",
    `UID:${hash("sha256", `${order.id} ${what}`, "hex").slice(0, 32)}@certificate-collector`,
    `DTSTAMP:${timeOf(now)}`,
    `DTSTART:${timeOf(at)}`,
    `SUMMARY:${escape(summary)}`,
    `DESCRIPTION:${escape([[`Order ${number}`, ...order.tags].join(", "), ...(note === undefined ? [] : [note])].join(". "))}`,
    "TRANSP:TRANSPARENT",
    ...leads.flatMap((lead) => alarmOf(summary, lead)),
    "END:VEVENT",
  ];
}

/** RFC 5545 section 3.6.6. A trigger before the event is a negative duration (sections 3.3.6 and 3.8.6.3). */
function alarmOf(summary: string, lead: number): string[] {
  const hours = Math.floor(lead / HOUR);
  const before = hours % 24 === 0 ? `P${hours / 24}D` : `PT${hours}H`;
  return [
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escape(summary)}`,
    `TRIGGER:${hours === 0 ? "PT0S" : `-${before}`}`,
    "END:VALARM",
  ];
}

/** A time in UTC (RFC 5545 section 3.3.5, form 2). */
function timeOf(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** RFC 5545 section 3.3.11. */
function escape(text: string): string {
  return text
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\r\n|\n|\r/g, "\\n")
    .replace(/\p{Cc}/gu, "");
}

/** RFC 5545 section 3.1; never splits a character. */
function fold(line: string): string[] {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MAX_OCTETS) {
      parts.push(part);
      [part, octets] = [" ", 1];
    }
    part += character;
    octets += size;
  }
  return [...parts, part];
}
