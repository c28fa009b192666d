import type { StatusDetail, StepState } from "../../api/result";
import type { JournalLine } from "../journal/events";
import type { Outcome } from "../model/order";
import type { HistoryLine } from "../ports";
import { english, type Say } from "../say";
import { DAY } from "../model/policy";

/** One thing that happened to an order, to be read. */
export interface TimelineEntry {
  /** Epoch ms. */
  readonly at: number;
  /** Where it stands in the journal. */
  readonly line: string;
  readonly type: JournalLine["type"];
  /** A sentence without a full stop. */
  readonly words: string;
  /** More of it, each a sentence or a fact. */
  readonly more: readonly string[];
}

/**
 * What happened to an order, oldest first, in words: what was asked, what was answered and what of it was new, what was
 * collected with its fingerprint, where it was saved.
 * @param say for the words, in the language of whoever reads them
 */
export function timelineOf(history: readonly HistoryLine[], say: Say = english): TimelineEntry[] {
  let before: StatusDetail | undefined;
  return history.map(({ line }) => {
    const { at, line: place, type } = line;
    const entry = { at, line: place, type, words: wordsOf(line, say), more: moreOf(line, before, say) };
    if (line.type === "answered" && line.detail) before = line.detail;
    return entry;
  });
}

/** What changed between two details, each change a sentence. */
function changesOf(before: StatusDetail | undefined, after: StatusDetail, say: Say): string[] {
  const changes: string[] = [];
  const texts = [
    ["fqdn", say("Domain")],
    ["certificateStatus", say("Certificate status")],
    ["validationStatus", say("Validation status")],
    ["caa", say("CAA")],
  ] as const;
  const times = [
    ["notBefore", say("Valid from")],
    ["notAfter", say("Valid until")],
    ["productTermStart", say("Paid term from")],
    ["productTermEnd", say("Paid term until")],
  ] as const;
  for (const [key, title] of texts) {
    const value = after[key];
    if (value !== undefined && value !== before?.[key]) changes.push(`${title}: ${value}`);
  }
  for (const [key, title] of times) {
    const value = after[key];
    if (value !== undefined && value !== before?.[key]) changes.push(`${title}: ${dateOf(value)}`);
  }
  const domains = new Map(before?.domains?.map((each) => [each.domain, each.status]));
  for (const { domain, status } of after.domains ?? []) {
    if (domains.get(domain) !== status) changes.push(`${domain}: ${status}`);
  }
  const steps = new Map(before?.steps?.map((each) => [each.id, each.state]));
  for (const { id, title, state } of after.steps ?? []) {
    // Of what never had to be done nobody wants to read.
    if ((steps.get(id) ?? "not-needed") !== state) changes.push(`${say(title)}: ${stepWords(state, say)}`);
  }
  return changes;
}

/** Whether and for whom a validation step waits. */
export function stepWords(state: StepState, say: Say): string {
  switch (state) {
    case "done":
      return say("done");
    case "you":
      return say("waiting for you");
    case "ca":
      return say("waiting for the CA");
    case "rejected":
      return say("rejected");
    case "not-needed":
      return say("not needed");
  }
}

function wordsOf(line: JournalLine, say: Say): string {
  switch (line.type) {
    case "tracked":
      return say("Tracked");
    case "forgotten":
      return say("Forgotten");
    case "restored":
      return say("Brought back");
    case "renamed":
      return line.label === "" ? say("Its name was removed") : say("Named “{0}”", line.label);
    case "tagged":
      return line.tags.length === 0 ? say("Its tags were removed") : say("Tagged {0}", line.tags.join(", "));
    case "asked":
      return line.why === "person" ? say("Checked by a person") : say("Checked by the schedule");
    case "answered":
      return outcomeWords(line.outcome, say);
    case "collected":
      return say("Collected the certificate for {0}", line.names[0] ?? line.subject);
    case "opened":
      return say("Opened");
    case "saved":
      return say("Saved ({0})", line.profile);
    case "revocation":
      return revocationWords(line, say);
    case "warned":
      return line.of === "term"
        ? say("Warned: the paid term ends soon; days left at most: {0}", line.days)
        : say("Warned: the certificate expires soon; days left at most: {0}", line.days);
    case "watched":
      return say("Watched again");
    case "look-armed":
      return say("One early check was set for {0}", dateOf(line.due));
    case "agreed":
      return say("A person agreed to check sooner than the CA asks for");
    case "code-entered":
      return say("A collection code was entered");
    case "paused":
      return say("Checks paused");
    case "resumed":
      return say("Checks resumed");
    case "archived":
      return say("Archived");
    case "unarchived":
      return say("Taken out of the archive");
    case "muted":
      return say("Notifications switched off");
    case "unmuted":
      return say("Notifications switched on");
    case "unchanged":
      return say("The same answer until {0}; checks: {1}", dateOf(line.to), line.count);
    case "checks-paused":
    case "checks-resumed":
    case "account-set":
    case "account-removed":
    case "frozen":
    case "thawed":
      return line.type;
  }
}

function revocationWords({ state, since }: Extract<JournalLine, { type: "revocation" }>, say: Say): string {
  switch (state) {
    case "good":
      return say("Checked for revocation: not revoked");
    case "revoked":
      return since === undefined
        ? say("Checked for revocation: revoked")
        : say("Checked for revocation: revoked on {0}", dateOf(since));
    case "unknown":
      return say("Checked for revocation: not known");
  }
}

function outcomeWords(outcome: Outcome, say: Say): string {
  switch (outcome.kind) {
    case "pending":
      return say("Answer: being processed");
    case "available":
      return say("Answer: certificates available");
    case "issued":
      return say("Answer: issued");
    case "refused":
      return say("Answer: {0} ({1})", outcome.message, outcome.code);
    case "not-understood":
      return say("The answer was not understood: {0}", outcome.message);
    case "failed":
      return say("No answer: {0}", outcome.message);
  }
}

function moreOf(line: JournalLine, before: StatusDetail | undefined, say: Say): string[] {
  switch (line.type) {
    case "answered": {
      const advice = line.outcome.kind === "refused" && line.outcome.advice !== "" ? [say(line.outcome.advice)] : [];
      return line.detail ? [...changesOf(before, line.detail, say), ...advice] : advice;
    }
    case "collected":
      return [
        say("Subject: {0}", line.subject),
        say("Serial number: {0}", line.serialNumber),
        `SHA-256: ${line.leaf}`,
        say("Valid from {0} until {1}", dateOf(line.notBefore), dateOf(line.notAfter)),
        ...(line.doubts ?? []).map(({ message }) => message),
      ];
    case "saved":
      return line.files.map(
        ({ uri, part, sha256 }) => `${part}: ${uri}${sha256 === undefined ? "" : `, SHA-256 ${sha256}`}`,
      );
    default:
      return [];
  }
}

function dateOf(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Whether a time is the first or the last second of a day in UTC: then the CA told a day, and no time. */
export function isDay(at: number): boolean {
  const second = Math.floor(at / 1000) % (DAY / 1000);
  return second === 0 || second === DAY / 1000 - 1;
}
