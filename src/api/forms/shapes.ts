import { MAX_DOMAINS } from "../limits";
import type { DomainStatus } from "../result";
import { keepOther, type AnswerFacts, type Parts } from "./reading";

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

/**
 * A host name with at least one dot, a wildcard before it or not; international names in either form. A top-level
 * domain never consists of digits (RFC 3696 section 2): `20.00` is a number.
 */
export function isHostName(line: string): boolean {
  return (
    line.length <= 254 &&
    !/\.\p{N}+\.?$/u.test(line) &&
    /^(?:\*\.)?(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?\.)+[\p{L}\p{N}-]{2,63}\.?$/u.test(line)
  );
}

/** The domains in a list, and its other items. */
export interface DomainList {
  readonly domains: readonly DomainStatus[];
  /** Items that say something else; adjacent ones are one text, unchanged. */
  readonly other: readonly string[];
  /** These and their neighbours, across which a secret may be cut in two. */
  readonly cut?: Parts;
}

/**
 * `domain1.com VALIDATED, domain2.com NOTVALIDATED`, or one pair per line. A status may be two words, "Not Validated".
 * @returns `undefined` when no item is a name and a status; at most {@link MAX_DOMAINS} items are examined
 */
export function readDomains(text: string): DomainList | undefined {
  const between = ["\n", ","].find((each) => text.includes(each)) ?? ";";
  const items = text.split(between, MAX_DOMAINS);
  const read = items.map((item) => (item.trim() === "" ? "blank" : (readDomain(item) ?? "odd")));
  const domains = read.filter((each) => typeof each !== "string");
  if (domains.length === 0) return undefined;
  const isOdd = (index: number) => read[index] === "odd";
  const near = items.filter((_, index) => [index - 1, index, index + 1].some(isOdd));
  const runs: string[][] = [];
  for (const [index, item] of items.entries()) {
    if (!isOdd(index)) continue;
    if (isOdd(index - 1)) runs.at(-1)?.push(item);
    else runs.push([item]);
  }
  const other = runs.map((run) => run.join(between).trim());
  return { domains, other, ...(near.length > 0 && { cut: { texts: near, between } }) };
}

/** Adds a list to the details: its domains, and its other items. */
export function takeDomains({ domains, other, cut }: DomainList, facts: AnswerFacts): void {
  facts.domains = mergeDomains(facts.domains, domains);
  for (const text of other) keepOther(facts, text);
  if (cut !== undefined) (facts.cuts ??= []).push(cut);
}

/** Characters of a name and of its status. */
const MAX_NAME = 255;
const MAX_STATUS = 40;

/** A name, and a status that is known in up to two words, or unknown in one. */
function readDomain(item: string): DomainStatus | undefined {
  if (item.length > MAX_NAME + MAX_STATUS) return undefined;
  const [name = "", ...words] = item.replace(/[=()]/g, " ").trim().replace(/[,;]$/, "").split(/\s+/);
  const domain = name.endsWith(":") ? name.slice(0, -1) : name;
  const status = words.join(" ");
  const known = knownStatus(status);
  // A sentence may end with such a word: without a dot, only a single lower-case word beside it is a name.
  const isShort = words.length === 1 && /^(?!not$|awaiting$)[a-z0-9-]{1,63}$/.test(domain);
  if (domain.length > MAX_NAME) return undefined;
  if (known !== undefined && (isShort || /[.:@]/.test(domain))) return { domain, status: known };
  return words.length === 1 && /^[A-Za-z_]{1,40}$/.test(status) && isName(domain) ? { domain, status } : undefined;
}

/** Whether a word may be the name of a domain or an address. */
const isName = (word: string): boolean => /[.:]/.test(word) && (isHostName(word) || /[:\d]$|^\S{1,250}@/.test(word));

const DOMAIN_STATUSES = ["VALIDATED", "NOTVALIDATED", "AWAITINGBRAND"];

/** The CA's word in the CA's spelling: "Not Validated", "awaiting_brand", "AWAITING BRAND VALIDATION". */
function knownStatus(text: string): string | undefined {
  const letters = text.toUpperCase().replace(/[^A-Z]/g, "");
  return DOMAIN_STATUSES.find((status) => letters === status || letters === `${status}VALIDATION`);
}

/** Whether a line of the newline form is a list of {@link readDomains}, and not a sentence of two words. */
export function isDomainList(line: string): boolean {
  return /[\s=:(](?:not[\s_-]?)?(?:VALIDATED|AWAITING[\s_-]?BRAND(?: VALIDATION)?)\)?\s*(?:[,;]|$)/i.test(line);
}

/** One entry per domain, in the order of first mention; the later list wins. */
function mergeDomains(earlier: readonly DomainStatus[] = [], later: readonly DomainStatus[]): DomainStatus[] {
  const byName = new Map([...earlier, ...later].map((entry) => [entry.domain.toLowerCase(), entry]));
  return [...byName.values()].slice(0, MAX_DOMAINS);
}

// Names of hosts and addresses may begin with such a word: `rejected.example`.
const CERTIFICATE_STATUS =
  /^(?!\S{0,250}(?:@|\.\p{L}))(?:issued|valid$|awaiting validation|(?:certificate )?(?:revoked|replaced|rejected)|(?:pre|post)[-_ ‐‑–]?sign[-_ ]{1,4}failed|expired|no status)/iu;
const VALIDATION_STATUS =
  /^(?:complete|awaiting (?:legal documents|document translation|private whois|brand validation))/i;

/** Whether a line is a known certificate status; they are an open set. */
export const isCertificateStatus = (line: string): boolean => CERTIFICATE_STATUS.test(line);

/** Whether a line is a known validation status; they are an open set too. */
export const isValidationStatus = (line: string): boolean => VALIDATION_STATUS.test(line);
