import type { StatusDetail } from "../api/result";
import type { JournalLine } from "./events";
import type { Outcome } from "./order";
import type { HistoryLine } from "./ports";

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
 */
export function timelineOf(history: readonly HistoryLine[]): TimelineEntry[] {
  let before: StatusDetail | undefined;
  return history.map(({ line }) => {
    const { at, line: place, type } = line;
    const entry = { at, line: place, type, words: wordsOf(line), more: moreOf(line, before) };
    if (line.type === "answered" && line.detail) before = line.detail;
    return entry;
  });
}

/** What changed between two details, each change a sentence. */
export function changesOf(before: StatusDetail | undefined, after: StatusDetail): string[] {
  const changes: string[] = [];
  for (const [key, title] of TEXTS) {
    const value = after[key];
    if (value !== undefined && value !== before?.[key]) changes.push(`${title}: ${value}`);
  }
  for (const [key, title] of TIMES) {
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
    if ((steps.get(id) ?? "not-needed") !== state) changes.push(`${title}: ${STEP_WORDS[state]}`);
  }
  return changes;
}

const TEXTS = [
  ["fqdn", "Domain"],
  ["certificateStatus", "Certificate"],
  ["validationStatus", "Validation"],
  ["caa", "CAA"],
] as const;

const TIMES = [
  ["notBefore", "Valid from"],
  ["notAfter", "Valid until"],
  ["productTermStart", "Paid from"],
  ["productTermEnd", "Paid until"],
] as const;

const STEP_WORDS = {
  done: "done",
  you: "waiting for you",
  ca: "waiting for the CA",
  rejected: "rejected",
  "not-needed": "not needed",
} as const;

function wordsOf(line: JournalLine): string {
  switch (line.type) {
    case "tracked":
      return "Tracked";
    case "forgotten":
      return "Forgotten";
    case "restored":
      return "Brought back";
    case "renamed":
      return line.label === "" ? "Its name was removed" : `Named “${line.label}”`;
    case "tagged":
      return line.tags.length === 0 ? "Its tags were removed" : `Tagged ${line.tags.join(", ")}`;
    case "asked":
      return line.why === "person" ? "Checked by a person" : "Checked by the schedule";
    case "answered":
      return outcomeWords(line.outcome);
    case "collected":
      return `Collected the certificate for ${line.names[0] ?? line.subject}`;
    case "opened":
      return "Opened";
    case "saved":
      return `Saved (${line.profile})`;
    case "warned":
      return `Warned: ${line.of === "term" ? "the paid term" : "the certificate"} ends within ${line.days} days`;
    case "watched":
      return "Watched again";
    case "look-armed":
      return `One early check was set for ${dateOf(line.due)}`;
    case "agreed":
      return "A person agreed to check sooner than the CA asks for";
    case "code-entered":
      return "A collection code was entered";
    case "paused":
      return "Checks paused";
    case "resumed":
      return "Checks resumed";
    case "archived":
      return "Archived";
    case "unarchived":
      return "Taken out of the archive";
    case "muted":
      return "Notifications switched off";
    case "unmuted":
      return "Notifications switched on";
    case "unchanged":
      return `Checked ${line.count} more times until ${dateOf(line.to)}, with the same answer`;
    case "checks-paused":
    case "checks-resumed":
    case "account-set":
    case "account-removed":
    case "frozen":
    case "thawed":
      return line.type;
  }
}

function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case "pending":
      return "Answer: being processed";
    case "available":
      return "Answer: certificates available";
    case "issued":
      return "Answer: issued";
    case "refused":
      return `Answer: ${outcome.message} (${outcome.code})`;
    case "not-understood":
      return `The answer was not understood: ${outcome.message}`;
    case "failed":
      return `No answer: ${outcome.message}`;
  }
}

function moreOf(line: JournalLine, before: StatusDetail | undefined): string[] {
  switch (line.type) {
    case "answered": {
      const advice = line.outcome.kind === "refused" && line.outcome.advice !== "" ? [line.outcome.advice] : [];
      return line.detail ? [...changesOf(before, line.detail), ...advice] : advice;
    }
    case "collected":
      return [
        `Subject: ${line.subject}`,
        `Serial number: ${line.serialNumber}`,
        `SHA-256: ${line.leaf}`,
        `Valid from ${dateOf(line.notBefore)} until ${dateOf(line.notAfter)}`,
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
