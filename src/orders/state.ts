import type { Freeze, Held, Order, Outcome } from "./order";
import { DAY } from "./policy";
import { english, type Say } from "./say";
import { isWatched, reissueFrom, type Check, type CheckReason, type Circumstances } from "./schedule";

/** What an order is to a person, in the order of the tree. */
export const GROUPS = ["needs-you", "ready", "waiting", "trouble", "done"] as const;
export type Group = (typeof GROUPS)[number];

/**
 * Where an order stands, for a row: a code that decides group, words and icon. `sign-in`: no secret in this window;
 * `step`: a validation step waits for the person; `reissue`: the old certificate is held and a new one awaited.
 */
export type Standing =
  | "frozen"
  | "no-account"
  | "sign-in"
  | "code-refused"
  | "step"
  | "awaiting-payment"
  | "ready"
  | "ready-to-collect"
  | "new"
  | "pending"
  | "being-issued"
  | "reissue"
  | "failed"
  | "not-understood"
  | "refused"
  | "bug"
  | "collected"
  | "expired";

const GROUP_OF: Readonly<Record<Standing, Group>> = {
  frozen: "needs-you",
  "no-account": "needs-you",
  "sign-in": "needs-you",
  "code-refused": "needs-you",
  step: "needs-you",
  "awaiting-payment": "needs-you",
  ready: "ready",
  "ready-to-collect": "ready",
  new: "waiting",
  pending: "waiting",
  "being-issued": "waiting",
  reissue: "waiting",
  failed: "trouble",
  "not-understood": "trouble",
  refused: "trouble",
  bug: "trouble",
  collected: "done",
  expired: "done",
};

/** What the tree shows of an order. */
export interface OrderState {
  readonly group: Group;
  readonly standing: Standing;
  /** One line in words, from the CA's where it gave some. */
  readonly words: string;
  /** Put away by a person, or long finished. */
  readonly archived: boolean;
  /** Days to the end of what is held, rounded down; negative afterwards. */
  readonly daysLeft?: number;
}

/** Finished orders are put away by themselves after this, in ms. */
export const ARCHIVE_AFTER = 30 * DAY;

/** What a window alone knows. */
export interface Here {
  /** Whether this window could not get the order's password or code. */
  readonly secretMissing: boolean;
}

/**
 * The state of an order. Pure.
 * @param check of the same order and time
 * @param now epoch ms
 * @param say for the words, in the language of whoever reads them
 */
export function stateOf(
  order: Order,
  circumstances: Circumstances,
  check: Check,
  here: Here,
  now: number,
  say: Say = english,
): OrderState {
  const [standing, words] = standingOf(order, circumstances, here, now, say);
  const held = order.held[0];
  return {
    group: GROUP_OF[standing],
    standing,
    words,
    archived: order.archived ?? isLongFinished(order, standing, check, now),
    ...(held && { daysLeft: Math.floor((held.notAfter - now) / DAY) }),
  };
}

/** The name of a row: what a person called it, the domain, or the order's number as the last resort. */
export function titleOf(order: Order): string {
  const detail = order.detail?.detail;
  const name =
    order.label ?? detail?.fqdn ?? order.held[0]?.names[0] ?? detail?.domains?.[0]?.domain ?? order.held[0]?.subject;
  if (name !== undefined && name !== "") return name;
  return order.reference.kind === "collectionCode" ? "Order by collection code" : order.reference.value;
}

/** Whether an older certificate than the one held was saved somewhere: there the new one belongs, too. */
export function isSavedOlder({ saved, held: [newest] }: Order): boolean {
  return saved !== undefined && newest !== undefined && saved.leaf !== newest.leaf;
}

/** Why and when an order is asked next, in English; the time is the caller's to format. */
export const CHECK_WORDS: Readonly<Record<CheckReason, string>> = {
  "never-asked": "not checked yet",
  waiting: "waiting for the CA",
  unanswered: "the last check got no answer",
  "being-issued": "being issued now",
  "awaiting-payment": "awaiting payment, checked less often",
  failed: "the last call failed",
  unreachable: "calls with this account fail at the moment",
  "call-limit": "the CA's call limit was reached",
  "retry-after": "the server asked to wait",
  "look-once": "one early check, as you wished",
  watched: "watched for a new certificate",
  reissue: "the certificate expires soon and its paid term goes on",
  "code-entered": "a new collection code was entered",
  thawed: "trying the sign-in again",
  held: "the certificate is held",
  available: "ready to collect",
  final: "the answer is final",
  "code-refused": "the collection code was refused",
  frozen: "the sign-in was refused",
  "no-account": "its account was removed",
  "no-status-call": "this product has no call for the status alone",
  "order-paused": "checks of this order are paused",
  paused: "all checks are paused",
  off: "background checks are switched off",
  archived: "archived",
};

function standingOf(order: Order, { login }: Circumstances, here: Here, now: number, say: Say): [Standing, string] {
  const { outcome } = order.answer ?? {};
  if (outcome?.kind === "refused" && (outcome.after === "final" || outcome.after === "bug")) {
    return standingOfOutcome(order, outcome, say);
  }
  const held = order.held[0];
  if (held && !isAwaited(order, now)) return standingOfHeld(order, held, now, say);
  if (!login) return ["no-account", say("Its account was removed: choose another")];
  if (login.frozen) return ["frozen", frozenWords(login.frozen, say)];
  if (here.secretMissing) return ["sign-in", say("Sign in again to go on")];
  return outcome ? standingOfOutcome(order, outcome, say) : ["new", say("Not checked yet")];
}

function standingOfHeld(order: Order, held: Held, now: number, say: Say): [Standing, string] {
  if (now > held.notAfter) return ["expired", say("Expired")];
  return (order.openedAt ?? 0) >= held.at || order.saved?.leaf === held.leaf
    ? ["collected", say("Collected")]
    : ["ready", say("Ready: the certificate is here")];
}

function standingOfOutcome(order: Order, outcome: Outcome, say: Say): [Standing, string] {
  switch (outcome.kind) {
    case "pending":
      return standingOfSteps(order, say);
    case "available":
      return ["ready-to-collect", say("Ready to collect")];
    case "issued":
      return [
        "reissue",
        outcome.leaf === order.held[0]?.leaf ? say("Waiting: still the old certificate") : say("Waiting for a new one"),
      ];
    case "not-understood":
      return ["not-understood", outcome.message];
    case "failed":
      return ["failed", outcome.message];
    case "refused":
      switch (outcome.after) {
        case "code":
          return ["code-refused", say("Its collection code was refused")];
        case "slow":
          return ["awaiting-payment", say("Awaiting payment")];
        case "soon":
          return ["being-issued", say("Being issued now")];
        case "sign-in":
          return ["pending", say("Waiting for the next sign-in")];
        case "later":
        case "hours":
          return ["failed", `${outcome.message} (${outcome.code})`];
        case "bug":
          return ["bug", `${outcome.message} (${outcome.code})`];
        case "final":
          return ["refused", `${outcome.message} (${outcome.code})`];
      }
  }
}

function standingOfSteps(order: Order, say: Say): [Standing, string] {
  const steps = order.detail?.detail.steps ?? [];
  const yours = steps.find((step) => step.state === "you" || step.state === "rejected");
  if (yours) return ["step", yours.next === "" ? say(yours.title) : say("Waiting for you: {0}", say(yours.next))];
  if (order.held.length > 0) return ["reissue", say("Waiting for a new one")];
  const theirs = steps.find((step) => step.state === "ca");
  return ["pending", theirs ? say("Waiting for the CA: {0}", say(theirs.title)) : say("Being processed by the CA")];
}

/** Whether another certificate than the one held is awaited. */
function isAwaited(order: Order, now: number): boolean {
  return isWatched(order) || order.answer?.outcome.kind === "pending" || now >= (reissueFrom(order) ?? Infinity);
}

function isLongFinished(order: Order, standing: Standing, check: Check, now: number): boolean {
  if (check.due !== undefined) return false;
  const since = standing === "expired" ? order.held[0]?.notAfter : order.answer?.at;
  return (standing === "expired" || standing === "refused") && since !== undefined && now - since > ARCHIVE_AFTER;
}

function frozenWords({ code, message }: Freeze, say: Say): string {
  return code === 0
    ? say("Sign in again: the first sign-in got no answer")
    : say("Sign in again: {0} ({1})", message, code);
}
