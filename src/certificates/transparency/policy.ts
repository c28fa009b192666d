import { MS_PER_DAY, lifetimeDays } from "../x509/lifetime";
import type { CheckedTimestamp } from "./verification";

/** What a program says of a certificate's embedded timestamps. */
export interface ProgramVerdict {
  readonly program: "Chrome" | "Apple";
  readonly verdict: "met" | "unmet" | "unknown";
  /** Why it is not met, or not for certain: a part of a sentence. */
  readonly reason?: string;
}

/**
 * Chrome's and Apple's policies for embedded timestamps, for certificates issued on 2022-04-15 or later:
 * "Chrome Certificate Transparency Policy", section "CT Compliant Certificates", and "Apple's Certificate Transparency
 * policy" (support.apple.com/103214). `data/ct-logs.md` says when and where they were read.
 */
const PROGRAMS: readonly Program[] = [
  {
    name: "Chrome",
    states: "chrome",
    needed: (notBefore, notAfter) => (notAfter - notBefore <= 180 * MS_PER_DAY ? 2 : 3),
    mostOfOneOperator: () => Infinity,
    // It asked for a timestamp from a log of RFC 6962 until 2026-04-15, at the time of the check.
    wantsRfc6962: false,
  },
  {
    name: "Apple",
    states: "apple",
    needed: (notBefore, notAfter) => (lifetimeDays(notBefore, notAfter) <= 180 ? 2 : 3),
    mostOfOneOperator: (needed) => needed - 1,
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
  readonly wantsRfc6962: boolean;
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
    const { name } = program;
    const needed = program.needed(notBefore, notAfter);
    const counted = checked.flatMap((each) => countedBy(each, program) ?? []);
    const certain = counted.filter(({ isCertain }) => isCertain);
    const reason = shortcoming(certain, needed, program);
    if (reason === undefined) return { program: name, verdict: "met" };
    const hope = certain.length === counted.length ? reason : shortcoming(counted, needed, program);
    return hope === undefined
      ? { program: name, verdict: "unknown", reason: `${reason}, but not all could be judged` }
      : { program: name, verdict: "unmet", reason: hope };
  });
}

function countedBy(checked: CheckedTimestamp, { states }: Program): Counted | undefined {
  const { timestamp, log, signature } = checked;
  if (signature === "wrong") return undefined;
  const { name, since, goneBy } = log?.[states] ?? {};
  if (name === "rejected") return undefined;
  if (name === "retired" && since !== undefined && timestamp.timestamp >= since) return undefined;
  const isCurrent = name !== "retired";
  return {
    log: timestamp.logId,
    operator: log?.operator ?? timestamp.logId,
    isRfc6962: log?.type !== "static",
    isCurrent,
    // A log that was pending when the list was made is likely to be in use today, and Google's list of the logs in use
    // leaves out the rejected ones.
    isCertain:
      signature === "right" &&
      name !== undefined &&
      name !== "pending" &&
      goneBy === undefined &&
      (since !== undefined || isCurrent),
  };
}

/** What is missing for a policy; `undefined` if nothing is. */
function shortcoming(counted: readonly Counted[], needed: number, program: Program): string | undefined {
  const byLog = new Map(counted.map((each) => [each.log, each]));
  const logs = [...byLog.values()];
  if (!logs.some(({ isCurrent }) => isCurrent)) return "no timestamp counts that is from a log in use today";
  if (logs.length < needed) return `${logs.length} of the ${needed} timestamps count that are needed`;
  const operators = new Map<string, number>();
  for (const { operator } of logs) operators.set(operator, (operators.get(operator) ?? 0) + 1);
  const most = program.mostOfOneOperator(needed);
  const sum = [...operators.values()].reduce((total, count) => total + Math.min(count, most), 0);
  if (operators.size < 2 || sum < needed) return "too many timestamps are from logs of one operator";
  return program.wantsRfc6962 && !logs.some(({ isRfc6962 }) => isRfc6962)
    ? "no timestamp counts that is from a log of RFC 6962; all are from logs of the Static CT API"
    : undefined;
}
