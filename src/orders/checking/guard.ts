import { refusalSaid } from "../model/said-message";
import { phrase, type Phrase } from "../../words/phrase";
import { NOT_SENT } from "../ports";
import { isAnonymous } from "../model/login-key";
import type { Freeze, Login, Outcome } from "../model/order";

// The CA answers -16 for a wrong password, a locked account, an expired password and a blocked address alike, and
// locks an account after some wrong ones. So one refused sign-in stops every call with that login, in every window,
// until a person has acted; then exactly one call is tried, and the rest wait for its answer.

/**
 * Codes of failures where the request was certainly never sent, so the CA did not judge a password. After any other
 * failure, including an abort, it may have reached the CA.
 */
const NEVER_LEFT: ReadonlySet<string> = new Set([
  ...NOT_SENT,
  "not-https",
  "unresolved",
  "refused",
  "unreachable",
  "certificate-expired",
  "certificate-name",
  "certificate-untrusted",
  "tls",
  "proxy",
]);

/** Whether a failed call certainly did not reach the CA. */
export function neverLeft(outcome: Outcome): boolean {
  return outcome.kind === "failed" && isNeverSent(outcome.code);
}

/** Whether nothing was sent, by the code of a failure. */
export function isNeverSent(code: string | undefined): boolean {
  return code !== undefined && NEVER_LEFT.has(code);
}

/**
 * Whether a call with an unproved login was never answered because its process died. The CA may have counted a failed
 * sign-in, so the login is frozen rather than tried again. Call this only under the CA's lock, when no call is in
 * flight.
 */
export function freezeForSilence(login: Login): Omit<Freeze, "at"> | undefined {
  if (isAnonymous(login.key) || login.frozen || login.proved || login.unansweredAt === undefined) return undefined;
  return { code: 0, message: SILENCE };
}

/** Whether an answer freezes an unproved login: the CA may have judged it, and we cannot tell how. */
export function freezeForOutcome(login: Login, outcome: Outcome): Omit<Freeze, "at"> | undefined {
  if (isAnonymous(login.key) || login.proved) return undefined;
  if (outcome.kind === "not-understood") return outcome.code === "text" ? { code: 0, message: RIDDLE } : undefined;
  return outcome.kind === "failed" && !neverLeft(outcome) ? { code: 0, message: SILENCE } : undefined;
}

const SILENCE = phrase("A first sign-in was sent but never answered, so it may have been refused.").text;
/** HTML pages and archives come from elsewhere; a text may be a refusal in words or an undocumented format. */
const RIDDLE = phrase("A first sign-in was sent but its answer could not be read, so it may have been refused.").text;

/** What is said of a frozen login: the CA's words, or ours where it said nothing. */
export const freezeSaid = ({ code, message }: Freeze): Phrase | string =>
  code === 0 ? { text: message } : refusalSaid(message);

/** What an answer says against a login, to be stored if the answer itself cannot be. */
export function freezeOf(login: Login, outcome: Outcome): Omit<Freeze, "at"> | undefined {
  const isRefused = outcome.kind === "refused" && outcome.after === "sign-in";
  return isRefused ? { code: outcome.code, message: outcome.message } : freezeForOutcome(login, outcome);
}

/**
 * Whether an answer shows that the login is good. Refusals of an argument (-1 to -4, -17) may come before the login is
 * looked at, and -14 and -42 say nothing about it.
 */
export function proves(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case "pending":
    case "available":
    case "issued":
      return true;
    case "refused":
      return (
        !BEFORE_SIGN_IN.has(outcome.code) &&
        (outcome.after === "final" || outcome.after === "slow" || outcome.after === "soon")
      );
    case "not-understood":
    case "failed":
      return false;
  }
}

const BEFORE_SIGN_IN: ReadonlySet<number> = new Set([-1, -2, -3, -4, -17]);
