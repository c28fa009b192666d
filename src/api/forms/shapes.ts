import { MAX_DOMAINS } from "../limits";
import type { DomainStatus } from "../result";

/** Two times, as the pair of dates or of UNIX times that showValidityPeriod adds. Epoch ms. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/**
 * `14/05/2013 13/05/2014`: by the pages a certificate begins at 00:00:00 GMT and ends at 23:59:59 GMT.
 * @returns `undefined` for anything else, and for days that do not exist
 */
export function readDates(line: string): Period | undefined {
  const match = /^(\d{2}\/\d{2}\/\d{4})\s+(\d{2}\/\d{2}\/\d{4})$/.exec(line);
  const start = readDay(match?.[1]);
  const end = readDay(match?.[2]);
  return start === undefined || end === undefined ? undefined : { start, end: end + LAST_SECOND_OF_DAY };
}

/** ms from the first to the last second of a day. */
const LAST_SECOND_OF_DAY = (24 * 60 * 60 - 1) * 1000;

function readDay(text: string | undefined): number | undefined {
  const [day, month, year] = text?.split("/").map(Number) ?? [];
  if (day === undefined || month === undefined || year === undefined) return undefined;
  const time = Date.UTC(year, month - 1, day);
  // Date.UTC carries the 31st of April over into May.
  return new Date(time).getUTCDate() === day && new Date(time).getUTCMonth() === month - 1 ? time : undefined;
}

/** `1761696000 1793232000`: the product term in UNIX seconds. */
export function readUnixTimes(line: string): Period | undefined {
  const match = /^(\d{9,11})\s+(\d{9,11})$/.exec(line);
  const start = readUnixTime(match?.[1]);
  const end = readUnixTime(match?.[2]);
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** UNIX seconds as epoch ms, up to the year 5138 (11 digits). */
export function readUnixTime(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,11}$/.test(text) ? Number(text) * 1000 : undefined;
}

/** Days, a whole number of up to five digits. */
export function readDays(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}

/** A host name with at least one dot, a wildcard before it or not; international names in either form. */
export function isHostName(line: string): boolean {
  return (
    line.length <= 253 &&
    /^(?:\*\.)?(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?\.)+[\p{L}\p{N}-]{2,63}$/u.test(line)
  );
}

/**
 * `domain1.com VALIDATED, domain2.com NOTVALIDATED`.
 * @returns `undefined` unless each item is a name and a word; at most {@link MAX_DOMAINS} of them
 */
export function readDomains(text: string): DomainStatus[] | undefined {
  const items = text.split(",", MAX_DOMAINS).map((item) => item.trim());
  const domains: DomainStatus[] = [];
  for (const item of items) {
    if (item === "") continue;
    const match = /^(\S{1,255})\s+([A-Za-z_]{1,40})$/.exec(item);
    if (match?.[1] === undefined || match[2] === undefined) return undefined;
    domains.push({ domain: match[1], status: match[2] });
  }
  return domains.length === 0 ? undefined : domains;
}

/** Whether a line of the newline form is a list of {@link readDomains}, and no sentence of two words. */
export function isDomainList(line: string): boolean {
  return /\s(?:VALIDATED|NOTVALIDATED|AWAITINGBRAND)\s*(?:,|$)/i.test(line);
}

/** One entry a domain, in the order of their first mention; the later list knows better. */
export function mergeDomains(earlier: readonly DomainStatus[] = [], later: readonly DomainStatus[]): DomainStatus[] {
  const byName = new Map([...earlier, ...later].map((entry) => [entry.domain.toLowerCase(), entry]));
  return [...byName.values()].slice(0, MAX_DOMAINS);
}

const CERTIFICATE_STATUS =
  /^(?:issued|valid$|awaiting validation|(?:certificate )?(?:revoked|replaced|rejected)|(?:pre|post)[-_ ‐‑–]?sign[-_ ]{1,4}failed|expired|no status)/i;
const VALIDATION_STATUS =
  /^(?:complete|awaiting (?:legal documents|document translation|private whois|brand validation))/i;

/** Whether a line is a certificate status that is known; they are an open set. */
export const isCertificateStatus = (line: string): boolean => CERTIFICATE_STATUS.test(line);

/** Whether a line is a validation status that is known; they are an open set too. */
export const isValidationStatus = (line: string): boolean => VALIDATION_STATUS.test(line);
