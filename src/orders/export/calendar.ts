import { hash } from "node:crypto";
import { english, type Locale } from "../../words/localize";
import { deadlinesOf, nextAction, type OrderDeadline } from "../model/next-action";
import type { Order } from "../model/order";
import { DAY, HOUR } from "../model/policy";
import { nextActionWords } from "../presentation/deadline-words";
import { titleOf } from "../presentation/state";
import { validationDateWords } from "../presentation/validation-date-words";
import { daysAsLeads, leadsOf } from "../presentation/warnings";
import type { WarningThresholds } from "../model/warning-thresholds";

/** Octets of a line without its line break (RFC 5545 section 3.1). */
const MAX_OCTETS = 75;

/**
 * A calendar (RFC 5545) of the days that matter to each order: the last day of its next action, the end of its
 * certificate, the day from which its reissue is due, the end of the paid term if that differs, and the days on which
 * validations and their methods end at the latest. Alarms are at the thresholds of warnings; what is muted has none.
 * Importing it again replaces the entries of the same certificate.
 * @param now epoch ms, for DTSTAMP
 */
export function formatCalendar(orders: Iterable<Order>, thresholds: WarningThresholds, now: number): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//certificate-collector//Certificate Collector for Sectigo//EN",
    "CALSCALE:GREGORIAN",
  ];
  for (const order of orders) {
    for (const date of datesOf(order, thresholds, now)) lines.push(...eventOf(order, date, now));
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
  /** When there are alarms: ms before it. */
  readonly leads: readonly number[];
}

/** Entries are in English, whatever the reader's language: they are kept where others read them. */
const ENGLISH: Locale = { localize: english, language: "en" };

function datesOf(order: Order, thresholds: WarningThresholds, now: number): CalendarDate[] {
  const action = nextAction(order, now);
  const note = nextActionWords(order, now, ENGLISH);
  const leaf = order.certificates[0]?.leaf ?? "";
  const next = { what: `next ${leaf}`, summary: `Last day to act: ${titleOf(order)}`, leads: [DAY] };
  return [
    ...(action && note !== undefined ? [{ ...next, at: action.by, note }] : []),
    ...deadlinesOf(order, now).map((deadline) => dateOf(order, deadline, thresholds)),
  ];
}

function dateOf(order: Order, deadline: OrderDeadline, thresholds: WarningThresholds): CalendarDate {
  const [collected] = order.certificates;
  const title = titleOf(order);
  const { at, what } = deadline;
  const days = daysAsLeads(thresholds.days);
  switch (what) {
    case "certificate":
      return {
        ...{ what: `end ${collected?.leaf ?? ""}`, summary: `Certificate for ${title} ends`, at },
        leads: collected ? leadsOf(collected, thresholds) : days,
      };
    case "reissue":
      return {
        ...{ what: `reissue ${collected?.leaf ?? ""}`, summary: `Reissue the certificate for ${title}`, at },
        leads: [0],
      };
    case "term":
      return { what: "term", summary: `Paid term for ${title} ends`, at, leads: days };
    default: {
      const { label, text } = validationDateWords(deadline, ENGLISH);
      return {
        ...{
          what: `validation ${what} ${collected?.leaf ?? ""}`,
          summary: `${label} ends at the latest: ${title}`,
          at,
        },
        ...{ note: `${label} ${text}`, leads: days },
      };
    }
  }
}

function eventOf(order: Order, { what, summary, at, note, leads }: CalendarDate, now: number): string[] {
  const number = order.reference.kind === "collectionCode" ? "by collection code" : order.reference.value;
  // What was due before the export would ring at once, in whatever imports it.
  const rings = order.muted ? [] : [...new Set(leads)].filter((lead) => at - lead > now);
  return [
    "BEGIN:VEVENT",
    `UID:${hash("sha256", `${order.id} ${what}`, "hex").slice(0, 32)}@certificate-collector`,
    `DTSTAMP:${timeOf(now)}`,
    `DTSTART:${timeOf(at)}`,
    `SUMMARY:${escape(summary)}`,
    `DESCRIPTION:${escape([[`Order ${number}`, ...order.tags].join(", "), ...(note === undefined ? [] : [note])].join(". "))}`,
    "TRANSP:TRANSPARENT",
    ...rings.flatMap((lead) => alarmOf(summary, lead)),
    "END:VEVENT",
  ];
}

/** An alarm that is shown (RFC 5545 section 3.6.6). */
function alarmOf(summary: string, lead: number): string[] {
  return [
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escape(summary)}`,
    `TRIGGER:${triggerOf(lead)}`,
    "END:VALARM",
  ];
}

/** How long before the event, in days or, as of shares of a life, in hours (RFC 5545 section 3.3.6). @param lead ms */
function triggerOf(lead: number): string {
  if (lead === 0) return "PT0S";
  return lead % DAY === 0 ? `-P${lead / DAY}D` : `-PT${Math.max(1, Math.round(lead / HOUR))}H`;
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
