import { phrase, type Phrase } from "../../words/phrase";
import { MS_PER_DAY, lifetimeDays } from "../x509/lifetime";
import { endsWithin, type CheckedTimestamp } from "./verification";

/** What a program says of a certificate's embedded timestamps. */
export interface ProgramVerdict {
  readonly program: "Chrome" | "Apple";
  readonly verdict: "met" | "unmet" | "unknown";
  /** Why it is not met, or not for certain: a part of a sentence. */
  readonly reason?: Phrase;
  /** Dates of the lists whose states of the timestamps' logs it rests on, oldest first. */
  readonly asOf: readonly string[];
}

/**
 * Chrome's and Apple's policies for embedded timestamps, for certificates issued on 2022-04-15 or later:
 * "Chrome Certificate Transparency Policy", section "CT Compliant Certificates", and "Apple's Certificate Transparency
 * policy" (support.apple.com/103214), with what Apple's published code asks for besides. `data/ct-logs.md` says when
 * and where they were read.
 */
const PROGRAMS: readonly Program[] = [
  {
    name: "Chrome",
    states: "chrome",
    needed: (notBefore, notAfter) => (notAfter - notBefore <= 180 * MS_PER_DAY ? 2 : 3),
    mostOfOneOperator: () => Infinity,
    mindsLog: false,
    decisive: ({ earliest }) => earliest,
    // It asked for a timestamp from a log of RFC 6962 until 2026-04-15, at the time of the check.
    wantsRfc6962: false,
  },
  {
    name: "Apple",
    states: "apple",
    needed: (notBefore, notAfter) => (lifetimeDays(notBefore, notAfter) <= 180 ? 2 : 3),
    mostOfOneOperator: (needed) => needed - 1,
    mindsLog: true,
    decisive: ({ own, earliestCurrent }) => Math.max(own, earliestCurrent),
    wantsRfc6962: true,
  },
];

interface Program {
  readonly name: ProgramVerdict["program"];
  readonly states: "chrome" | "apple";
  /** Timestamps from different logs. Times in epoch ms. */
  readonly needed: (notBefore: number, notAfter: number) => number;
  /** How many timestamps of one operator count. */
  readonly mostOfOneOperator: (needed: number) => number;
  /** Whether a log counts only for certificates that end within its interval, and until it takes no more of them. */
  readonly mindsLog: boolean;
  /** What must be before a log's retirement for its timestamps to count. */
  readonly decisive: (times: Times) => number;
  readonly wantsRfc6962: boolean;
}

/** Times of timestamps, epoch ms; Infinity if there is none. */
interface Times {
  readonly own: number;
  readonly earliest: number;
  /** Of those from logs that are in use now. */
  readonly earliestCurrent: number;
}

/** A timestamp that counts, or may count. */
interface Counted {
  readonly log: string;
  readonly operator: string;
  readonly isRfc6962: boolean;
  /** Whether the log is in use now; otherwise it was retired after it had stamped the certificate. */
  readonly isCurrent: boolean;
  readonly isCertain: boolean;
}

/** What each program says. Times in epoch ms. */
export function policyVerdicts(
  checked: readonly CheckedTimestamp[],
  { notBefore, notAfter }: { readonly notBefore: number; readonly notAfter: number },
): readonly ProgramVerdict[] {
  return PROGRAMS.map((program): ProgramVerdict => {
    const { name, states } = program;
    const asOf = [...new Set(checked.flatMap(({ log }) => log?.[states]?.asOf ?? []))].sort();
    const common = { program: name, asOf };
    const needed = program.needed(notBefore, notAfter);
    const right = checked.filter(({ signature }) => signature === "right");
    const certain = counted(right, notAfter, program).filter(({ isCertain }) => isCertain);
    const reason = shortcoming(certain, needed, program);
    if (reason === undefined) return { ...common, verdict: "met" };
    const possible = counted(
      checked.filter(({ signature }) => signature !== "wrong"),
      notAfter,
      program,
    );
    const hope = shortcoming(possible, needed, program);
    return hope === undefined
      ? { ...common, verdict: "unknown", reason: phrase("{0}, but not all could be judged", reason) }
      : { ...common, verdict: "unmet", reason: hope };
  });
}

/** Those of these timestamps that count if their signatures are right. */
function counted(checked: readonly CheckedTimestamp[], notAfter: number, program: Program): readonly Counted[] {
  const { states, mindsLog, decisive } = program;
  const known = checked.filter(({ timestamp, log }) => {
    const { name, since = Infinity } = log?.[states] ?? {};
    if (name === "rejected") return false;
    return !mindsLog || (endsWithin(log, notAfter) && !(name === "readonly" && timestamp.timestamp > since));
  });
  const earliestOf = (some: readonly CheckedTimestamp[]) =>
    Math.min(...some.map(({ timestamp }) => timestamp.timestamp), Infinity);
  const earliest = earliestOf(checked);
  const earliestCurrent = earliestOf(known.filter(({ log }) => log?.[states]?.name !== "retired"));
  return known.flatMap(({ timestamp, log, signature }): readonly Counted[] => {
    const { name, since, goneBy } = log?.[states] ?? {};
    const isCurrent = name !== "retired";
    const moment = decisive({ own: timestamp.timestamp, earliest, earliestCurrent });
    if (!isCurrent && since !== undefined && moment >= since) return [];
    return [
      {
        log: timestamp.logId,
        operator: log?.operator ?? timestamp.logId,
        isRfc6962: log?.type !== "static",
        isCurrent,
        // A log that was pending when the list was made is likely to be in use today, and Google's list of the logs in
        // use leaves out the rejected ones.
        isCertain:
          signature === "right" &&
          name !== undefined &&
          name !== "pending" &&
          goneBy === undefined &&
          (since !== undefined || isCurrent),
      },
    ];
  });
}

/** What is missing for a policy; `undefined` if nothing is. */
function shortcoming(counted: readonly Counted[], needed: number, program: Program): Phrase | undefined {
  const byLog = new Map(counted.map((each) => [each.log, each]));
  const logs = [...byLog.values()];
  if (!logs.some(({ isCurrent }) => isCurrent)) return phrase("no timestamp counts that is from a log in use today");
  if (logs.length < needed) return phrase("{0} of the {1} timestamps count that are needed", logs.length, needed);
  const operators = new Map<string, number>();
  for (const { operator } of logs) operators.set(operator, (operators.get(operator) ?? 0) + 1);
  const most = program.mostOfOneOperator(needed);
  const sum = [...operators.values()].reduce((total, count) => total + Math.min(count, most), 0);
  if (operators.size < 2 || sum < needed) return phrase("too many timestamps are from logs of one operator");
  return program.wantsRfc6962 && !logs.some(({ isRfc6962 }) => isRfc6962)
    ? phrase("no timestamp counts that is from a log of RFC 6962; all are from logs of the Static CT API")
    : undefined;
}
