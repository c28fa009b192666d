import { allOf } from "../../words/phrase";
import { messageSaid, refusalSaid } from "../model/said-message";
import type { StatusDetail, StepState } from "../../api/result";
import { isTakenBack, writtenAt, type JournalLine } from "../journal/events";
import type { Outcome } from "../model/order";
import type { HistoryLine } from "../ports";
import { english, type Localize } from "../../words/localize";
import { DAY } from "../model/policy";
import { deploymentWords } from "./deployment-words";
import { serviceLineWords, validationFacts } from "./service-words";

/** One event of an order, in words. */
export interface TimelineEntry {
  /** Epoch ms. */
  readonly at: number;
  /** Its place in the journal. */
  readonly line: string;
  readonly type: JournalLine["type"];
  /** A sentence without a full stop. */
  readonly words: string;
  /** Details, each a sentence or a fact. */
  readonly more: readonly string[];
  /** Of answers: how many there were. */
  readonly answers?: number;
}

/**
 * The history of an order, oldest first, in words: the checks, the answers and what was new in them, the collected
 * certificates with their fingerprints, and where they were saved.
 * @param localize for the words, in the reader's language
 */
export function timelineOf(history: readonly HistoryLine[], localize: Localize = english): TimelineEntry[] {
  let before: StatusDetail | undefined;
  return history.map(({ line }) => {
    const { line: place, type } = line;
    const answers = line.type === "answered" ? 1 : line.type === "unchanged" ? line.count : undefined;
    const entry = {
      at: writtenAt(line),
      line: place,
      type,
      words: wordsOf(line, localize),
      more: moreOf(line, before, localize),
      ...(answers !== undefined && { answers }),
    };
    if (line.type === "answered" && line.detail) before = line.detail;
    return entry;
  });
}

/** The changes between two details, a sentence each. */
function changesOf(before: StatusDetail | undefined, after: StatusDetail, localize: Localize): string[] {
  const changes: string[] = [];
  const texts = [
    ["fqdn", localize("Domain")],
    ["certificateStatus", localize("Certificate status")],
    ["validationStatus", localize("Validation status")],
    ["caa", localize("CAA")],
  ] as const;
  const times = [
    ["notBefore", localize("Valid from")],
    ["notAfter", localize("Valid until")],
    ["productTermStart", localize("Paid term from")],
    ["productTermEnd", localize("Paid term until")],
  ] as const;
  for (const [key, title] of texts) {
    const value = after[key];
    if (value !== undefined && value !== before?.[key]) changes.push(localize("{0}: {1}", title, value));
  }
  for (const [key, title] of times) {
    const value = after[key];
    if (value !== undefined && value !== before?.[key]) {
      changes.push(localize("{0}: {1}", title, isDay(value) ? dateOf(value).slice(0, 10) : dateOf(value)));
    }
  }
  const domains = new Map(before?.domains?.map((each) => [each.domain, each.status]));
  for (const { domain, status } of after.domains ?? []) {
    if (domains.get(domain) !== status) changes.push(localize("{0}: {1}", domain, status));
  }
  const steps = new Map(before?.steps?.map((each) => [each.id, each.state]));
  for (const { id, title, state } of after.steps ?? []) {
    // Steps that never had to be done are not mentioned.
    if ((steps.get(id) ?? "not-needed") !== state)
      changes.push(localize("{0}: {1}", localize(title), stepWords(state, localize)));
  }
  return changes;
}

/** Whether and for whom a validation step waits. */
export function stepWords(state: StepState, localize: Localize): string {
  switch (state) {
    case "done":
      return localize("done");
    case "you":
      return localize("waiting for you");
    case "ca":
      return localize("waiting for the CA");
    case "rejected":
      return localize("rejected");
    case "not-needed":
      return localize("not needed");
  }
}

function wordsOf(line: JournalLine, localize: Localize): string {
  switch (line.type) {
    case "tracked":
      return localize("Tracked");
    case "forgotten":
      return localize("No longer tracked");
    case "restored":
      return localize("Tracked again");
    case "renamed":
      return line.label === "" ? localize("Its name was removed") : localize("Named “{0}”", line.label);
    case "tagged":
      return line.tags.length === 0 ? localize("Its tags were removed") : localize("Tagged {0}", allOf(line.tags));
    case "asked":
      return line.why === "person" ? localize("Checked manually") : localize("Checked automatically");
    case "answered":
      return outcomeWords(line.outcome, localize);
    case "collected":
      return localize("Collected the certificate for {0}", line.names[0] ?? line.subject);
    case "opened":
      return isTakenBack(line) ? localize("Marked as new again") : localize("Opened or marked as seen");
    case "saved":
      return localize("Saved ({0})", line.profile);
    case "after-saving-set":
    case "servers-set":
    case "task-started":
    case "task-ended":
    case "served":
      return deploymentWords(line, localize);
    case "revocation":
      return revocationWords(line, localize);
    case "warned":
      if (line.of === "served")
        return localize(
          "Warned: a host serves an older certificate that expires soon; days left at most: {0}",
          line.days,
        );
      return line.of === "term"
        ? localize("Warned: the paid term ends soon; days left at most: {0}", line.days)
        : localize("Warned: the certificate expires soon; days left at most: {0}", line.days);
    case "watched":
      return isTakenBack(line)
        ? localize("No longer watched for another certificate")
        : localize("Watched for another certificate");
    case "look-armed":
      return localize("One early check was scheduled for {0}", dateOf(line.due));
    case "agreed":
      return localize("You agreed to check sooner than the CA asks");
    case "code-entered":
      return localize("A collection code was entered");
    case "paused":
      return localize("Checks paused");
    case "resumed":
      return localize("Checks resumed");
    case "archived":
      return localize("Archived");
    case "unarchived":
      return localize("Unarchived");
    case "muted":
      return localize("Muted");
    case "unmuted":
      return localize("Unmuted");
    case "unchanged":
      return localize("The same answer until {0}; checks: {1}", dateOf(line.to), line.count);
    case "reported":
    case "validation":
    case "service-asked":
    case "service-answered":
      return serviceLineWords(line, localize);
    case "checks-paused":
    case "checks-resumed":
    case "account-set":
    case "account-removed":
    case "frozen":
    case "thawed":
    case "report-watch":
      return line.type;
  }
}

function revocationWords(
  { state, since, issuer }: Extract<JournalLine, { type: "revocation" }>,
  localize: Localize,
): string {
  if (state === "revoked" && issuer === true) {
    return since === undefined
      ? localize("Checked for revocation: a CA above it was revoked")
      : localize("Checked for revocation: a CA above it was revoked on {0}", dateOf(since));
  }
  switch (state) {
    case "good":
      return localize("Checked for revocation: not revoked");
    case "revoked":
      return since === undefined
        ? localize("Checked for revocation: revoked")
        : localize("Checked for revocation: revoked on {0}", dateOf(since));
    case "unknown":
      return localize("Checked for revocation: unknown");
  }
}

function outcomeWords(outcome: Outcome, localize: Localize): string {
  switch (outcome.kind) {
    case "pending":
      return localize("Answer: being processed");
    case "available":
      return localize("Answer: certificates available");
    case "issued":
      return localize("Answer: issued");
    case "refused":
      return localize("Answer: {0} ({1})", refusalSaid(outcome.message), outcome.code);
    case "not-understood":
      return localize("The answer was not understood: {0}", messageSaid(outcome));
    case "failed":
      return localize("No answer: {0}", messageSaid(outcome));
  }
}

function moreOf(line: JournalLine, before: StatusDetail | undefined, localize: Localize): string[] {
  switch (line.type) {
    case "answered": {
      const advice =
        line.outcome.kind === "refused" && line.outcome.advice !== "" ? [localize(line.outcome.advice)] : [];
      return line.detail ? [...changesOf(before, line.detail, localize), ...advice] : advice;
    }
    case "collected":
      return [
        localize("Subject: {0}", line.subject),
        localize("Serial number: {0}", line.serialNumber),
        `SHA-256: ${line.leaf}`,
        localize("Valid from {0} until {1}", dateOf(line.notBefore), dateOf(line.notAfter)),
        ...(line.doubts ?? []).map((doubt) => localize("{0}", messageSaid(doubt))),
      ];
    case "saved":
      // What a file contains is kept by its name, which is its key in every language, too.
      return line.files.map(({ uri, part, sha256 }) =>
        sha256 === undefined
          ? localize("{0}: {1}", { text: part }, uri)
          : localize("{0}: {1}, SHA-256 {2}", { text: part }, uri, sha256),
      );
    case "validation":
      return validationFacts(line, localize);
    default:
      return [];
  }
}

function dateOf(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Whether a time is the first or last second of a day in UTC: then the CA gave a day without a time. */
export function isDay(at: number): boolean {
  const second = Math.floor(at / 1000) % (DAY / 1000);
  return second === 0 || second === DAY / 1000 - 1;
}
