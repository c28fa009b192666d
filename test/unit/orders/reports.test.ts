import assert from "node:assert/strict";
import type { OrderEvent } from "../../../src/orders/journal/events";
import type { Login, Order } from "../../../src/orders/model/order";
import { POLICY } from "../../../src/orders/model/policy";
import type { ReportedRow } from "../../../src/orders/model/reported";
import type { ServiceOutcome } from "../../../src/orders/model/service-outcome";
import { isReportable, nextBatch, reportDue, reportEvents } from "../../../src/orders/checking/reports";
import { jitterOf, nextCheck } from "../../../src/orders/checking/schedule";
import { DAY, HOUR, MINUTE, START } from "./doubles";
import { LOGIN, order } from "./world";

const policy = POLICY.ca;
const { id } = order("1");
const waiting: Order = {
  ...order("1"),
  trackedAt: START - DAY,
  tags: [],
  certificates: [],
  paused: false,
  muted: false,
  asked: { at: START, why: "schedule", question: "everything", answered: true },
  answer: { at: START, outcome: { kind: "pending" }, inRow: 1 },
};
const HELD = {
  ...{
    at: START - DAY,
    leaf: "aa",
    chain: ["aa"],
    serialNumber: "0A1B",
    subject: "CN=a.example",
    names: ["a.example"],
  },
  ...{ notBefore: START - DAY, notAfter: START + 90 * DAY },
};
const collected: Order = {
  ...waiting,
  certificates: [HELD],
  answer: { at: START, outcome: { kind: "issued", leaf: "aa" }, inRow: 1 },
};
const LISTED: ReportedRow = { status: "Awaiting Validation", domains: ["a.example"] };
const VALID: ReportedRow = { status: "Valid", serialNumber: "A1B", certificateID: "7", notAfter: START + 90 * DAY };

const watched = (report: Partial<NonNullable<Login["report"]>> = {}): Login => ({
  key: LOGIN,
  proved: true,
  report: { on: true, since: START - DAY, completedAt: START, ...report },
});

const PAY = { kind: "refused", code: -22, message: "Pay", advice: "", after: "slow" } as const;
const CODE = { kind: "refused", code: -3, message: "Code", advice: "", after: "code" } as const;

describe("an order that reports watch", () => {
  const check = (of: Order, login: Login, now: number, reachedAt?: number) =>
    nextCheck(
      of,
      { login, background: "everything", ...(reachedAt !== undefined && { reachedAt }) },
      now,
      jitterOf(of),
    );
  const reported = (row: ReportedRow, newsAt?: number) => ({
    reported: { at: START, row, ...(newsAt !== undefined && { newsAt }) },
  });
  const until = START + policy.report + policy.reportGrace;
  const usual = START + policy.wait;

  const cases: readonly (readonly [
    what: string,
    order: Order,
    login: Login,
    reason: string,
    due: number | undefined,
  ])[] = [
    ["is not asked while they speak for it", { ...waiting, ...reported(LISTED) }, watched(), "by-report", until],
    ["is asked as usual if they do not list it", waiting, watched(), "waiting", usual],
    ["or listed it once", { ...waiting, reported: { at: START } }, watched(), "waiting", usual],
    [
      "or do not ask for it since it is paused",
      { ...waiting, ...reported(LISTED), paused: true },
      watched(),
      "waiting",
      usual,
    ],
    ["or archived", { ...waiting, ...reported(LISTED), archived: true }, watched(), "waiting", usual],
    ["or are switched off", { ...waiting, ...reported(LISTED) }, watched({ on: false }), "waiting", usual],
    [
      "or were late",
      { ...waiting, ...reported(LISTED) },
      watched({ completedAt: START - policy.report }),
      "waiting",
      usual,
    ],
    [
      "or came at a time that a wrong clock wrote",
      { ...waiting, ...reported(LISTED) },
      watched({ completedAt: START + 90 * DAY }),
      "waiting",
      usual,
    ],
    ["or say that it is issued when it is not", { ...waiting, ...reported(VALID) }, watched(), "waiting", usual],
    [
      "is asked at once when they say something new",
      { ...waiting, ...reported(VALID, START + HOUR) },
      watched(),
      "reported",
      START + HOUR,
    ],
    ["which was asked about since", { ...waiting, ...reported(LISTED, START - HOUR) }, watched(), "by-report", until],
    [
      "when it has its certificate, too",
      { ...collected, ...reported(VALID, START + HOUR) },
      watched(),
      "reported",
      START + HOUR,
    ],
    ["is left alone with its certificate", { ...collected, ...reported(VALID) }, watched(), "collected", undefined],
    [
      "when it waits for payment",
      { ...waiting, answer: { at: START, outcome: PAY, inRow: 1 }, ...reported(LISTED, START + HOUR) },
      watched(),
      "reported",
      START + HOUR,
    ],
    [
      "not when its collection code is wrong",
      { ...waiting, answer: { at: START, outcome: CODE, inRow: 1 }, ...reported(LISTED, START + HOUR) },
      watched(),
      "code-wanted",
      undefined,
    ],
    [
      "of a number that is not an order number is asked as usual",
      { ...waiting, reference: { kind: "certificateID", value: "1" }, ...reported(LISTED) },
      watched(),
      "waiting",
      usual,
    ],
  ];
  for (const [what, of, login, reason, due] of cases)
    it(what, () => {
      const { plan } = check(of, login, START + 2 * HOUR);
      const jitter = reason === "reported" || due === undefined ? 0 : Math.floor(jitterOf(of) * policy.jitter);
      assert.deepEqual([plan.reason, plan.due], [reason, due === undefined ? undefined : due + jitter]);
    });

  it("stays stopped while its login is frozen, or the CA wants no calls", () => {
    const of = { ...waiting, ...reported(VALID, START + HOUR) };
    const frozen = { ...watched(), frozen: { at: START, code: -16, message: "no" } };
    assert.equal(check(of, frozen, START + HOUR).due, undefined);
    const limited = { ...watched(), lastAnswer: { at: START, failures: 0, limited: true } };
    assert.equal(check(of, limited, START + HOUR).due, START + policy.limit);
  });
});

describe("the orders that reports ask for", () => {
  const ended = (days: number): Order => ({ ...collected, certificates: [{ ...HELD, notAfter: START - days * DAY }] });
  const rejected: Order = {
    ...waiting,
    answer: {
      at: START - 31 * DAY,
      outcome: { kind: "refused", code: -20, message: "Rejected", advice: "", after: "final" },
      inRow: 1,
    },
  };
  const cases: readonly (readonly [what: string, order: Order, isAsked: boolean])[] = [
    ["waits", waiting, true],
    ["has its certificate", collected, true],
    ["ended a while ago", ended(29), true],
    ["ended long ago", ended(31), false],
    ["was rejected long ago", rejected, false],
    ["is watched after that", { ...rejected, watchedAt: START - DAY }, true],
  ];
  for (const [what, of, isAsked] of cases)
    it(`${isAsked ? "are" : "are not"} one that ${what}`, () => assert.equal(isReportable(of, START), isAsked));
});

describe("what is journaled of a report", () => {
  const cases: readonly (readonly [
    what: string,
    order: Order,
    before: ReportedRow | undefined,
    row: ReportedRow | undefined,
    written: "nothing" | "row" | "news" | "unlisted",
  ])[] = [
    ["the first row of an order that waits", waiting, undefined, LISTED, "row"],
    ["the same row again", waiting, LISTED, LISTED, "nothing"],
    ["another name of the product", waiting, LISTED, { ...LISTED, type: "EV" }, "row"],
    ["another status", waiting, LISTED, { ...LISTED, status: "Rejected" }, "news"],
    ["a first row that says issued", waiting, undefined, { status: "Valid" }, "news"],
    ["a first row with a serial number", waiting, undefined, { serialNumber: "1" }, "news"],
    ["a first row of the certificate that is here", collected, undefined, VALID, "row"],
    ["in another spelling", collected, undefined, { ...VALID, serialNumber: "00:0a:1B" }, "row"],
    ["in decimal", collected, undefined, { ...VALID, serialNumber: String(0x0a1b) }, "row"],
    ["a first row of another certificate", collected, undefined, { ...VALID, serialNumber: "FFFF" }, "news"],
    ["another serial number", collected, VALID, { ...VALID, serialNumber: "FFFF" }, "news"],
    ["another certificate ID", collected, VALID, { ...VALID, certificateID: "8" }, "news"],
    ["another end", collected, VALID, { ...VALID, notAfter: START + DAY }, "news"],
    ["a status that is gone", collected, VALID, { ...VALID, status: "Revoked" }, "news"],
    ["an order that is not listed any more", collected, VALID, undefined, "unlisted"],
    ["one that never was", waiting, undefined, undefined, "nothing"],
  ];
  for (const [what, of, before, row, written] of cases)
    it(what, () => {
      const known: Order = before ? { ...of, reported: { at: START, row: before } } : of;
      const events = reportEvents([known], new Map(row ? [["1", row]] : []));
      const expected: readonly OrderEvent[] =
        written === "nothing"
          ? []
          : [{ type: "reported", id, ...(row && { row }), ...(written === "news" && { news: true }) }];
      assert.deepEqual(events, expected);
    });
});

describe("when a report is due", () => {
  const answered = (outcome: ServiceOutcome, at = START): Partial<Login> => ({
    services: { WebHostReport: { at, outcome } },
  });
  const no = (after: Extract<ServiceOutcome, { kind: "refused" }>["after"]): ServiceOutcome => ({
    kind: "refused",
    code: -1,
    message: "no",
    after,
  });
  const riddle = (code: string): ServiceOutcome => ({ kind: "not-understood", code, message: "HTTP 404" });
  const cases: readonly (readonly [what: string, login: Login, due: number | undefined])[] = [
    ["at once when it was switched on", { key: LOGIN, proved: true, report: { on: true, since: START } }, START],
    ["three hours after the last round began", watched(), START + 3 * HOUR],
    ["at once while a round goes on", watched({ round: { began: START + HOUR, through: "5" } }), START + HOUR],
    ["never when it is off", watched({ on: false }), undefined],
    ["never for a login that has not proved itself", { ...watched(), proved: false }, undefined],
    ["never while it is frozen", { ...watched(), frozen: { at: START, code: -16, message: "no" } }, undefined],
    ["never once the account is not enabled for it", { ...watched(), ...answered(no("sign-in")) }, undefined],
    ["or has no permission", { ...watched(), ...answered(no("not-enabled")) }, undefined],
    ["or the question is wrong", { ...watched(), ...answered(no("bug")) }, undefined],
    ["or the server does not have the service", { ...watched(), ...answered(riddle("unknown-service")) }, undefined],
    [
      "with the next round after an answer that nobody understands",
      { ...watched(), ...answered(riddle("html")) },
      START + 3 * HOUR,
    ],
    [
      "until it is switched on again",
      { ...watched({ since: START + 1 }), ...answered(no("sign-in")) },
      START + 3 * HOUR,
    ],
    [
      "with the next round after a failure of the CA",
      { ...watched(), ...answered(no("later"), START + HOUR) },
      START + 4 * HOUR,
    ],
    [
      "sooner after a call that was not answered",
      { ...watched(), ...answered({ kind: "failed", code: "reset", message: "" }) },
      START + 5 * MINUTE,
    ],
    ["soon although a wrong clock wrote the last time", watched({ completedAt: START + 90 * DAY }), START - DAY],
    ["or of the round that goes on", watched({ round: { began: START + 90 * DAY, through: "5" } }), START + 3 * HOUR],
    ["or when it was switched on", { ...watched({ since: START + 90 * DAY }), ...answered(no("sign-in")) }, undefined],
  ];
  for (const [what, login, due] of cases) it(what, () => assert.equal(reportDue(login, policy, START), due));
});

describe("the calls of a round", () => {
  const numbers = (count: number, first = 1_000_000_000) =>
    Array.from({ length: count }, (_, index) => String(first + index));
  const login = (round?: { began: number; through: string }): Login => watched(round ? { round } : {});

  it("takes 2,978 numbers of ten digits, and the rest with the next call", () => {
    const all = numbers(7_000).reverse();
    const first = nextBatch(all, login(), policy, START);
    assert.equal(first?.numbers.length, 2_978);
    assert.equal(first.numbers.join(",").length, 32_757);
    const seen = [...first.numbers];
    let through = first.through;
    for (let calls = 1; through !== undefined && calls < 5; calls++) {
      const next = nextBatch(all, login({ began: START, through }), policy, START + MINUTE);
      seen.push(...(next?.numbers ?? []));
      assert.equal(next?.began, START);
      through = next.through;
    }
    assert.deepEqual(seen, [...all].reverse());
  });

  it("takes as many as fit, whatever their length", () => {
    const all = [...numbers(3_000, 1), ...numbers(3_000), ...numbers(3_000, 1e15)];
    let [through, seen]: [string | undefined, number] = ["", 0];
    while (through !== undefined) {
      const next = nextBatch(all, login({ began: START, through }), policy, START);
      assert.ok((next?.numbers.join(",").length ?? Infinity) <= 32_767);
      seen += next?.numbers.length ?? 0;
      through = next?.through;
    }
    assert.equal(seen, 9_000);
  });

  it("begins anew when the last one was never completed in its time", () => {
    for (const began of [START - 4 * HOUR, START + 90 * DAY]) {
      const stale = login({ began, through: "1000000001" });
      assert.deepEqual(nextBatch(numbers(3), stale, policy, START), { numbers: numbers(3), began: START });
    }
  });

  it("asks once for a number that is tracked twice, and for nothing if there is nothing", () => {
    assert.deepEqual(nextBatch(["2", "1", "2"], login(), policy, START)?.numbers, ["1", "2"]);
    assert.equal(nextBatch([], login(), policy, START), undefined);
    assert.equal(nextBatch(["1"], login({ began: START, through: "1" }), policy, START), undefined);
  });
});
