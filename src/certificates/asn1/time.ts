import { phrase } from "../../words/phrase";
import type { Element } from "./der";
import { DerError } from "./der-error";
import { CONSTRUCTED, Tag, describeIdentifier } from "./tag";

/** ms of a minute. */
const MINUTE = 60_000;
/** ms of 400 years, 97 of which are leap years. */
const FOUR_CENTURIES = 146_097 * 24 * 60 * MINUTE;

/** Whether an identifier octet is that of a UTCTime or a GeneralizedTime. */
export function isTime(identifier: number): boolean {
  return identifier === Tag.UTC_TIME || identifier === Tag.GENERALIZED_TIME;
}

/**
 * A UTCTime or GeneralizedTime as epoch ms. Years of two digits are 1950 to 2049 (RFC 5280 section 4.1.2.5.1). What
 * RFC 5280 forbids and X.690 allows is read: no seconds, a fraction of a second, an offset from UTC instead of "Z".
 * @throws DerError `tag` when the element is not a time, `value` when no such time exists
 */
export function readTime(element: Element): number {
  // BER may split it into pieces, like any string.
  const identifier = element.identifier & ~CONSTRUCTED;
  if (!isTime(identifier)) {
    throw new DerError(
      "tag",
      element.start,
      phrase("A time is encoded as {0}", describeIdentifier(element.identifier, element.tagNumber)),
    );
  }
  return timeOf(element, identifier === Tag.UTC_TIME);
}

/**
 * A GeneralizedTime under a tag of its context, as epoch ms.
 * @throws DerError `value`
 */
export function readGeneralizedTime(element: Element): number {
  return timeOf(element, false);
}

/** @param short whether the year has two digits */
function timeOf(element: Element, short: boolean): number {
  const octets = element.octets();
  let position = 0;
  const two = (): number => {
    const tens = (octets[position] ?? 0) - 0x30;
    const ones = (octets[position + 1] ?? 0) - 0x30;
    if (tens < 0 || tens > 9 || ones < 0 || ones > 9)
      element.refuse(phrase("A time has another character where a digit is expected"));
    position += 2;
    return tens * 10 + ones;
  };
  const digitFollows = () => octets[position]! >= 0x30 && octets[position]! <= 0x39;

  const years = two();
  const year = short ? years + (years < 50 ? 2000 : 1900) : years * 100 + two();
  const month = two();
  const day = two();
  const hour = two();
  const minute = two();
  const second = digitFollows() ? two() : 0;
  let fraction = 0;
  if (!short && (octets[position] === 0x2e || octets[position] === 0x2c)) {
    position++;
    for (let weight = 100; digitFollows(); weight /= 10) fraction += (octets[position++]! - 0x30) * weight;
  }
  let offset = 0;
  const zone = octets[position++];
  if (zone === 0x2b || zone === 0x2d) {
    const minutes = two() * 60 + (digitFollows() ? two() : 0);
    offset = zone === 0x2b ? minutes : -minutes;
  } else if (zone !== 0x5a) {
    // A GeneralizedTime without a zone is local time at an unknown place.
    element.refuse(phrase("A time does not state its offset from UTC"));
  }
  if (position !== octets.length) element.refuse(phrase("A time is followed by extra characters"));

  if (hour > 23 || minute > 59 || second > 60 || day < 1 || day > daysOfMonth(year, month)) {
    element.refuse(phrase("A time contains a date or time of day that does not exist"));
  }
  // Date.UTC reads the years 0 to 99 as 1900 to 1999; the calendar repeats itself after 400 years.
  const shift = year < 100 ? 400 : 0;
  const ms = Date.UTC(year + shift, month - 1, day, hour, minute, second, Math.floor(fraction));
  return ms - (shift === 0 ? 0 : FOUR_CENTURIES) - offset * MINUTE;
}

/** 0 for a month that does not exist. */
function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [0, 31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month] ?? 0;
}
