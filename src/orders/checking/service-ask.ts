import type { ServiceName } from "../../api/services/service";
import type { ServiceResult } from "../../api/services/service-result";
import { phrase } from "../../words/phrase";
import type { OrderEvent, ReportRound } from "../journal/events";
import { loginKey } from "../model/login-key";
import type { Account, AccountId, AskReason, Freeze, Login, OrderId } from "../model/order";
import { policyOf } from "../model/policy";
import { messageSaid, saidMessage, type SaidMessage } from "../model/said-message";
import type { ServiceOutcome } from "../model/service-outcome";
import type { AskService } from "../ports";
import { backoffOf, isAhead } from "./backoff";
import { describeError } from "./call-outcome";
import { freezeForOutcome } from "./guard";
import { UNKNOWN_SERVICE } from "./reports";
import { withTimeLimit } from "./time-limit";
import {
  ASK_LIMITS,
  inTurn,
  nameOf,
  readPassword,
  recordOrKeep,
  whyClosed,
  type CallProgress,
  type TurnFailure,
  type TurnParts,
} from "./turn";

/** A call of a service. */
export interface ServiceQuestion {
  readonly service: ServiceName;
  readonly account: AccountId;
  /** The order that it is about, if it is about one. */
  readonly order?: OrderId;
  /** The arguments beside the login, in the CA's spelling. */
  readonly values: Readonly<Record<string, string>>;
}

/** What became of a call of a service. */
export type ServiceAskResult =
  | { readonly kind: "answered"; readonly result: GoodAnswer }
  /** The first sign-in was refused, and the login is frozen: it was wrong, or the account is not enabled. */
  | { readonly kind: "sign-in-refused"; readonly code: number; readonly message: string }
  /** The account may not call this service; the login is good. */
  | (SaidMessage & { readonly kind: "not-enabled"; readonly code: number })
  /** The CA refused for another reason, in its own words. */
  | { readonly kind: "refused"; readonly code: number; readonly message: string }
  /** No answer, or one that nobody understands. */
  | (SaidMessage & { readonly kind: "failed"; readonly code: string })
  /** Not called: the login is frozen. `now`: it was frozen just now, which is the one moment to tell the person. */
  | { readonly kind: "frozen"; readonly freeze: Freeze; readonly now: boolean }
  /** Not called before that time, epoch ms: the CA's call limit, its Retry-After, or the pace of the service. */
  | { readonly kind: "not-now"; readonly until: number; readonly why: "call-limit" | "retry-after" | "pace" }
  /** Not called: this window has no password. Another window may. */
  | { readonly kind: "no-secret" }
  /** Not called: the account or the order is not there any more, or nothing is due any more. */
  | { readonly kind: "gone" }
  | TurnFailure;

/** What a service answered that did what it was asked to do. */
export type GoodAnswer = Extract<ServiceResult, { kind: "report" | "validation" | "done" }>;

/** What the caller of a service decides when its turn has come. */
export interface ServiceAskOptions {
  /** Called when its turn has come. */
  readonly began?: () => void;
  /** The question, by what all windows have journaled; `undefined` if nothing is to be asked any more. */
  readonly again?: (login: Login) => ServiceQuestion | undefined;
  /** What else to journal of a good answer, at once with it. */
  readonly store?: (result: GoodAnswer) => { readonly events: readonly OrderEvent[]; readonly round?: ReportRound };
}

/** Asks a service of the CA; see {@link createServiceAsk}. Never rejects. */
export type ServiceAsk = (
  question: ServiceQuestion,
  why: AskReason,
  signal: AbortSignal,
  options?: ServiceAskOptions,
) => Promise<ServiceAskResult>;

/** What a call of a service needs; see the ports. */
export interface ServiceAskParts extends TurnParts {
  readonly askService: AskService;
}

/**
 * The only way to call a service: under the CA's lock, as checks of orders are, with "service-asked" on disk before the
 * call and its result before the lock is released.
 *
 * A login that has not proved itself may be used when a person chose to: a good answer proves it, and a refused sign-in
 * freezes it. Once a login has proved itself, no service freezes it: a refusal means that it is not enabled there.
 */
export function createServiceAsk(parts: ServiceAskParts): ServiceAsk {
  return async (question, why, signal, options = {}) => {
    const account = parts.book.account(question.account);
    if (!account) return { kind: "gone" };
    const task = async (progress: CallProgress): Promise<ServiceAskResult> => {
      // Another CA has a lock of its own.
      if (parts.book.account(question.account)?.ca !== account.ca) return { kind: "gone" };
      return askInTurn(parts, question, why, signal, progress, options);
    };
    return inTurn<ServiceAskResult>(parts, account.ca, why, signal, task, options.began);
  };
}

async function askInTurn(
  parts: ServiceAskParts,
  first: ServiceQuestion,
  why: AskReason,
  signal: AbortSignal,
  progress: CallProgress,
  { again, store }: ServiceAskOptions,
): Promise<ServiceAskResult> {
  const { book, clock } = parts;
  const account = book.account(first.account);
  const login = account && book.login(loginKey(account.ca, account));
  if (!account || !login) return { kind: "gone" };
  const closed = await whyClosed(parts, login, account.ca, signal);
  if (closed) return closed;
  // Nobody chose to sign in: a login that may be wrong is not sent.
  if (why === "schedule" && !login.proved) return { kind: "gone" };
  const question = again === undefined ? first : again(login);
  if (question === undefined) return { kind: "gone" };
  const { service, order: id, values } = question;
  const order = id === undefined ? undefined : book.get(id);
  if (id !== undefined && !order) return { kind: "gone" };
  const wait = serviceWait(book, question, clock.now());
  if (wait) return wait;

  const password = await readPassword(parts, account, login);
  if (password === undefined) return { kind: "no-secret" };
  if (signal.aborted) return { kind: "cancelled" };
  // The answer will be about what is sent now, whatever is entered during the call.
  const sent: Login = { ...login, ...(password.credential !== "" && { credential: password.credential }) };
  const about = { service, ...(id !== undefined && { id }) };
  await book.record([{ type: "service-asked", ...about, ...nameOf(sent), why }]);
  progress.asked = true;
  const brought = await call(parts, { account, password: password.text, service, values }, signal);
  const { outcome } = brought;
  const freeze = freezeForService(sent, outcome);
  const stored = brought.result && store?.(brought.result);
  await recordOrKeep(parts, sent, freeze, () =>
    book.record([
      ...(freeze ? [{ type: "frozen" as const, ...nameOf(sent), ...freeze }] : []),
      ...(stored?.events ?? []),
      {
        type: "service-answered",
        ...about,
        ...nameOf(sent),
        outcome,
        failures: failuresAfter(login, outcome),
        proves: outcome.kind === "answered",
        ...(stored?.round && { round: stored.round }),
      },
    ]),
  );
  return brought.result ? { kind: "answered", result: brought.result } : resultOf(outcome, freeze, sent.proved);
}

/** The call, of which every error becomes an outcome. */
async function call(
  { askService, clock, unexpected }: ServiceAskParts,
  asked: Parameters<AskService>[0],
  signal: AbortSignal,
): Promise<{ readonly outcome: ServiceOutcome; readonly result?: GoodAnswer }> {
  let result: ServiceResult;
  try {
    result = await withTimeLimit(clock, ASK_LIMITS.call, signal, (limited) => askService(asked, limited));
  } catch (error) {
    const failure = signal.aborted ? CANCELLED : describeError(error, unexpected);
    return { outcome: { kind: "failed", ...failure } };
  }
  switch (result.kind) {
    case "refused": {
      const { kind, code, message, after } = result;
      return { outcome: { kind, code, message, after } };
    }
    case "not-understood": {
      const { kind, reason, seen, retryAfter } = result;
      const wait = retryAfter !== undefined && { retryAfter };
      return { outcome: { kind, code: reason, ...saidMessage(seen), ...wait } };
    }
    case "unknown-service":
      return { outcome: { kind: "not-understood", code: UNKNOWN_SERVICE, ...saidMessage(result.seen) } };
    case "report":
    case "validation":
    case "done":
      return { outcome: { kind: "answered" }, result };
  }
}

/** In place of a code of the CA, for a service that the server does not have. */
const NOT_FOUND = 404;

const CANCELLED = { code: "cancelled", ...saidMessage(phrase("The call was cancelled before the CA answered.")) };

/** Whether an answer of a service freezes a login: only one that has not proved itself. */
function freezeForService(login: Login, outcome: ServiceOutcome): Omit<Freeze, "at"> | undefined {
  if (outcome.kind === "answered") return undefined;
  if (outcome.kind !== "refused") return freezeForOutcome(login, outcome);
  const { code, message, after } = outcome;
  return after === "sign-in" && !login.proved ? { code, message } : undefined;
}

/** A service that nobody understands may be one of a server that does not know it: the other calls go on. */
function failuresAfter({ lastAnswer }: Login, { kind }: ServiceOutcome): number {
  const before = lastAnswer?.failures ?? 0;
  if (kind === "failed") return before + 1;
  return kind === "not-understood" ? before : 0;
}

function resultOf(outcome: ServiceOutcome, freeze: Omit<Freeze, "at"> | undefined, proved: boolean): ServiceAskResult {
  switch (outcome.kind) {
    case "answered":
    case "failed":
    case "not-understood": {
      const { code, ...failure } = outcome.kind === "answered" ? CANCELLED : outcome;
      const said = saidMessage(messageSaid(failure));
      // The host is the right one: its collect endpoints answered.
      if (code === UNKNOWN_SERVICE && proved) return { kind: "not-enabled", code: NOT_FOUND, ...said };
      return { kind: "failed", code, ...said };
    }
    case "refused": {
      const { code, message, after } = outcome;
      if (freeze) return { kind: "sign-in-refused", code, message };
      // A sign-in that freezes nothing is that of a login that has proved itself.
      const isNotEnabled = after === "not-enabled" || after === "sign-in";
      return { kind: isNotEnabled ? "not-enabled" : "refused", code, message };
    }
  }
}

/**
 * Until when a service may not be called about what a question asks, as far as is known: so that nobody agrees to what
 * will not be done. The call itself looks again.
 * @param now epoch ms
 */
export function serviceWait(
  book: Pick<ServiceAskParts["book"], "account" | "login" | "get">,
  question: ServiceQuestion,
  now: number,
): Extract<ServiceAskResult, { kind: "not-now" }> | undefined {
  const account = book.account(question.account);
  if (account === undefined) return undefined;
  const order = question.order === undefined ? undefined : book.get(question.order);
  const asked = order?.servicesAsked?.[question.service];
  const wait = waitOf(question, account, book.login(loginKey(account.ca, account)), asked, now);
  return wait && { kind: "not-now", ...wait };
}

/** Until when a service may not be called, and why. A person cannot shorten it: the CA asked for it. */
function waitOf(
  { service }: ServiceQuestion,
  account: Account,
  login: Login,
  asked: number | undefined,
  now: number,
): { readonly until: number; readonly why: "call-limit" | "retry-after" | "pace" } | undefined {
  const policy = policyOf(account);
  const quiet = backoffOf(login, policy, now);
  if (quiet && quiet.reason !== "unreachable" && quiet.until > now) return { until: quiet.until, why: quiet.reason };
  const free = (asked ?? -Infinity) + (policy.services[service] ?? policy.service);
  return asked !== undefined && free > now && !isAhead(asked, policy, now) ? { until: free, why: "pace" } : undefined;
}
