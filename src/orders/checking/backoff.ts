import { isNeverSent } from "./guard";
import type { CaName, Login, LoginAnswer } from "../model/order";
import { LONGEST_RETRY_AFTER, policyOf, type Policy } from "../model/policy";

/** From when until when no calls are made with a login. Epoch ms. */
export interface Backoff {
  readonly since: number;
  readonly until: number;
  readonly reason: "call-limit" | "retry-after" | "unreachable";
}

/**
 * Until when the CA asks for no calls at all with a login: its call limit was reached, or it sent Retry-After. Epoch
 * ms; `undefined` if it does not ask for a wait, or the wait is over.
 */
export function requestedWait(login: Login, ca: CaName, now: number): number | undefined {
  const quiet = backoffOf(login, policyOf({ ca }), now);
  return quiet && quiet.reason !== "unreachable" && quiet.until > now ? quiet.until : undefined;
}

/**
 * How long no calls are made with a login after the result of the last one; `undefined` if calls may be made.
 * @param reachedAt when the CA last answered another login: it can be reached again
 */
export function backoffOf(login: Login, policy: Policy, now: number, reachedAt = -Infinity): Backoff | undefined {
  const last = login.lastAnswer;
  if (!last || (login.thawedAt ?? 0) > last.at || isAhead(last.at, policy, now)) return undefined;
  const since = last.at;
  if (last.limited) return { since, until: since + policy.limit, reason: "call-limit" };
  const backOff = last.failures === 0 ? 0 : afterFailures(last, policy, reachedAt);
  const requested = Math.min(last.retryAfter ?? 0, LONGEST_RETRY_AFTER);
  // A server that says "at once", or names a time in the past, has still failed.
  if (requested > 0 && requested >= backOff) return { since, until: since + requested, reason: "retry-after" };
  return backOff === 0 ? undefined : { since, until: since + backOff, reason: "unreachable" };
}

/** From when one call may try whether the CA can be reached again; `undefined` if the last call may have reached it. */
export function probeFrom({ lastAnswer: last }: Login, policy: Policy): number | undefined {
  return last !== undefined && last.failures > 0 && isNeverSent(last.failed?.code) ? last.at + policy.probe : undefined;
}

function afterFailures({ at, failures, failed }: LoginAnswer, policy: Policy, reachedAt: number): number {
  if (!isNeverSent(failed?.code)) return doubled(policy.retry, failures, policy.longest);
  return reachedAt > at ? policy.probe : doubled(policy.probe, failures, policy.retry);
}

/** Whether a wrong clock wrote a time: it is further ahead than a whole wait. Waiting for it could take years. */
export function isAhead(at: number, policy: Policy, now: number): boolean {
  return at > now + policy.wait;
}

/** The wait after several failures in a row, in ms: doubled with each, up to the longest. */
export function doubled(first: number, inRow: number, longest: number): number {
  return Math.min(longest, first * 2 ** Math.max(0, Math.min(30, inRow - 1)));
}
