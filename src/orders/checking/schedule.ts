import { PRODUCT_FACTS } from "../../api/product";
import type { Circumstances } from "../model/circumstances";
import { neverLeft } from "./guard";
import type { CollectedCertificate, Login, Order, Outcome } from "../model/order";
import { reissueFrom } from "../model/next-action";
import { DAY, POLICY, policyOf, type Policy } from "../model/policy";
import { doubled, isAhead, backoffOf, probeFrom, type Backoff } from "./backoff";
import type { CheckReason } from "./check-reason";
import { isReportable, newsSince, reportedUntil } from "./reports";

/** When an order is checked next, and when a person may check it. Times are epoch ms. */
export interface Check {
  /** When it is checked automatically; absent if it is not. */
  readonly due?: number;
  /** Why then, or why not at all. */
  readonly reason: CheckReason;
  /**
   * The same, ignoring what only prevents automatic checks (background checks that are off or paused, a paused or
   * archived order). A person's checks use this.
   */
  readonly plan: { readonly due?: number; readonly reason: CheckReason };
  /** From when it may be checked to see whether the CA can be reached again, while calls fail and nothing is sent. */
  readonly probe?: number;
  /** From when a person may check without confirming; absent: not before something else changes. */
  readonly free?: number;
  /** From when a person may check who agrees to check sooner than the CA asks. At most `free`. */
  readonly sooner?: number;
}

/**
 * When an order is checked next. Pure: the same for every window that read the same lines.
 * @param now epoch ms
 * @param jitter 0 up to 1, the same for one order and wait: see {@link jitterOf}
 */
export function nextCheck(order: Order, circumstances: Circumstances, now: number, jitter: number): Check {
  const { login } = circumstances;
  if (!login) return { reason: "no-account", plan: { reason: "no-account" } };
  if (login.frozen) return { reason: "frozen", plan: { reason: "frozen" } };
  const policy = policyOf(order);
  const plan = planOf(order, login, policy, now);
  const quiet = backoffOf(login, policy, now, circumstances.reachedAt);

  const asked = lastAsked(order, policy, now);
  const wait = quiet && quiet.reason !== "unreachable" ? quiet : { since: 0, until: 0 };
  const manual = manualOf(order, plan, wait, policy, asked, now);

  const due = plan.due === undefined ? undefined : plan.due + (plan.exact ? 0 : Math.floor(jitter * policy.jitter));
  const planned = plannedCheck(plan.reason, due, quiet);
  const idle = idleReason(order, circumstances);
  if (idle !== undefined) return { reason: idle, plan: planned, ...manual };
  const probe = planned.reason === "unreachable" ? probeFrom(login, policy) : undefined;
  const mayProbe = due !== undefined && probe !== undefined && { probe: Math.max(due, probe) };
  return { ...planned, ...mayProbe, plan: planned, ...manual };
}

function plannedCheck(reason: CheckReason, due: number | undefined, quiet: Backoff | undefined): Check["plan"] {
  if (due === undefined) return { reason };
  return quiet && quiet.until > due ? { due: quiet.until, reason: quiet.reason } : { due, reason };
}

/**
 * From when an order is checked automatically. Epoch ms; `undefined` if it is not.
 * @param probe whether it may see whether its CA can be reached again
 */
export function automaticFrom({ due, probe: from }: Check, probe: boolean): number | undefined {
  return probe && due !== undefined && from !== undefined ? Math.min(due, from) : due;
}

/** Whether a person may check now, and if not, whether agreeing to check sooner than the CA asks would suffice. */
export function mayAsk(check: Check, now: number): "yes" | "after-agreeing" | "no" {
  if (check.free !== undefined && check.free <= now) return "yes";
  return check.sooner !== undefined && check.sooner <= now ? "after-agreeing" : "no";
}

/**
 * A fraction from 0 up to 1 that is the same in every window for one order and wait: FNV-1a over id and last check.
 */
export function jitterOf(order: Order): number {
  let hash = 0x811c9dc5;
  const mix = (value: number) => (hash = Math.imul(hash ^ value, 0x01000193));
  for (let i = 0; i < order.id.length; i++) mix(order.id.charCodeAt(i));
  for (let rest = order.asked?.at ?? 0; rest >= 1; rest = Math.floor(rest / 256)) mix(rest % 256);
  return (hash >>> 0) / 2 ** 32;
}

/** When "check once in 15 minutes" takes place. Epoch ms. */
export function lookDue(order: Order, now: number): number {
  return now + policyOf(order).look;
}

/**
 * Whether two answers in a row count as one run: of failures, whatever they were, or of the same answer. Back-off and
 * short waits depend on the length of the run.
 */
export function sameMeaning(a: Outcome, b: Outcome): boolean {
  return meaning(a) === meaning(b);
}

/** Whether a person is watching for another certificate than the collected one, and it has not come yet. */
export function isWatched(order: Order): boolean {
  return order.watchedAt !== undefined && order.watchedAt >= (order.certificates[0]?.at ?? 0);
}

/**
 * How the wait grows when one call at a time cannot keep up: the time between two checks of one order.
 * @param waiting orders that are checked at the usual pace
 * @param call ms one call takes
 */
export function effectiveWait(waiting: number, call: number): number {
  return Math.max(POLICY.ca.wait, waiting * call);
}

interface Plan {
  readonly due?: number;
  readonly reason: CheckReason;
  /** Exact, without jitter: a person set it, or the order was never checked. */
  readonly exact?: boolean;
  /** A person may check at once: the last call did not count, or its answer invites another. */
  readonly invites?: boolean;
}

/** @param wait since when and until when the CA asks for no calls with this login, epoch ms */
function manualOf(
  order: Order,
  plan: Plan,
  wait: Pick<Backoff, "since" | "until">,
  policy: Policy,
  asked: number | undefined,
  now: number,
): Pick<Check, "free" | "sooner"> {
  // The person agreed to what was known then: a later request of the CA to wait needs a new confirmation.
  const hasAgreed =
    order.agreedAt !== undefined && order.agreedAt > (asked ?? -Infinity) && order.agreedAt >= wait.since;
  if (asked === undefined) {
    const since = Math.min(order.trackedAt, now);
    return { free: hasAgreed ? since : Math.max(since, wait.until), sooner: since };
  }
  if (plan.invites) return { free: asked, sooner: asked };
  const sooner = asked + policy.floor;
  return { free: hasAgreed ? sooner : Math.max(asked + policy.wait, wait.until), sooner };
}

function planOf(order: Order, login: Login, policy: Policy, now: number): Plan {
  const plan = planByReport(order, login, policy, now);
  const { look } = order;
  if (!look || (order.asked && order.asked.at >= look.due)) return plan;
  if (plan.due !== undefined && plan.due <= look.due) return plan;
  return { due: look.due, reason: "look-once", exact: true };
}

/** What the CA's reports say decides when an order is asked, as far as they speak for it. */
function planByReport(order: Order, login: Login, policy: Policy, now: number): Plan {
  const plan = planByAnswer(order, login, policy, now);
  if (!isReportable(order, now) || !HEEDS_REPORTS.has(plan.reason)) return plan;
  const news = newsSince(order);
  if (news !== undefined) return { due: Math.min(plan.due ?? Infinity, news), reason: "reported", exact: true };
  const until = PACED.has(plan.reason) ? reportedUntil(order, login, policy, now) : undefined;
  return until === undefined || plan.due === undefined || plan.due >= until
    ? plan
    : { due: until, reason: "by-report" };
}

/** Orders that are checked because time has passed. */
const PACED: ReadonlySet<CheckReason> = new Set(["waiting", "watched", "reissue"]);
/** Orders that are asked about, too, when a report says something new. */
const HEEDS_REPORTS: ReadonlySet<CheckReason> = new Set([...PACED, "awaiting-payment", "collected", "final"]);

function planByAnswer(order: Order, login: Login, policy: Policy, now: number): Plan {
  const { answer, movedAt: moved = 0 } = order;
  const asked = lastAsked(order, policy, now);
  if (asked === undefined) return { due: Math.min(order.trackedAt, now), reason: "never-asked", exact: true };
  const after = (wait: number, reason: CheckReason): Plan => ({ due: asked + wait, reason });
  if (!order.asked?.answered || !answer) return after(policy.wait, "unanswered");
  const { outcome, inRow } = answer;
  switch (outcome.kind) {
    case "pending":
      return after(policy.wait, "waiting");
    case "available":
      if (order.asked.question === "everything") return after(policy.wait, "waiting");
      return { reason: "available", invites: true };
    case "issued":
      return planForCollected(order, policy, asked, now);
    case "failed":
      // It did not fail where the order is now.
      if (moved > asked) return { due: moved, reason: "never-asked", exact: true, invites: true };
      if (!neverLeft(outcome)) return after(doubled(policy.wait, inRow, policy.longest), "failed");
      // It did not count: what was at its end stays there, and the login's back-off spares a dead network.
      return endAfter(order, login, policy, now) ?? { ...after(policy.probe, "failed"), exact: true, invites: true };
    case "not-understood":
      return after(doubled(policy.wait, inRow, policy.longest), "failed");
    case "refused":
      switch (outcome.after) {
        case "soon":
          return after(policy.soon[inRow - 1] ?? policy.wait, "being-issued");
        case "slow":
          return after(policy.slow, "awaiting-payment");
        case "hours":
          return after(Math.max(policy.wait, policy.limit), "call-limit");
        case "later":
          return after(doubled(policy.wait, inRow, policy.longest), "failed");
        case "code": {
          const entered = order.codeSetAt ?? 0;
          if (entered <= answer.at) return { reason: isCodeWanted(outcome) ? "code-wanted" : "code-refused" };
          return { due: entered, reason: "code-entered", exact: true, invites: true };
        }
        case "sign-in": {
          const thawed = login.thawedAt ?? 0;
          // What was refused is not what would be sent now, even if the answer came after the change.
          const isReplaced = login.credential !== undefined && order.asked.credential !== login.credential;
          if (thawed <= answer.at && !isReplaced) return after(policy.wait, "waiting");
          return { due: thawed, reason: "thawed", exact: true, invites: true };
        }
        case "final":
        case "bug":
          return (order.watchedAt ?? 0) > answer.at ? after(policy.wait, "watched") : { reason: "final" };
      }
  }
}

/** The plan of an order that a person checked although nothing more was expected, and that was not reached. */
function endAfter({ said, ...order }: Order, login: Login, policy: Policy, now: number): Plan | undefined {
  const before = said && planByAnswer({ ...order, answer: said }, login, policy, now);
  return before?.due === undefined && before !== undefined ? { ...before, invites: true } : undefined;
}

/**
 * Whether the CA asks for a missing collection code (-3: an argument is missing), rather than refusing the one sent.
 */
export function isCodeWanted(outcome: Outcome): boolean {
  return outcome.kind === "refused" && outcome.after === "code" && outcome.code === -3;
}

/** A certificate was collected: no checks until a person watches the order again, or its reissue is near. */
function planForCollected(order: Order, policy: Policy, asked: number, now: number): Plan {
  if (isWatched(order)) return planForWatched(order, policy, asked, now);
  const from = reissueFrom(order);
  const collected = order.certificates[0];
  const termEnd = order.detail?.detail.productTermEnd ?? 0;
  if (from === undefined || !collected || now > termEnd) return { reason: "collected" };
  const pace = isNearEnd(collected, policy, now) ? policy.wait : policy.reissue;
  return { due: Math.max(from, asked + pace), reason: "reissue" };
}

function planForWatched(order: Order, policy: Policy, asked: number, now: number): Plan {
  const since = order.watchedAt ?? asked;
  return { due: asked + (now - since < policy.watch ? policy.wait : DAY), reason: "watched" };
}

function isNearEnd(collected: CollectedCertificate, policy: Policy, now: number): boolean {
  return Math.abs(collected.notAfter - now) < policy.reissueNear;
}

/** When an order was last checked; one wait ago if a wrong clock wrote a time in the future. */
function lastAsked(order: Order, policy: Policy, now: number): number | undefined {
  const at = order.asked?.at;
  return at !== undefined && isAhead(at, policy, now) ? now - policy.wait : at;
}

/** Why an order is not checked automatically, whatever its answers were. */
function idleReason(order: Order, { background }: Circumstances): CheckReason | undefined {
  if (order.archived) return "archived";
  if (order.paused) return "order-paused";
  if (background === "paused" || background === "off") return background;
  return background === "status" && !PRODUCT_FACTS[order.product].hasStatusCall ? "no-status-call" : undefined;
}

function meaning(outcome: Outcome): string {
  switch (outcome.kind) {
    case "failed":
    case "not-understood":
      return "failure";
    case "refused":
      return outcome.after === "later" ? "failure" : `refused ${outcome.after}`;
    default:
      return outcome.kind;
  }
}
