import { MAX_CLASSIFIED_CHARACTERS, MAX_LINES, MAX_PROSE_LINES } from "../limits";
import { isCaaText, isStatusName } from "../status-detail";
import { findCertificates, hasPemBegin } from "./certificate-text";
import { keepOther, type AnswerFacts, type AnswerReading } from "./reading";
import {
  isCertificateStatus,
  isDomainList,
  isHostName,
  isValidationStatus,
  readDates,
  readDomains,
  readUnixTimes,
  takeDomains,
} from "./shapes";

/**
 * The newline form: an integer line, then lines in an order on which the pages and real answers do not agree. So
 * certificates are found by their markers or as base64, and the remaining lines are recognised by their shape.
 * @returns `undefined` when there is no status line
 */
export function readNewline(text: string): AnswerReading | undefined {
  const status = findStatus(text);
  if (status === undefined) return undefined;
  const { code, prose, beside, rest } = status;
  if (code < 0) {
    const words = [...(beside === "" ? [] : [beside]), ...linesOf(rest)];
    return { code, message: (words.length > 0 ? words : prose).join("\n"), packed: [], facts: {} };
  }
  return { code, ...readLines(rest) };
}

/**
 * Certificates without a status line, as CollectMC sends them: PEM of any label, or base64, and the lines around it.
 * @returns `undefined` when it has no certificates
 */
export function readBare(text: string): AnswerReading | undefined {
  const reading = readLines(text);
  return reading.packed.length === 0 ? undefined : reading;
}

/** Separates the certificates from the lines around them. */
function readLines(text: string): AnswerReading {
  const packed: string[] = [];
  const lines: string[] = [];
  let at = 0;
  for (const { start, end } of findCertificates(text)) {
    for (const line of linesOf(text.slice(at, start))) lines.push(line);
    packed.push(text.slice(start, end));
    at = end;
  }
  lines.push(...linesOf(text.slice(at)));
  const facts: AnswerFacts = {};
  classify(lines, facts);
  return { packed, facts, parts: { texts: lines, between: "\n" } };
}

interface StatusLine {
  readonly code: number;
  /** The lines above it. */
  readonly prose: readonly string[];
  /** The text after the code on its line. */
  readonly beside: string;
  readonly rest: string;
}

/**
 * The status line. Prose may come before a negative code (a sample of CollectSMIME), but not before other codes. Words
 * may follow a negative code on its line: this server answers DecodeCSR like this, and the guard of logins depends on
 * the code.
 */
function findStatus(text: string): StatusLine | undefined {
  const prose: string[] = [];
  let at = 0;
  while (at < text.length && prose.length <= MAX_PROSE_LINES) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, Math.min(end, at + MAX_STATUS_LINE)).trim();
    // Prose is passed on whole, because masking must not see a secret cut in two.
    const whole = text.slice(at, end).trim();
    at = end + 1;
    if (whole === "") continue;
    const code = /^-?\d{1,4}$/.test(line) ? Number(line) : undefined;
    if (code !== undefined) {
      return prose.length === 0 || code < 0 ? { code, prose, beside: "", rest: text.slice(at) } : undefined;
    }
    // A status text may also follow the code.
    const statement = prose.length === 0 ? /^([012])[ \t]?[ \t:,;-][ \t]{0,4}(?=\p{L})/u.exec(whole) : null;
    const status = statement === null ? "" : whole.slice(statement[0].length);
    if (statement !== null && (isCertificateStatus(status) || isValidationStatus(status))) {
      return { code: Number(statement[1]), prose, beside: "", rest: `${status}\n${text.slice(at)}` };
    }
    const success = prose.length === 0 ? SUCCESS.exec(line)?.[1] : undefined;
    if (success !== undefined) return { code: Number(success), prose, beside: "", rest: text.slice(at) };
    const [marker, refusal] = REFUSAL.exec(line) ?? [];
    if (marker !== undefined) {
      // The whole line: only a part of it may be searched for the code.
      return {
        code: Number(refusal?.replace(/^\D/, "-")),
        prose,
        beside: whole.slice(marker.length).trim(),
        rest: text.slice(at),
      };
    }
    if (hasPemBegin(line)) return undefined;
    prose.push(whole);
  }
  return undefined;
}

/** A negative code, with any kind of minus, with or without brackets, and the separator before the words after it. */
const REFUSAL =
  /^[("'[<]?(?:(?:status|result|(?:[\p{L} ]{1,40} )?(?:error|fehler|code|rc))(?:[ _]?code)?(?: [\p{L} ]{1,30})? ?[:=]? ?)?[("'[<]?([-‐‑–−﹣－]\d{1,4})(?![-\d]|\.\d)[)"'\]>]?\s?[.:;,|=–-]?/iu;

/** Another code with its own words on its line. */
const SUCCESS = /^([012])[\s:.,-]{1,4}(?:certificates? (?:available|attached)|being processed)/i;

/** How many characters of a line are searched for a status. */
const MAX_STATUS_LINE = 200;

/** The non-empty lines, trimmed, at most {@link MAX_LINES}. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split("\n", MAX_LINES)) {
    const trimmed = line.trim();
    if (trimmed !== "") lines.push(trimmed);
  }
  return lines;
}

/** The texts that mean the status number itself. */
const STATUS_LINE = /^(?:certificates? (?:available|attached)|being processed)/i;

/** Assigns each line by its shape. Both statuses are open sets: an unknown text beside a known one is its pair. */
function classify(lines: readonly string[], facts: AnswerFacts): void {
  const unknown: string[] = [];
  for (const line of lines) {
    if (!STATUS_LINE.test(line) && !classifyLine(line, facts)) unknown.push(line);
  }
  if (facts.validationStatus !== undefined && facts.certificateStatus === undefined) {
    facts.certificateStatus = unknown.shift();
  } else if (facts.certificateStatus !== undefined && facts.validationStatus === undefined) {
    facts.validationStatus = unknown.pop();
  }
  for (const line of unknown) keepOther(facts, line);
}

/** "name=value", "name: value" or "name value". */
function readNamed(line: string): { readonly name: string; readonly value: string } | undefined {
  const name = /^[A-Za-z]{1,40}/.exec(line)?.[0];
  if (name === undefined) return undefined;
  const rest = line.slice(name.length);
  const behind = rest.trimStart();
  const isMarked = behind.startsWith("=") || behind.startsWith(":");
  if (!isMarked && !rest.slice(0, rest.length - behind.length).includes(" ")) return undefined;
  const value = isMarked ? behind.slice(1).trimStart() : behind;
  return value === "" ? undefined : { name, value };
}

function classifyLine(whole: string, facts: AnswerFacts): boolean {
  // Only a list of domains is ever long.
  const line = whole.slice(0, MAX_CLASSIFIED_CHARACTERS);
  const dates = readDates(line);
  const term = readUnixTimes(line);
  const domains = isDomainList(line) ? readDomains(whole) : undefined;
  const named = readNamed(line);
  if (dates !== undefined) {
    facts.notBefore = dates.start;
    facts.notAfter = dates.end;
  } else if (term !== undefined) {
    facts.productTermStart = term.start;
    facts.productTermEnd = term.end;
  } else if (domains !== undefined) {
    takeDomains(domains, facts);
  } else if (named !== undefined && isStatusName(named.name)) {
    (facts.statuses ??= new Map()).set(named.name, named.value);
  } else if (named?.name.toLowerCase() === "caastatus") {
    facts.caa = named.value;
  } else if (isCaaText(line)) {
    facts.caa = line;
  } else if (facts.certificateStatus === undefined && isCertificateStatus(line)) {
    facts.certificateStatus = line;
  } else if (facts.validationStatus === undefined && isValidationStatus(line)) {
    facts.validationStatus = line;
  } else if (facts.fqdn === undefined && isHostName(line)) {
    facts.fqdn = line;
  } else {
    return false;
  }
  return true;
}
