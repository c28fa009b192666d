import { CA_ADVICE, caWord } from "../model/ca-words";
import { isAtEnd, isOutage, lastSaid, lastStanding } from "../model/said";
import type { Circumstances } from "../model/circumstances";
import type { Doubt, Freeze, CollectedCertificate, Order, Outcome } from "../model/order";
import { DAY, LONGEST_CALL } from "../model/policy";
import { ENGLISH, english, inWords, type Locale, type Localize } from "../../words/localize";
import { messageSaid, refusalSaid } from "../model/said-message";
import { isCodeWanted, isWatched, type Check } from "../checking/schedule";
import { reissueFrom } from "../model/next-action";
import { GROUP_OF, type Group, type OrderStatus } from "./status";
import type { OrderStep } from "./order-step";
import { stepNext, stepTitle } from "./step-words";
import { firstOfYours, stepsSaid } from "./steps";
import { revokedWords } from "./revoked-words";
import { groupOfSaved, savedWords } from "./task-words";

export { GROUPS, ORDER_STATUSES, type Group, type OrderStatus } from "./status";

/** What the tree shows of an order. */
export interface OrderState {
  readonly group: Group;
  readonly status: OrderStatus;
  /** One line in words, from the CA's own if it gave any. */
  readonly words: string;
  /** What a person can do, one sentence; absent if there is nothing to do, or the words say it. */
  readonly advice?: string;
  /** Archived by a person, or long finished. */
  readonly archived: boolean;
  /** Calendar days until the certificate expires, in UTC: 0 on its last day, negative once it has expired. */
  readonly daysLeft?: number;
}

/** Finished orders are archived automatically after this, in ms. */
export const ARCHIVE_AFTER = 30 * DAY;

/** What only this window knows. */
export interface WindowFacts {
  /** Whether this window could not get the order's password or code. */
  readonly secretMissing: boolean;
  /**
   * Whether the certificate was opened in this window since it started. Its row then stays in "Ready", where the person
   * clicked it, until it is saved or marked as seen; other windows and the next start show it in "Done".
   */
  readonly openedHere?: boolean;
}

/**
 * The state of an order. Pure.
 * @param check of the same order and time
 * @param now epoch ms
 * @param locale of the words
 */
export function stateOf(
  order: Order,
  circumstances: Circumstances,
  check: Check,
  here: WindowFacts,
  now: number,
  locale: Locale = ENGLISH,
): OrderState {
  const [status, words, advice] = statusOf(order, circumstances, here, now, locale);
  const collected = order.certificates[0];
  return {
    group: groupOf(order, status, here, now),
    status,
    words,
    ...(advice !== undefined && advice !== "" && { advice }),
    archived: order.archived ?? isLongFinished(order, status, check, now),
    ...(collected && { daysLeft: daysUntil(collected.notAfter, now) }),
  };
}

function groupOf(order: Order, status: OrderStatus, { openedHere }: WindowFacts, now: number): Group {
  if (status === "opened" && openedHere === true) return "ready";
  return (status === "saved" ? groupOfSaved(order, now) : undefined) ?? GROUP_OF[status];
}

function daysUntil(end: number, now: number): number {
  const days = Math.floor(end / DAY) - Math.floor(now / DAY);
  return now > end ? Math.min(-1, days) : days;
}

/**
 * The name of a row: what a person called it, the domain, or as a last resort the order's number.
 * @param localize for the reader; for programs and agents it is in English
 */
export function titleOf(order: Order, localize: Localize = english): string {
  const detail = order.detail?.detail;
  const name =
    order.label ??
    detail?.fqdn ??
    order.certificates[0]?.names[0] ??
    detail?.domains?.[0]?.domain ??
    order.certificates[0]?.subject ??
    order.reported?.row?.domains?.[0];
  if (name !== undefined && name !== "") return name;
  return order.reference.kind === "collectionCode" ? localize("Order with a collection code") : order.reference.value;
}

/** Whether an older certificate than the newest was saved somewhere: the new one belongs there, too. */
export function isSavedOlder({ saved, certificates: [newest] }: Order): boolean {
  return saved !== undefined && newest !== undefined && saved.leaf !== newest.leaf;
}

/** A status with its words, and what can be done. */
type StatusWithWords = [status: OrderStatus, words: string, advice?: string];

function statusOf(
  order: Order,
  { login }: Circumstances,
  here: WindowFacts,
  now: number,
  locale: Locale,
): StatusWithWords {
  const outcome = shownOutcome(order, login);
  const [collected] = order.certificates;
  const held = collected && statusOfCertificate(order, collected, now, locale);
  // Nothing that is awaited, or that a person has to do for it, makes a revoked certificate a good one.
  if (held?.[0] === "revoked") return held;
  if (isAtEnd(order) && outcome) return statusOfOutcome(order, outcome, locale);
  if (held && !isSuperseded(order, now)) return held;
  const awaited = statusOfAwaited(order, outcome, login, here, now, locale);
  return held && isStillSo(held[0], awaited[0]) ? held : awaited;
}

/** Whether what is here says more than what is awaited: whoever waits for another certificate still has this one. */
function isStillSo(held: OrderStatus, awaited: OrderStatus): boolean {
  return held !== "expired" && held !== "replaced" && GROUP_OF[awaited] === "waiting";
}

/** The status of an order whose certificate, or another certificate, is yet to come. */
function statusOfAwaited(
  order: Order,
  outcome: Outcome | undefined,
  login: Circumstances["login"],
  here: WindowFacts,
  now: number,
  locale: Locale,
): StatusWithWords {
  const { localize } = locale;
  if (!login) return ["no-account", localize("Its account was removed: choose another")];
  if (login.frozen) return ["frozen", frozenWords(login.frozen, localize)];
  if (here.secretMissing) return ["sign-in", localize("Sign in again to continue")];
  if (outcome) return statusOfOutcome(order, outcome, locale);
  return isLost(order, now)
    ? ["unanswered", localize("Asked, but no answer came")]
    : ["unchecked", localize("Not checked yet")];
}

/**
 * The outcome that a row shows. Calls that fail take nothing from what is known of an order, since the view says once
 * for all of them that there is no connection; only an account that never reached its CA has nothing else to show.
 */
function shownOutcome(order: Order, login: Circumstances["login"]): Outcome | undefined {
  const outcome = lastSaid(order)?.outcome;
  const isOfConnection = outcome?.kind === "failed" && (isOutage(outcome.code) || outcome.code === "cancelled");
  return isOfConnection && login?.proved === true ? undefined : outcome;
}

/** Whether a call was sent and its process died before it was answered. */
function isLost({ asked }: Order, now: number): boolean {
  return asked?.answered === false && now - asked.at > LONGEST_CALL;
}

function statusOfCertificate(
  order: Order,
  collected: CollectedCertificate,
  now: number,
  locale: Locale,
): StatusWithWords {
  const { localize } = locale;
  const revoked = revokedWords(order, collected, locale);
  if (revoked !== undefined) return ["revoked", revoked, localize(CA_ADVICE.revoked)];
  if (now > collected.notAfter) return ["expired", localize("Expired")];
  const stated = caWord(order.detail?.detail);
  if (stated?.word === "replaced")
    return ["replaced", localize("Replaced by another certificate"), localize(CA_ADVICE.replaced)];
  const [doubt] = collected.doubts ?? [];
  // A person who saved it was asked, and knows.
  if (doubt !== undefined && order.saved?.leaf !== collected.leaf)
    return ["doubtful", doubtWords(doubt, localize), inWords(messageSaid(doubt), locale)];
  if (order.saved?.leaf === collected.leaf) return ["saved", ...savedWords(order, now, localize)];
  return (order.openedAt ?? 0) >= collected.at
    ? ["opened", localize("Opened")]
    : ["new", localize("New: the certificate is here")];
}

function doubtWords({ kind }: Doubt, localize: Localize): string {
  return kind === "names"
    ? localize("Its names are not the ones ordered")
    : localize("The CA's certificates are missing");
}

function statusOfOutcome(order: Order, outcome: Outcome, locale: Locale): StatusWithWords {
  const { localize } = locale;
  switch (outcome.kind) {
    case "pending":
      return statusOfSteps(order, localize);
    case "available":
      return ["ready-to-collect", localize("Ready to collect")];
    case "issued":
      return [
        "reissue",
        outcome.leaf === order.certificates[0]?.leaf
          ? localize("Waiting: still the old certificate")
          : localize("Waiting for a new one"),
      ];
    case "not-understood":
      return ["not-understood", inWords(messageSaid(outcome), locale)];
    case "failed":
      return ["failed", inWords(messageSaid(outcome), locale)];
    case "refused":
      switch (outcome.after) {
        case "code":
          // CollectPAC's page marks the code required, and then says "if specified".
          return isCodeWanted(outcome)
            ? ["code-wanted", localize("The CA wants its collection code"), localize(outcome.advice)]
            : ["code-refused", localize("Its collection code was refused"), localize(outcome.advice)];
        case "slow":
          return ["awaiting-payment", localize("Awaiting payment")];
        case "soon":
          return ["being-issued", localize("Being issued now")];
        case "sign-in":
          return ["pending", localize("Waiting for the next sign-in")];
        case "later":
        case "hours":
          return [
            "failed",
            localize("{0} ({1})", refusalSaid(outcome.message), outcome.code),
            localize(outcome.advice),
          ];
        case "bug":
          return ["bug", localize("{0} ({1})", refusalSaid(outcome.message), outcome.code), localize(outcome.advice)];
        case "final":
          return [
            "refused",
            localize("{0} ({1})", refusalSaid(outcome.message), outcome.code),
            localize(outcome.advice),
          ];
      }
  }
}

function statusOfSteps(order: Order, localize: Localize): StatusWithWords {
  const stated = caWord(order.detail?.detail);
  // What the CA says about the collected certificate does not delay the next one.
  const isOfCollected = order.certificates.length > 0 && (stated?.word === "revoked" || stated?.word === "replaced");
  if (stated !== undefined && !isOfCollected) {
    return ["not-issued", localize("Not issued: {0}", stated.text), localize(CA_ADVICE[stated.word])];
  }
  const steps = stepsSaid(order);
  const yours = firstOfYours(steps);
  if (yours) return ["step", yourWords(yours, localize)];
  if (order.certificates.length > 0) return ["reissue", localize("Waiting for a new one")];
  const theirs = steps.find((step) => step.state === "ca");
  return [
    "pending",
    theirs ? localize("Waiting for the CA: {0}", stepTitle(theirs, localize)) : localize("Being processed by the CA"),
  ];
}

/** What a step wants of a person. */
function yourWords(step: OrderStep, localize: Localize): string {
  const next = stepNext(step, localize);
  const title = stepTitle(step, localize);
  if (next === "" && step.state === "rejected") return title;
  return localize("Waiting for you: {0}", next === "" ? title : next);
}

/** Whether the certificate is not the CA's last word: another one is awaited, or the order was ended since. */
function isSuperseded(order: Order, now: number): boolean {
  const outcome = lastStanding(order)?.outcome;
  const isOpen = outcome?.kind === "pending" || (outcome?.kind === "refused" && outcome.after === "final");
  return isOpen || isWatched(order) || now >= (reissueFrom(order) ?? Infinity);
}

function isLongFinished(order: Order, status: OrderStatus, check: Check, now: number): boolean {
  if (check.due !== undefined) return false;
  const since = status === "expired" ? order.certificates[0]?.notAfter : lastSaid(order)?.at;
  return (status === "expired" || status === "refused") && since !== undefined && now - since > ARCHIVE_AFTER;
}

function frozenWords({ code, message }: Freeze, localize: Localize): string {
  return code === 0
    ? localize("Sign in again: the first sign-in got no answer")
    : localize("Sign in again: {0} ({1})", refusalSaid(message), code);
}
