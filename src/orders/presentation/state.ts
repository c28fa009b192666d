import { CA_ADVICE, caWord } from "../model/ca-words";
import { isOutage, lastSaid } from "../model/said";
import { isRevoked } from "../model/concerns";
import type { Circumstances } from "../model/circumstances";
import type { Doubt, Freeze, CollectedCertificate, Order, Outcome } from "../model/order";
import { DAY, LONGEST_CALL } from "../model/policy";
import { english, type Localize } from "../localize";
import { isCodeWanted, isWatched, reissueFrom, type Check } from "../checking/schedule";

/** What an order means for a person, in the order of the tree. */
export const GROUPS = ["needs-you", "ready", "waiting", "trouble", "done"] as const;
export type Group = (typeof GROUPS)[number];

/**
 * The status of an order, for a row: it determines group, words and icon. `sign-in`: this window does not have the
 * secret; `step`: a validation step waits for the person; `reissue`: the old certificate is here and a new one is
 * awaited; `unanswered`: a call was sent and never answered; `not-issued`: the CA says that it stopped; `doubtful`:
 * what was collected may not be what was ordered.
 */
export type OrderStatus =
  | "frozen"
  | "no-account"
  | "sign-in"
  | "code-refused"
  | "code-wanted"
  | "step"
  | "awaiting-payment"
  | "ready"
  | "ready-to-collect"
  | "new"
  | "unanswered"
  | "pending"
  | "being-issued"
  | "reissue"
  | "failed"
  | "not-understood"
  | "refused"
  | "bug"
  | "not-issued"
  | "doubtful"
  | "revoked"
  | "replaced"
  | "collected"
  | "expired";

const GROUP_OF: Readonly<Record<OrderStatus, Group>> = {
  frozen: "needs-you",
  "no-account": "needs-you",
  "sign-in": "needs-you",
  "code-refused": "needs-you",
  "code-wanted": "needs-you",
  step: "needs-you",
  "awaiting-payment": "needs-you",
  ready: "ready",
  "ready-to-collect": "ready",
  new: "waiting",
  unanswered: "waiting",
  pending: "waiting",
  "being-issued": "waiting",
  reissue: "waiting",
  failed: "trouble",
  "not-understood": "trouble",
  refused: "trouble",
  bug: "trouble",
  "not-issued": "trouble",
  doubtful: "trouble",
  revoked: "trouble",
  replaced: "trouble",
  collected: "done",
  expired: "done",
};

/** All of them, in the order of the groups. */
export const ORDER_STATUSES = Object.keys(GROUP_OF) as readonly OrderStatus[];

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
  /** Days until the certificate expires, rounded down; negative afterwards. */
  readonly daysLeft?: number;
}

/** Finished orders are archived automatically after this, in ms. */
export const ARCHIVE_AFTER = 30 * DAY;

/** What only this window knows. */
export interface WindowFacts {
  /** Whether this window could not get the order's password or code. */
  readonly secretMissing: boolean;
}

/**
 * The state of an order. Pure.
 * @param check of the same order and time
 * @param now epoch ms
 * @param localize for the words, in the reader's language
 */
export function stateOf(
  order: Order,
  circumstances: Circumstances,
  check: Check,
  here: WindowFacts,
  now: number,
  localize: Localize = english,
): OrderState {
  const [status, words, advice] = statusOf(order, circumstances, here, now, localize);
  const collected = order.certificates[0];
  return {
    group: GROUP_OF[status],
    status,
    words,
    ...(advice !== undefined && advice !== "" && { advice }),
    archived: order.archived ?? isLongFinished(order, status, check, now),
    ...(collected && { daysLeft: Math.floor((collected.notAfter - now) / DAY) }),
  };
}

/** The name of a row: what a person called it, the domain, or as a last resort the order's number. */
export function titleOf(order: Order): string {
  const detail = order.detail?.detail;
  const name =
    order.label ??
    detail?.fqdn ??
    order.certificates[0]?.names[0] ??
    detail?.domains?.[0]?.domain ??
    order.certificates[0]?.subject;
  if (name !== undefined && name !== "") return name;
  return order.reference.kind === "collectionCode" ? "Order with a collection code" : order.reference.value;
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
  localize: Localize,
): StatusWithWords {
  const outcome = shownOutcome(order, login);
  if (outcome?.kind === "refused" && (outcome.after === "final" || outcome.after === "bug")) {
    return statusOfOutcome(order, outcome, localize);
  }
  const collected = order.certificates[0];
  if (collected && !isAwaited(order, now)) return statusOfCertificate(order, collected, now, localize);
  if (!login) return ["no-account", localize("Its account was removed: choose another")];
  if (login.frozen) return ["frozen", frozenWords(login.frozen, localize)];
  if (here.secretMissing) return ["sign-in", localize("Sign in again to continue")];
  if (outcome) return statusOfOutcome(order, outcome, localize);
  return isLost(order, now)
    ? ["unanswered", localize("Asked, but no answer came")]
    : ["new", localize("Not checked yet")];
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
  localize: Localize,
): StatusWithWords {
  const revoked = revokedWords(order, collected, localize);
  if (revoked !== undefined) return ["revoked", revoked, localize(CA_ADVICE.revoked)];
  if (now > collected.notAfter) return ["expired", localize("Expired")];
  const stated = caWord(order.detail?.detail);
  if (stated?.word === "replaced")
    return ["replaced", localize("Replaced by another certificate"), localize(CA_ADVICE.replaced)];
  const [doubt] = collected.doubts ?? [];
  // A person who saved it was asked, and knows.
  if (doubt !== undefined && order.saved?.leaf !== collected.leaf)
    return ["doubtful", doubtWords(doubt, localize), doubt.message];
  return (order.openedAt ?? 0) >= collected.at || order.saved?.leaf === collected.leaf
    ? ["collected", localize("Collected")]
    : ["ready", localize("Ready: the certificate is here")];
}

/**
 * What the CA's servers, or its own words about the order, say about a revocation; `undefined` if it was not revoked.
 */
function revokedWords(order: Order, collected: CollectedCertificate, localize: Localize): string | undefined {
  const { revocation } = order;
  if (revocation?.leaf === collected.leaf && revocation.state === "revoked") {
    const { since } = revocation;
    return since === undefined
      ? localize("Revoked")
      : localize("Revoked on {0}", new Date(since).toISOString().slice(0, 10));
  }
  return isRevoked(order, collected) ? localize("Revoked") : undefined;
}

function doubtWords({ kind }: Doubt, localize: Localize): string {
  return kind === "names"
    ? localize("Its names are not the ones ordered")
    : localize("The CA's certificates are missing");
}

function statusOfOutcome(order: Order, outcome: Outcome, localize: Localize): StatusWithWords {
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
      return ["not-understood", outcome.message];
    case "failed":
      return ["failed", outcome.message];
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
          return ["failed", `${outcome.message} (${outcome.code})`, localize(outcome.advice)];
        case "bug":
          return ["bug", `${outcome.message} (${outcome.code})`, localize(outcome.advice)];
        case "final":
          return ["refused", `${outcome.message} (${outcome.code})`, localize(outcome.advice)];
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
  const steps = order.detail?.detail.steps ?? [];
  const yours = steps.find((step) => step.state === "you" || step.state === "rejected");
  if (yours)
    return ["step", yours.next === "" ? localize(yours.title) : localize("Waiting for you: {0}", localize(yours.next))];
  if (order.certificates.length > 0) return ["reissue", localize("Waiting for a new one")];
  const theirs = steps.find((step) => step.state === "ca");
  return [
    "pending",
    theirs ? localize("Waiting for the CA: {0}", localize(theirs.title)) : localize("Being processed by the CA"),
  ];
}

/** Whether another certificate than the collected one is awaited. */
function isAwaited(order: Order, now: number): boolean {
  return isWatched(order) || lastSaid(order)?.outcome.kind === "pending" || now >= (reissueFrom(order) ?? Infinity);
}

function isLongFinished(order: Order, status: OrderStatus, check: Check, now: number): boolean {
  if (check.due !== undefined) return false;
  const since = status === "expired" ? order.certificates[0]?.notAfter : order.answer?.at;
  return (status === "expired" || status === "refused") && since !== undefined && now - since > ARCHIVE_AFTER;
}

function frozenWords({ code, message }: Freeze, localize: Localize): string {
  return code === 0
    ? localize("Sign in again: the first sign-in got no answer")
    : localize("Sign in again: {0} ({1})", message, code);
}
