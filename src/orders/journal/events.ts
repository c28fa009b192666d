import type { StatusDetail } from "../../api/result";
import type {
  Account,
  AccountId,
  Answer,
  Asked,
  AskReason,
  CredentialId,
  Freeze,
  CollectedCertificate,
  LoginKey,
  OrderId,
  RevocationNote,
  Saved,
  Tracked,
  Warned,
} from "../model/order";
import type { AfterSaving, ServedNote, ServerPlace, TaskRun } from "../model/deployment";
import type { Reported } from "../model/reported";
import type { ServiceOutcome } from "../model/service-outcome";
import type { ValidationNote } from "../model/validation";
import type { ServiceName } from "../../api/services/service";

/**
 * One line of the journal, before the writer stamps it. Facts, in the past tense; it never contains a password,
 * collection code or key. The book is their fold, which is the same for any order of the lines: each event replaces
 * its own part of an order if it is later than the present one (see `fold.ts`).
 */
export type OrderEvent =
  | ({ readonly type: "tracked"; readonly label?: string; readonly tags?: readonly string[] } & Omit<
      Tracked,
      "trackedAt"
    >)
  | { readonly type: "forgotten" | "restored"; readonly id: OrderId }
  /** An empty label removes it. */
  | { readonly type: "renamed"; readonly id: OrderId; readonly label: string }
  | { readonly type: "tagged"; readonly id: OrderId; readonly tags: readonly string[] }
  | ({ readonly type: "asked"; readonly id: OrderId } & OfLogin & Omit<Asked, "at" | "answered" | "credential">)
  | ({
      readonly type: "answered";
      readonly id: OrderId;
      /** Consecutive calls with this login without an answer from the CA, including this one. */
      readonly failures: number;
      /** Whether this answer proves that the login is valid. */
      readonly proves: boolean;
      /** Only if it differs from the previous one. */
      readonly detail?: StatusDetail;
    } & OfLogin &
      Omit<Answer, "at">)
  | ({ readonly type: "collected"; readonly id: OrderId } & Omit<CollectedCertificate, "at">)
  /** `at`: 0 takes back that it was opened; otherwise left out, and the writer's clock counts. */
  | { readonly type: "opened"; readonly id: OrderId; readonly at?: number }
  | ({ readonly type: "saved"; readonly id: OrderId } & Omit<Saved, "at">)
  /** An empty text removes it. */
  | ({ readonly type: "after-saving-set"; readonly id: OrderId } & AfterSaving)
  | { readonly type: "servers-set"; readonly id: OrderId; readonly servers: readonly ServerPlace[] }
  | ({ readonly type: "task-started"; readonly id: OrderId } & Pick<TaskRun, "leaf" | "task">)
  /** `started`: the time of the line that says that it was. */
  | ({ readonly type: "task-ended"; readonly id: OrderId; readonly started: number } & Pick<
      TaskRun,
      "leaf" | "task" | "exitCode"
    >)
  | ({ readonly type: "served"; readonly id: OrderId } & Omit<ServedNote, "at">)
  | ({ readonly type: "revocation"; readonly id: OrderId } & Omit<RevocationNote, "at">)
  | ({ readonly type: "warned"; readonly id: OrderId } & Omit<Warned, "at">)
  /** Watched for another certificate, or after a final answer. `at`: 0 ends it; otherwise left out, as above. */
  | { readonly type: "watched"; readonly id: OrderId; readonly at?: number }
  /** `due` is epoch ms. */
  | { readonly type: "look-armed"; readonly id: OrderId; readonly due: number }
  /** A person was told about the wait and wants to check anyway. */
  | { readonly type: "agreed"; readonly id: OrderId }
  | { readonly type: "code-entered"; readonly id: OrderId }
  /** A report's row about the order, written only if it differs from the last one. Without a row: it is not listed. */
  | {
      readonly type: "reported";
      readonly id: OrderId;
      readonly row?: Reported["row"];
      /** Something changed that makes a collect call worthwhile. */
      readonly news?: true;
    }
  | ({ readonly type: "validation"; readonly id: OrderId } & Omit<ValidationNote, "at">)
  /** A service is about to be called; `id`, if about one order. */
  | ({
      readonly type: "service-asked";
      readonly service: ServiceName;
      readonly why: AskReason;
      readonly id?: OrderId;
    } & OfLogin)
  | ({
      readonly type: "service-answered";
      readonly service: ServiceName;
      readonly id?: OrderId;
      readonly outcome: ServiceOutcome;
      /** As in "answered". */
      readonly failures: number;
      /** As in "answered". */
      readonly proves: boolean;
      /** Set if it was a report about the tracked orders of the login. */
      readonly round?: ReportRound;
    } & OfLogin)
  /** Whether reports decide which orders of a login are asked about. */
  | ({ readonly type: "report-watch"; readonly on: boolean } & OfLogin)
  | { readonly type: "paused" | "resumed"; readonly id: OrderId }
  | { readonly type: "archived" | "unarchived"; readonly id: OrderId }
  | { readonly type: "muted" | "unmuted"; readonly id: OrderId }
  | { readonly type: "checks-paused" | "checks-resumed" }
  | { readonly type: "account-set"; readonly account: Omit<Account, "frozen"> }
  | { readonly type: "account-removed"; readonly account: AccountId }
  /** By CA and login name, so that two accounts with the same login share one. */
  | ({ readonly type: "frozen" } & OfLogin & Omit<Freeze, "at">)
  /**
   * Other credentials were entered, which count from here on; or a person says that the cause is fixed, and one call
   * may be made with the refused ones. The login must prove itself again.
   */
  | ({ readonly type: "thawed"; readonly why: "credentials" | "try-once" } & OfLogin)
  /** Written by compaction in place of consecutive equal answers. `from` and `to` are epoch ms. */
  | {
      readonly type: "unchanged";
      readonly id: OrderId;
      readonly from: number;
      readonly to: number;
      readonly count: number;
    };

/** Where the reports about a login's orders are, which take as many calls as their numbers need. */
export interface ReportRound {
  /** When the first call of the round was made. Epoch ms. */
  readonly began: number;
  /** The last order number that was asked for, in their order; absent when all were. */
  readonly through?: string;
}

/** Which login a line is about, and which credential a call was sent with; absent in lines of the first version. */
interface OfLogin {
  readonly login: LoginKey;
  readonly credential?: CredentialId;
}

/** What determines a line's position among all lines. */
export interface Stamp {
  /**
   * Epoch ms by the writer's clock, raised above everything the writer had read if that clock went back: a later line
   * always has a later stamp, whatever the clock does.
   */
  readonly t: number;
  /** Unique and the tie-breaker within one ms: `<writer>:<number of the line>`, 16 hex digits and a decimal number. */
  readonly line: string;
}

/** An event as it stands in a segment: schema version, time, and a unique place. */
export type JournalLine = OrderEvent & {
  readonly v: 1;
  /** Epoch ms, by the writer's clock; 0 in a line that takes back what such lines say, whose time is `t`. */
  readonly at: number;
  readonly line: string;
  /** {@link Stamp.t}, if it differs from `at`. */
  readonly t?: number;
};

/** Whether `a` was written later than `b`. A line is not later than itself. */
export function isLater(a: Stamp, b: Stamp): boolean {
  return compareStamps(a, b) > 0;
}

/** Negative, 0 or positive, for sorting lines by when they were written. */
export function compareStamps(a: Stamp, b: Stamp): number {
  if (a.t !== b.t) return a.t - b.t;
  if (a.line === b.line) return 0;
  // Places of equal length compare as text: the writer's part has a fixed width, so the numbers then do too.
  if (a.line.length === b.line.length) return a.line < b.line ? -1 : 1;
  const writerA = a.line.slice(0, WRITER_DIGITS);
  const writerB = b.line.slice(0, WRITER_DIGITS);
  if (writerA !== writerB) return writerA < writerB ? -1 : 1;
  return Number(a.line.slice(WRITER_DIGITS + 1)) - Number(b.line.slice(WRITER_DIGITS + 1));
}

/** Hex digits of a writer's name, in a segment's file name and in a line's place. */
export const WRITER_DIGITS = 16;

/** Whether a line takes back what lines of its type say. */
export function isTakenBack({ at }: JournalLine): boolean {
  return at === 0;
}

/** When a line was written. Epoch ms. */
export function writtenAt(line: JournalLine): number {
  return isTakenBack(line) ? stampOf(line).t : line.at;
}

export function stampOf(line: JournalLine): Stamp {
  return { t: line.t ?? line.at, line: line.line };
}
