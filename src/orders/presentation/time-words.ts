import { perLanguage, type Locale } from "../../words/localize";
import { DAY, HOUR } from "../model/policy";

/**
 * A point in time in the format of the display language, with the day only if it is not today.
 * @param at epoch ms
 * @param now epoch ms
 */
export function timeWords(at: number, now: number, { language }: Locale): string {
  const date = new Date(at);
  const sameDay = date.toDateString() === new Date(now).toDateString();
  return sameDay ? clocks(language).format(date) : moments(language).format(date);
}

const clocks = perLanguage((language) => new Intl.DateTimeFormat(language, { timeStyle: "medium" }));
const moments = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }),
);

/**
 * The day of a certificate, a term or a revocation, in the format of the display language. It is the day in UTC, as in
 * the certificate itself (RFC 5280 section 4.1.2.5) and wherever else it is shown, whatever the time zone.
 */
export function dateWords(at: number, { language }: Locale): string {
  const days = daysOf(language);
  const day = Math.floor(at / DAY);
  let words = days.words.get(day);
  if (words === undefined) {
    words = days.format.format(at);
    if (days.words.size >= MAX_DAYS) days.words.clear();
    days.words.set(day, words);
  }
  return words;
}

interface Days {
  readonly format: Intl.DateTimeFormat;
  /** By days since the epoch: rows are searched for their words, and thousands of them share few days. */
  readonly words: Map<number, string>;
}

const daysOf = perLanguage((language): Days => ({
  format: new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }),
  words: new Map(),
}));
const MAX_DAYS = 2_000;

const MINUTE = HOUR / 60;

/** The units of a distance in time, each up to where the next one begins; in ms. */
const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, length: number, upTo: number])[] = [
  ["second", 1_000, MINUTE],
  ["minute", MINUTE, HOUR],
  ["hour", HOUR, 2 * DAY],
  ["day", DAY, 60 * DAY],
  ["month", 30.44 * DAY, 730 * DAY],
  ["year", 365.25 * DAY, Infinity],
];

/** How far away a point in time is: "in 14 minutes", "3 days ago", "now". Whole units, rounded towards now. */
export function relativeWords(at: number, now: number, { language }: Locale): string {
  const away = Math.abs(at - now);
  const [unit, length] = UNITS.find(([, , upTo]) => away < upTo) ?? ["year", 365.25 * DAY];
  const whole = Math.floor(away / length);
  return (whole === 0 ? present : distances)(language).format(at < now ? -whole : whole, unit);
}

const distances = perLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: "always" }));

/** Says "now" where the other says "in 0 seconds", but also "tomorrow" where that says "in 1 day". */
const present = perLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: "auto" }));
