import { isLater, type JournalLine, type ReportRound } from "./events";
import type { ServiceName } from "../../api/services/service";
import type { CredentialId, Freeze, Login, LoginAnswer, LoginKey, Outcome } from "../model/order";
import type { ReportState } from "../model/reported";
import type { ServiceAnswer } from "../model/service-outcome";
import { assign, write, type Register } from "./register";

export type LoginLine = Extract<JournalLine, { login: LoginKey }>;

/** What is known about one credential of a login: whether it may be sent. */
interface CredentialParts {
  gate?: Register<Freeze | undefined>;
  thawed?: Register<number>;
  proved?: Register<number>;
  asked?: Register<number>;
  answered?: Register<number>;
}

/**
 * A login's registers. The CA's verdict on a sign-in stays with the credential that was sent, so that a refusal of the
 * previous one does not count against the one entered since, and a refused one stays refused.
 */
export interface LoginParts {
  /** By credential. The empty name is for lines without one: of earlier versions, and of calls without a login. */
  readonly credentials: Map<CredentialId, CredentialParts>;
  /** The credential that was entered last. */
  entered?: Register<CredentialId>;
  thawed?: Register<number>;
  /** The credential of the last call, and when it was sent. */
  asked?: Register<{ readonly credential: CredentialId; readonly at: number }>;
  answered?: Register<LoginAnswer>;
  /** The last call without an answer that followed one with an answer. */
  failing?: Register<number>;
  /** Why the last call failed that nobody cancelled; `undefined` if it did not. */
  failure?: Register<LoginAnswer["failed"]>;
  services?: Map<ServiceName, Register<ServiceAnswer>>;
  reportWatch?: Register<{ readonly on: boolean; readonly at: number }>;
  /** The last report that was answered, and how far its round is. */
  round?: Register<ReportRound>;
  /** When the last complete round began. */
  completed?: Register<number>;
  /** Created on demand, dropped with each change. */
  view?: Login | undefined;
}

/** Folds a line into the login that it is about. @returns whether anything changed */
export function foldLogin(parts: LoginParts, line: LoginLine): boolean {
  const credential = line.credential ?? "";
  let of = parts.credentials.get(credential);
  if (!of) parts.credentials.set(credential, (of = {}));
  switch (line.type) {
    case "asked":
    case "service-asked":
      return any(assign(of, "asked", line, line.at), assign(parts, "asked", line, { credential, at: line.at }));
    case "answered":
      return foldAnswer(parts, of, line);
    case "service-answered":
      return foldServiceAnswer(parts, of, line);
    case "report-watch":
      return assign(parts, "reportWatch", line, { on: line.on, at: line.at });
    case "frozen":
      return assign(of, "gate", line, { at: line.at, code: line.code, message: line.message });
    case "thawed":
      return any(
        // Its own refusal stays: a new credential can be sent and refused before the line that names it is read.
        (line.why === "try-once" || credential === "") && assign(of, "gate", line, undefined),
        assign(of, "thawed", line, line.at),
        assign(parts, "thawed", line, line.at),
        line.why === "credentials" && credential !== "" && assign(parts, "entered", line, credential),
      );
  }
}

function foldAnswer(parts: LoginParts, of: CredentialParts, line: Extract<LoginLine, { type: "answered" }>): boolean {
  const { at, outcome } = line;
  const isRefused = outcome.kind === "refused" && outcome.after === "sign-in";
  return any(
    foldOutcome(parts, of, line),
    isRefused && assign(of, "gate", line, { at, code: outcome.code, message: outcome.message }),
  );
}

/** A refusal by a service says nothing of the login by itself: whoever called it writes a line that freezes it. */
function foldServiceAnswer(parts: LoginParts, of: CredentialParts, line: ServiceLine): boolean {
  const { service, at, outcome, round } = line;
  const services = (parts.services ??= new Map<ServiceName, Register<ServiceAnswer>>());
  const answer = write(services.get(service), line, { at, outcome });
  if (answer) services.set(service, answer);
  return any(
    foldOutcome(parts, of, line),
    answer !== undefined,
    round !== undefined && assign(parts, "round", line, round),
    round !== undefined && round.through === undefined && assign(parts, "completed", line, round.began),
  );
}

type ServiceLine = Extract<LoginLine, { type: "service-answered" }>;

/** What any answer says of a login. */
function foldOutcome(
  parts: LoginParts,
  of: CredentialParts,
  line: ServiceLine | Extract<LoginLine, { type: "answered" }>,
): boolean {
  const { at, outcome, failures } = line;
  const failed = outcome.kind === "failed" ? failureOf(outcome) : undefined;
  return any(
    assign(of, "answered", line, at),
    assign(parts, "answered", line, {
      at,
      failures,
      limited: outcome.kind === "refused" && outcome.after === "hours",
      ...(failed && { failed }),
      ...("retryAfter" in outcome && outcome.retryAfter !== undefined && { retryAfter: outcome.retryAfter }),
    }),
    failures === 1 && assign(parts, "failing", line, at),
    failed?.code !== "cancelled" && assign(parts, "failure", line, failed),
    line.proves && assign(of, "proved", line, at),
  );
}

const failureOf = ({ code, message, said }: Extract<Outcome, { kind: "failed" }>): NonNullable<Login["failure"]> => ({
  code,
  message,
  ...(said && { said }),
});

/** When a call was sent whose answer was never journaled, whatever was sent with it. Epoch ms. */
export function silentSince({ asked, answered }: LoginParts): number | undefined {
  return asked && (!answered || isLater(asked, answered)) ? asked.value.at : undefined;
}

/** When the CA last answered a call with a login, if no call has failed since. Epoch ms. */
export function reachedAt({ answered }: LoginParts): number | undefined {
  return answered?.value.failures === 0 ? answered.value.at : undefined;
}

/** The current login with the credential that counts: the one entered last, else the one sent last. */
export function loginOf(key: LoginKey, parts: LoginParts): Login {
  const credential = parts.entered?.value ?? parts.asked?.value.credential ?? "";
  const { proved, thawed, asked, answered } = parts.credentials.get(credential) ?? {};
  const frozen = gateOf(parts, credential)?.value;
  const isUnanswered = asked && [answered, thawed].every((later) => !later || isLater(asked, later));
  return {
    key,
    proved: proved !== undefined && (thawed === undefined || isLater(proved, thawed)),
    ...(credential !== "" && { credential }),
    ...(isUnanswered && { unansweredAt: asked.value }),
    ...(frozen && { frozen }),
    ...(parts.thawed && { thawedAt: parts.thawed.value }),
    ...(parts.answered && { lastAnswer: parts.answered.value }),
    ...failingOf(parts),
    ...(parts.services && { services: servicesOf(parts.services) }),
    ...reportOf(parts),
  };
}

function servicesOf(services: ReadonlyMap<ServiceName, Register<ServiceAnswer>>): NonNullable<Login["services"]> {
  return Object.fromEntries([...services].map(([service, { value }]) => [service, value]));
}

function reportOf({ reportWatch, round, completed }: LoginParts): { report?: ReportState } {
  if (reportWatch === undefined && round === undefined) return {};
  const { began = 0, through } = round?.value ?? {};
  return {
    report: {
      on: reportWatch?.value.on === true,
      since: reportWatch?.value.at ?? 0,
      ...(completed && { completedAt: completed.value }),
      ...(through !== undefined && { round: { began, through } }),
    },
  };
}

/** Since when calls fail, and why; nothing after an answer. A call that a person cancelled says nothing of the CA. */
function failingOf({ answered, failing, failure }: LoginParts): Pick<Login, "failingSince" | "failure"> {
  if (answered === undefined || answered.value.failures === 0) return {};
  return {
    ...(failing && { failingSince: failing.value }),
    ...(failure?.value && { failure: failure.value }),
  };
}

/** A line without a credential applies to any credential that was not entered later. */
function gateOf({ credentials, entered }: LoginParts, credential: CredentialId): CredentialParts["gate"] {
  const own = credentials.get(credential)?.gate;
  const unnamed = credential === "" ? undefined : credentials.get("")?.gate;
  if (!unnamed || (entered && isLater(entered, unnamed))) return own;
  return own && isLater(own, unnamed) ? own : unnamed;
}

/** Whether any of several registers was written. All arguments are evaluated, so all of them are written. */
function any(...changes: readonly boolean[]): boolean {
  return changes.includes(true);
}
