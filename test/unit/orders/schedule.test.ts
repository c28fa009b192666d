import assert from "node:assert/strict";
import type { Login, Order, Outcome } from "../../../src/orders/model/order";
import { effectiveWait, jitterOf, mayAsk, nextCheck, type Check } from "../../../src/orders/checking/schedule";
import { reissueFrom } from "../../../src/orders/model/next-action";
import { DAY, HOUR, MINUTE, START } from "./doubles";
import { order } from "./world";

const LOGIN: Login = { key: "sectigo/alice", proved: true };
const base: Order = {
  ...order("1"),
  trackedAt: START,
  tags: [],
  certificates: [],
  paused: false,
  muted: false,
};

/** An order that was asked at START and answered so. */
function answered(outcome: Outcome, inRow = 1, more: Partial<Order> = {}): Order {
  return {
    ...base,
    asked: { at: START, why: "schedule", question: "everything", answered: true },
    answer: { at: START, outcome, inRow },
    ...more,
  };
}

const refusal = (after: Extract<Outcome, { kind: "refused" }>["after"]): Outcome => ({
  kind: "refused",
  code: -1,
  message: "",
  advice: "",
  after,
});
const failure = (code: string): Outcome => ({ kind: "failed", code, message: "" });
const collected = { leaf: "a", chain: [], serialNumber: "", subject: "", names: [] };
const ninety = { ...collected, at: START, notBefore: START, notAfter: START + 90 * DAY };
const termOf = (days: number) => ({ at: START, detail: { productTermEnd: START + days * DAY } });
const issued: Outcome = { kind: "issued", leaf: "a" };
const pending: Outcome = { kind: "pending" };

const askedWith = (credential: string): Partial<Order> => ({
  asked: { at: START, why: "schedule", question: "everything", answered: true, credential },
});

interface Case {
  readonly what: string;
  readonly order: Order;
  readonly login?: Login | "none";
  readonly background?: "everything" | "status" | "off" | "paused";
  readonly now?: number;
  /** ms after START; null: never. */
  readonly due: number | null;
  readonly reason: Check["reason"];
  readonly free?: number | null;
  readonly sooner?: number | null;
  /** Where it differs: what a person goes by. */
  readonly plan?: { readonly due: number | null; readonly reason: Check["reason"] };
}

const NEVER_ASKED = { due: 0, reason: "never-asked" } as const;

const HOURS_3 = 3 * HOUR;

// What is asked when, with the jitter at 0.
const cases: Case[] = [
  { what: "an order that was never asked", order: base, due: 0, reason: "never-asked", free: 0, sooner: 0 },
  { what: "a pending one", order: answered(pending), due: HOURS_3, reason: "waiting", free: HOURS_3, sooner: MINUTE },
  {
    what: "one whose question was never answered",
    order: { ...base, asked: { at: START, why: "schedule", question: "everything", answered: false } },
    due: HOURS_3,
    reason: "unanswered",
    sooner: MINUTE,
  },
  {
    what: "one that was refused with the credentials that count",
    order: answered(refusal("sign-in"), 1, askedWith("one")),
    login: { ...LOGIN, credential: "one" },
    due: HOURS_3,
    reason: "waiting",
  },
  {
    what: "one that was refused with others, entered while its call was under way",
    order: answered(refusal("sign-in"), 1, askedWith("one")),
    login: { ...LOGIN, credential: "two", thawedAt: START - MINUTE },
    due: -MINUTE,
    reason: "thawed",
  },
  { what: "-26 for the first time", order: answered(refusal("soon")), due: 20 * MINUTE, reason: "being-issued" },
  { what: "-26 for the third time", order: answered(refusal("soon"), 3), due: 2 * HOUR, reason: "being-issued" },
  { what: "-26 for the fourth time", order: answered(refusal("soon"), 4), due: HOURS_3, reason: "being-issued" },
  { what: "-22", order: answered(refusal("slow")), due: DAY, reason: "awaiting-payment" },
  { what: "-14 for the first time", order: answered(refusal("later")), due: HOURS_3, reason: "failed" },
  { what: "-14 for the third time", order: answered(refusal("later"), 3), due: 12 * HOUR, reason: "failed" },
  { what: "-14 for the hundredth time", order: answered(refusal("later"), 100), due: DAY, reason: "failed" },
  { what: "-42", order: answered(refusal("hours")), due: 6 * HOUR, reason: "call-limit" },
  {
    what: "a pending one whose login reached a call limit",
    order: answered(pending),
    login: { ...LOGIN, lastAnswer: { at: START + HOUR, failures: 0, limited: true } },
    due: 7 * HOUR,
    reason: "call-limit",
    free: 7 * HOUR,
    sooner: MINUTE,
  },
  {
    what: "a pending one whose server asked to wait a day",
    order: answered(pending),
    login: { ...LOGIN, lastAnswer: { at: START, failures: 1, limited: false, retryAfter: DAY } },
    due: DAY,
    reason: "retry-after",
    free: DAY,
  },
  {
    what: "a pending one whose server asked to wait a year",
    order: answered(pending),
    login: { ...LOGIN, lastAnswer: { at: START, failures: 1, limited: false, retryAfter: 365 * DAY } },
    due: DAY,
    reason: "retry-after",
  },
  ...[0, 1, MINUTE].map((retryAfter) => ({
    what: `a due one whose server fails for the third time, and asked to wait ${retryAfter} ms`,
    order: base,
    login: { ...LOGIN, lastAnswer: { at: START, failures: 3, limited: false, retryAfter } },
    due: 20 * MINUTE,
    reason: "unreachable" as const,
  })),
  {
    what: "a due one while calls with its account fail",
    order: base,
    login: { ...LOGIN, lastAnswer: { at: START, failures: 3, limited: false } },
    due: 20 * MINUTE,
    reason: "unreachable",
  },
  {
    what: "a failure that never reached the CA",
    order: answered(failure("unresolved"), 2),
    due: MINUTE,
    reason: "failed",
    free: 0,
  },
  {
    what: "a failure that may have reached the CA",
    order: answered(failure("timed-out"), 2),
    due: 6 * HOUR,
    reason: "failed",
    free: HOURS_3,
    sooner: MINUTE,
  },
  {
    what: "an answer that was not understood",
    order: answered({ kind: "not-understood", code: "html", message: "" }),
    due: HOURS_3,
    reason: "failed",
  },
  { what: "a rejected one", order: answered(refusal("final")), due: null, reason: "final", free: HOURS_3 },
  { what: "a call of ours that was wrong", order: answered(refusal("bug")), due: null, reason: "final" },
  {
    what: "a rejected one that is watched again",
    order: answered(refusal("final"), 1, { watchedAt: START + 1 }),
    due: HOURS_3,
    reason: "watched",
  },
  { what: "a refused collection code", order: answered(refusal("code")), due: null, reason: "code-refused" },
  {
    what: "a collection code entered anew",
    order: answered(refusal("code"), 1, { codeSetAt: START + MINUTE }),
    due: MINUTE,
    reason: "code-entered",
    free: 0,
  },
  {
    what: "a frozen login",
    order: answered(pending),
    login: { ...LOGIN, frozen: { at: START, code: -16, message: "" } },
    due: null,
    reason: "frozen",
    free: null,
    sooner: null,
  },
  {
    what: "the order whose call was refused, after a thaw",
    order: answered(refusal("sign-in")),
    login: { ...LOGIN, thawedAt: START + MINUTE },
    due: MINUTE,
    reason: "thawed",
    free: 0,
  },
  {
    what: "another order of that login",
    order: answered(pending),
    login: { ...LOGIN, thawedAt: START + MINUTE, lastAnswer: { at: START, failures: 9, limited: false } },
    due: HOURS_3,
    reason: "waiting",
  },
  { what: "an order without its account", order: base, login: "none", due: null, reason: "no-account", free: null },
  {
    what: "a certificate that is held",
    order: answered(issued, 1, { certificates: [ninety] }),
    due: null,
    reason: "collected",
  },
  {
    what: "a certificate whose term ends with it",
    order: answered(issued, 1, { certificates: [ninety], detail: termOf(90) }),
    due: null,
    reason: "collected",
  },
  {
    what: "a certificate whose paid term goes on",
    order: answered(issued, 1, { certificates: [ninety], detail: termOf(365) }),
    due: 60 * DAY,
    reason: "reissue",
  },
  {
    what: "the same near its end",
    order: answered(issued, 1, {
      certificates: [ninety],
      detail: termOf(365),
      asked: { at: START + 85 * DAY, why: "schedule", question: "everything", answered: true },
    }),
    now: 85 * DAY,
    due: 85 * DAY + HOURS_3,
    reason: "reissue",
  },
  {
    what: "the same just after its end",
    order: answered(issued, 1, {
      certificates: [ninety],
      detail: termOf(365),
      asked: { at: START + 96 * DAY, why: "schedule", question: "everything", answered: true },
    }),
    now: 96 * DAY,
    due: 96 * DAY + HOURS_3,
    reason: "reissue",
  },
  {
    what: "the same when it ended long ago",
    order: answered(issued, 1, {
      certificates: [ninety],
      detail: termOf(365),
      asked: { at: START + 98 * DAY, why: "schedule", question: "everything", answered: true },
    }),
    now: 98 * DAY,
    due: 99 * DAY,
    reason: "reissue",
  },
  {
    what: "the same when the paid term is over too",
    order: answered(issued, 1, { certificates: [ninety], detail: termOf(365) }),
    now: 366 * DAY,
    due: null,
    reason: "collected",
  },
  {
    what: "a certificate watched for its reissue",
    order: answered(issued, 1, { certificates: [ninety], watchedAt: START + 1 }),
    due: HOURS_3,
    reason: "watched",
  },
  {
    what: "the same after two weeks",
    order: answered(issued, 1, { certificates: [ninety], watchedAt: START + 1 }),
    now: 15 * DAY,
    due: DAY,
    reason: "watched",
  },
  {
    what: "a certificate that came after it was watched",
    order: answered(issued, 1, { certificates: [{ ...ninety, at: START + 2 }], watchedAt: START + 1 }),
    due: null,
    reason: "collected",
  },
  {
    what: "one to look at once in 15 minutes",
    order: answered(pending, 1, { look: { at: START, due: START + 15 * MINUTE } }),
    due: 15 * MINUTE,
    reason: "look-once",
  },
  {
    what: "one that was looked at",
    order: answered(pending, 1, { look: { at: START - HOUR, due: START } }),
    due: HOURS_3,
    reason: "waiting",
  },
  {
    what: "an early look at what is due even earlier",
    order: { ...base, look: { at: START, due: START + 15 * MINUTE } },
    due: 0,
    reason: "never-asked",
  },
  {
    what: "one that a person agreed to ask sooner",
    order: answered(pending, 1, { agreedAt: START + 1 }),
    due: HOURS_3,
    reason: "waiting",
    free: MINUTE,
  },
  {
    what: "an agreement that was used",
    order: answered(pending, 1, { agreedAt: START - 1 }),
    due: HOURS_3,
    reason: "waiting",
    free: HOURS_3,
  },
  {
    what: "one never asked that a person agreed to ask while its login keeps quiet",
    order: { ...base, agreedAt: START + 2 },
    login: { ...LOGIN, lastAnswer: { at: START + 1, failures: 1, limited: false, retryAfter: HOUR } },
    now: 2,
    due: HOUR + 1,
    reason: "retry-after",
    free: 0,
    sooner: 0,
  },
  {
    what: "one never asked that a person agreed to ask before the server wished to wait",
    order: { ...base, agreedAt: START + 1 },
    login: { ...LOGIN, lastAnswer: { at: START + 2, failures: 1, limited: false, retryAfter: HOUR } },
    now: 2,
    due: HOUR + 2,
    reason: "retry-after",
    free: HOUR + 2,
    sooner: 0,
  },
  {
    what: "a pending one that a person agreed to ask before the server wished to wait",
    order: answered(pending, 1, { agreedAt: START + 1 }),
    login: { ...LOGIN, lastAnswer: { at: START + 2, failures: 1, limited: false, retryAfter: 5 * HOUR } },
    now: 2,
    due: 5 * HOUR + 2,
    reason: "retry-after",
    free: 5 * HOUR + 2,
    sooner: MINUTE,
  },
  {
    what: "a paused one",
    order: { ...base, paused: true },
    due: null,
    reason: "order-paused",
    free: 0,
    plan: NEVER_ASKED,
  },
  {
    what: "an archived one",
    order: { ...base, archived: true },
    due: null,
    reason: "archived",
    free: 0,
    plan: NEVER_ASKED,
  },
  {
    what: "any while all are paused",
    order: base,
    background: "paused",
    due: null,
    reason: "paused",
    free: 0,
    plan: NEVER_ASKED,
  },
  {
    what: "any without background checks",
    order: base,
    background: "off",
    due: null,
    reason: "off",
    free: 0,
    plan: NEVER_ASKED,
  },
  {
    what: "a pending one without background checks",
    order: answered(pending),
    background: "off",
    due: null,
    reason: "off",
    free: HOURS_3,
    plan: { due: HOURS_3, reason: "waiting" },
  },
  {
    what: "a final one without background checks",
    order: answered(refusal("final")),
    background: "off",
    due: null,
    reason: "off",
    plan: { due: null, reason: "final" },
  },
  {
    what: "a mark certificate where only the status may be asked",
    order: { ...base, product: "mc" },
    background: "status",
    due: null,
    reason: "no-status-call",
    free: 0,
    plan: NEVER_ASKED,
  },
  {
    what: "a mark certificate where everything may be asked",
    order: { ...base, product: "mc" },
    due: 0,
    reason: "never-asked",
  },
  {
    what: "an S/MIME certificate where only the status may be asked",
    order: { ...base, product: "smime" },
    background: "status",
    due: 0,
    reason: "never-asked",
  },
  {
    what: "what is available, where only the status was asked",
    order: answered({ kind: "available" }, 1, {
      asked: { at: START, why: "schedule", question: "status", answered: true },
    }),
    background: "status",
    due: null,
    reason: "available",
    free: 0,
  },
  {
    what: "what is available though everything was asked",
    order: answered({ kind: "available" }),
    due: HOURS_3,
    reason: "waiting",
  },
  {
    what: "one asked by a clock that ran hours ahead",
    order: answered(pending, 1, {
      asked: { at: START + DAY, why: "schedule", question: "everything", answered: true },
    }),
    due: 0,
    reason: "waiting",
  },
  {
    what: "one tracked by such a clock, with a login that failed by it",
    order: { ...base, trackedAt: START + DAY },
    login: { ...LOGIN, lastAnswer: { at: START + DAY, failures: 5, limited: true } },
    due: 0,
    reason: "never-asked",
  },
  {
    what: "a pending one of the sandbox",
    order: { ...answered(pending), ca: "sandbox" },
    due: 3_000,
    reason: "waiting",
    sooner: 1_000,
  },
];

describe("schedule", () => {
  for (const { what, order: of, login = LOGIN, background = "everything", now = 0, ...expected } of cases) {
    it(`knows when to ask ${what}`, () => {
      const circumstances = { login: login === "none" ? undefined : login, background };
      const check = nextCheck(of, circumstances, START + now, 0);
      assert.equal(check.reason, expected.reason);
      assert.equal(check.due === undefined ? null : check.due - START, expected.due);
      const plan = expected.plan ?? { due: expected.due, reason: expected.reason };
      assert.equal(check.plan.reason, plan.reason);
      assert.equal(check.plan.due === undefined ? null : check.plan.due - START, plan.due);
      for (const key of ["free", "sooner"] as const) {
        const time = check[key];
        if (expected[key] !== undefined) assert.equal(time === undefined ? null : time - START, expected[key], key);
      }
    });
  }

  it("adds jitter to a wait and never takes any away", () => {
    const at = (jitter: number) =>
      nextCheck(answered(pending), { login: LOGIN, background: "everything" }, START, jitter);
    assert.equal(at(0).due, START + HOURS_3);
    assert.equal(at(0.5).due, START + HOURS_3 + 5 * MINUTE);
    assert.equal(at(0.5).free, START + HOURS_3);
  });

  it("spreads jitter evenly over orders, the same in every window", () => {
    const orders = Array.from({ length: 1_000 }, (_, index) => ({ ...answered(pending), ...order(String(index)) }));
    const tenths = new Map<number, number>();
    for (const each of orders) {
      assert.equal(jitterOf(each), jitterOf({ ...each }));
      const tenth = Math.floor(jitterOf(each) * 10);
      tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1);
    }
    assert.equal(tenths.size, 10);
    for (const count of tenths.values()) assert.ok(count > 60 && count < 140, String(count));
  });

  it("lets a person ask, ask after agreeing, or not", () => {
    const check: Check = { reason: "waiting", plan: { reason: "waiting" }, free: START + 10, sooner: START + 5 };
    assert.deepEqual(
      [0, 5, 10].map((after) => mayAsk(check, START + after)),
      ["no", "after-agreeing", "yes"],
    );
    assert.equal(mayAsk({ reason: "frozen", plan: { reason: "frozen" } }, START), "no");
  });

  it("knows that the wait grows evenly when there are more orders than one call at a time can serve", () => {
    assert.equal(effectiveWait(5_000, 2_000), HOURS_3);
    assert.equal(effectiveWait(10_000, 2_000), 20_000_000);
  });

  it("looks for a reissue from a third of the life on, at most 30 days before the end", () => {
    const order47 = answered(issued, 1, {
      certificates: [{ ...ninety, notAfter: START + 45 * DAY }],
      detail: termOf(365),
    });
    assert.equal(reissueFrom(order47), START + 30 * DAY);
    const order200 = answered(issued, 1, {
      certificates: [{ ...ninety, notAfter: START + 200 * DAY }],
      detail: termOf(365),
    });
    assert.equal(reissueFrom(order200), START + 170 * DAY);
  });
});
