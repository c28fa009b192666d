import type { ServiceName } from "../../api/services/service";
import type { Order } from "./order";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * When an order is checked: the whole policy. All in ms. The CA asks callers to query one order no more often than
 * every three hours (Sectigo, CollectSSL and push pages); that is the default and the minimum for automatic checks.
 */
export const POLICY = {
  ca: {
    /** Between two checks of one order. */
    wait: 3 * HOUR,
    /** Up to this is added, never subtracted, so that orders tracked together drift apart. */
    jitter: 10 * MINUTE,
    /** A person who agreed may check again after this. */
    floor: MINUTE,
    /** -26, "being issued now": first, second and third time; then the usual wait. */
    soon: [20 * MINUTE, 40 * MINUTE, 2 * HOUR],
    /** -22, awaiting payment. */
    slow: DAY,
    /** -42, a call limit was reached: applies to every order of the login. */
    limit: 6 * HOUR,
    /**
     * A call without an answer is repeated after this; doubled each time, up to `longest`, for all orders of a login.
     */
    retry: 5 * MINUTE,
    /**
     * A call that certainly never left costs the CA nothing: it is repeated after this, doubled each time up to `retry`
     * only, and after this each time while a person is at the window.
     */
    probe: MINUTE,
    /** A call that may have reached the CA backs off from `wait`, doubled each time up to this. */
    longest: DAY,
    /** "Check once in 15 minutes". */
    look: 15 * MINUTE,
    /** A reissue that nobody watches is checked for once in this time… */
    reissue: DAY,
    /** …and at the usual pace once the certificate has less than this left, until it has been expired for as long. */
    reissueNear: 7 * DAY,
    /** A watched reissue is checked for at the usual pace for this long, then once a day. */
    watch: 14 * DAY,
    /** Between the beginnings of two rounds of reports about the orders of a login. */
    report: 3 * HOUR,
    /** A round that is later than this counts as failed, and its orders are checked at the usual pace. */
    reportGrace: 30 * MINUTE,
    /** Between two calls of a service about one order: documented for RetryCAACheck alone, ours for the others. */
    services: { RetryCAACheck: 10 * MINUTE, ResendDCVEmail: 10 * MINUTE },
    service: 10 * SECOND,
  },
  /** The sandbox's orders progress in seconds. */
  sandbox: {
    wait: 3 * SECOND,
    jitter: 0,
    floor: SECOND,
    soon: [SECOND],
    slow: 10 * SECOND,
    limit: 20 * SECOND,
    retry: 5 * SECOND,
    probe: SECOND,
    longest: 5 * MINUTE,
    look: 2 * SECOND,
    reissue: 10 * SECOND,
    reissueNear: 7 * DAY,
    watch: 5 * MINUTE,
    report: 15 * SECOND,
    reportGrace: 15 * SECOND,
    services: { RetryCAACheck: 10 * SECOND, ResendDCVEmail: 10 * SECOND },
    service: 0,
  },
} as const satisfies Record<string, Policy>;

export interface Policy {
  readonly wait: number;
  readonly jitter: number;
  readonly floor: number;
  readonly soon: readonly number[];
  readonly slow: number;
  readonly limit: number;
  readonly retry: number;
  readonly probe: number;
  readonly longest: number;
  readonly look: number;
  readonly reissue: number;
  readonly reissueNear: number;
  readonly watch: number;
  readonly report: number;
  readonly reportGrace: number;
  readonly services: Readonly<Partial<Record<ServiceName, number>>>;
  /** For services that are not in `services`. */
  readonly service: number;
}

/** The part of the policy that applies to an order. */
export function policyOf({ ca }: Pick<Order, "ca">): Policy {
  return ca === "sandbox" ? POLICY.sandbox : POLICY.ca;
}

/**
 * The longest Retry-After that is honoured, in ms: a server's mistake must not stop all orders of a login for days.
 */
export const LONGEST_RETRY_AFTER = DAY;

/** ms that a call and its turn may take; an unanswered call from longer ago was lost with its process. */
export const LONGEST_CALL = 180_000;

/**
 * A certificate is due for reissue when this share of its lifetime is left, at most {@link REISSUE_LEAD} before it
 * expires.
 */
export const REISSUE_SHARE = 1 / 3;
export const REISSUE_LEAD = 30 * DAY;
/**
 * A successor is to be there when this share of a certificate's lifetime is left, at most {@link ACTION_LEAD} before it
 * expires: half of the time in which it is due, so that as much is left for validation, saving and what goes wrong.
 */
export const ACTION_SHARE = 1 / 6;
export const ACTION_LEAD = 14 * DAY;
/** A paid term that ends within this many ms of the certificate counts as ending with it. */
export const SAME_END = DAY;
