import assert from "node:assert/strict";
import type { ReportRow, ServiceResult } from "../../../src/api/services/service-result";
import { nextBatch, reportDue } from "../../../src/orders/checking/reports";
import { nextCheck } from "../../../src/orders/checking/schedule";
import type { OrderEvent } from "../../../src/orders/journal/events";
import type { Login, Order } from "../../../src/orders/model/order";
import { POLICY } from "../../../src/orders/model/policy";
import { DAY, MINUTE, settle, START } from "./doubles";
import { ACCOUNT, ACCOUNT_SET, LOGIN, order, World, type Window } from "./world";

const never = new AbortController().signal;
const ON: OrderEvent = { type: "report-watch", login: LOGIN, on: true };
const ID = order("1").id;

const report = (rows: readonly ReportRow[], count = rows.length): ServiceResult => ({
  kind: "report",
  report: { rows, count, skipped: 0 },
});
const row = (orderNumber: string, more: Partial<ReportRow> = {}): ReportRow => ({ orderNumber, domains: [], ...more });
const refusal = (code: number, after: "sign-in" | "later" | "order" | "bug"): ServiceResult => ({
  kind: "refused",
  code,
  message: "no",
  after,
});
const full = (): Error => Object.assign(new Error("The disk is full."), { code: "disk-full" });

/** A window with two orders of a login that has signed in well, watched by report. */
async function watched(answer: World["services"], ...more: readonly OrderEvent[]): Promise<[World, Window]> {
  const world = new World();
  world.services = answer;
  const window = world.window();
  await window.record(ACCOUNT_SET, order("1"), order("2"), ...more);
  await window.ask(ID, "person", never);
  await window.record(ON);
  await window.start();
  return [world, window];
}

describe("reports of a server that is wrong", () => {
  const ALWAYS: readonly (readonly [what: string, answer: ServiceResult, reports: number, collects: number])[] = [
    ["lists nothing", report([]), 8, 17],
    ["counts and lists nothing", report([], 2978), 8, 17],
    ["lists what was not asked for", report([row("77"), row("78")]), 8, 17],
    ["lists one order twice", report([row("1"), row("1", { status: "Pending" }), row("2")]), 8, 2],
    ["says for ever that all is issued", report([row("1", { status: "Valid" }), row("2", { status: "Valid" })]), 8, 17],
    ["refuses the question", refusal(-2, "bug"), 1, 17],
    ["refuses the sign-in", refusal(-16, "sign-in"), 1, 17],
    ["refuses something else", refusal(-4, "order"), 8, 17],
    ["fails", refusal(-14, "later"), 8, 17],
  ];
  for (const [what, answer, reports, collects] of ALWAYS)
    it(`are not more than those of one that is right: it ${what}`, async () => {
      const [world, window] = await watched(() => Promise.resolve(answer));
      await world.clock.advance(DAY - MINUTE);
      window.dispose();
      assert.equal(world.serviceCalls.length, reports);
      assert.ok(world.calls.length <= collects, `${world.calls.length} calls`);
      assert.equal(world.mostInFlight, 1);
    });

  it("ask no order more often than each three hours, whatever they say of it", async () => {
    let times = 0;
    const [world, window] = await watched(() =>
      Promise.resolve(report([row("1", { status: `State ${times++}`, serialNumber: String(times) }), row("2")])),
    );
    await world.clock.advance(DAY - MINUTE);
    window.dispose();
    assert.ok(world.askedAt(ID, START).length <= 9, String(world.askedAt(ID, START).length));
  });

  it("are not asked for again at once when what they say cannot be journaled", async () => {
    const [world, window] = await watched(() => Promise.resolve(report([row("1")])));
    world.services = () => {
      window.journal.failure = full();
      return Promise.resolve(report([row("1")]));
    };
    await world.clock.advance(DAY - MINUTE);
    window.dispose();
    assert.ok(world.serviceCalls.length <= 8, `${world.serviceCalls.length} calls`);
  });

  it("are not asked for again at once after a call whose process died", async () => {
    const world = new World();
    world.services = () => Promise.resolve(report([row("1")]));
    const window = world.window();
    await window.record(ACCOUNT_SET, order("1"));
    await window.ask(ID, "person", never);
    await window.record(ON, { type: "service-asked", service: "WebHostReport", login: LOGIN, why: "schedule" });
    await window.start();
    await world.clock.advance(POLICY.ca.retry - MINUTE);
    assert.equal(world.serviceCalls.length, 0);
    await world.clock.advance(2 * MINUTE);
    window.dispose();
    assert.equal(world.serviceCalls.length, 1);
  });

  it("go on with new credentials", async () => {
    const [world, window] = await watched(() => Promise.resolve(refusal(-16, "sign-in")));
    await world.clock.advance(DAY);
    assert.equal(world.serviceCalls.length, 1);
    world.services = () => Promise.resolve(report([row("1")]));
    await window.record({ type: "thawed", login: LOGIN, why: "credentials" });
    await world.clock.advance(DAY);
    window.dispose();
    assert.ok(world.serviceCalls.length > 1);
  });
});

describe("reports about orders that no report has", () => {
  const CODE: OrderEvent = {
    ...{ type: "tracked", id: "sectigo~ssl~code~00", ca: "sectigo", product: "ssl", account: ACCOUNT.id },
    reference: { kind: "collectionCode" },
  };
  const cases: readonly (readonly [what: string, orders: readonly OrderEvent[]])[] = [
    ["none at all", []],
    ["of a collection code alone", [CODE]],
    ["of a number that is not one", [order("A-17")]],
    ["that is archived", [order("5"), { type: "archived", id: order("5").id }]],
    ["that is paused", [order("5"), { type: "paused", id: order("5").id }]],
    ["of nobody", [order("5", "sectigo", null)]],
  ];
  for (const [what, orders] of cases)
    it(`are not asked for: ${what}`, async () => {
      const world = new World();
      const window = world.window();
      await window.record(ACCOUNT_SET, order("1"), ...orders);
      await window.ask(ID, "person", never);
      await window.record({ type: "forgotten", id: ID }, ON);
      await window.start();
      await world.clock.advance(DAY);
      window.dispose();
      assert.equal(world.serviceCalls.length, 0);
    });

  it("ask for the others, and no number spoils the call", async () => {
    const [world, window] = await watched(() => Promise.resolve(report([])), order("A-17"), order("1".repeat(40)));
    window.dispose();
    assert.deepEqual(
      world.serviceCalls.map(({ values }) => values.orderNumber),
      ["1,2"],
    );
  });

  it("wait while calls cannot be made, and begin when they can", async () => {
    const world = new World();
    world.services = () => Promise.resolve(report([row("1")]));
    let isOpen = true;
    const window = world.window({ isOpen: () => isOpen });
    await window.record(ACCOUNT_SET, order("1"));
    await window.ask(ID, "person", never);
    isOpen = false;
    await window.record(ON);
    await window.start();
    await world.clock.advance(DAY);
    assert.equal(world.serviceCalls.length, 0);
    isOpen = true;
    window.reports.retry();
    await settle();
    window.dispose();
    assert.equal(world.serviceCalls.length, 1);
  });
});

describe("a time that a wrong clock wrote", () => {
  const policy = POLICY.ca;
  const FUTURE = START + 400 * DAY;
  const login = (report: Partial<NonNullable<Login["report"]>>, more: Partial<Login> = {}): Login => ({
    key: LOGIN,
    proved: true,
    report: { on: true, since: START - DAY, ...report },
    ...more,
  });
  const failed = (at: number): Partial<Login> => ({
    services: { WebHostReport: { at, outcome: { kind: "failed", code: "reset", message: "" } } },
  });
  const DUE: readonly (readonly [what: string, login: Login])[] = [
    ["when it was switched on", login({ since: FUTURE })],
    ["of the last round", login({ completedAt: FUTURE })],
    ["of the last round and of the switch", login({ completedAt: FUTURE, since: FUTURE })],
    ["of a round that goes on", login({ completedAt: START - DAY, round: { began: FUTURE, through: "5" } })],
    ["of a failure", login({ completedAt: START - DAY }, failed(FUTURE))],
    ["of new credentials", login({ completedAt: START - DAY }, { thawedAt: FUTURE })],
  ];
  for (const [what, of] of DUE)
    it(`does not stop reports: ${what}`, () => assert.ok((reportDue(of, policy, START) ?? Infinity) <= START));

  it("does not make a failure count for nothing", () => {
    const of = login({ completedAt: START - DAY, since: FUTURE }, failed(START));
    assert.equal(reportDue(of, policy, START), START + policy.retry);
    const thawed = login({ completedAt: START - DAY }, { ...failed(START), thawedAt: FUTURE });
    assert.equal(reportDue(thawed, policy, START), START + policy.retry);
  });

  it("does not hold a round back", () => {
    const of = login({ round: { began: FUTURE, through: "5" } });
    assert.deepEqual(nextBatch(["1", "9"], of, policy, START), { numbers: ["1", "9"], began: START });
  });

  it("does not hold an order back", () => {
    const waiting: Order = {
      ...{ ...order("1"), trackedAt: START - DAY, tags: [], certificates: [], paused: false, muted: false },
      asked: { at: START, why: "schedule", question: "everything", answered: true },
      answer: { at: START, outcome: { kind: "pending" }, inRow: 1 },
      reported: { at: START, row: { status: "Pending" } },
    };
    const check = nextCheck(waiting, { login: login({ completedAt: FUTURE }), background: "everything" }, START, 0);
    assert.equal(check.due, START + policy.wait);
  });

  it("is over when reports are switched on again, though lines keep their order", async () => {
    const world = new World();
    world.services = () => Promise.resolve(report([row("1")]));
    const window = world.window();
    await window.record(ACCOUNT_SET, order("1"));
    await window.ask(ID, "person", never);
    // Everything written after that line has a later stamp than it.
    world.shared.lines.push({ v: 1, at: FUTURE, line: "9999999999999999:1", type: "checks-resumed" });
    await window.record(ON);
    await window.start();
    await world.clock.advance(DAY - MINUTE);
    window.dispose();
    assert.equal(world.serviceCalls.length, 8);
  });
});

describe("an account that moves to another CA", () => {
  for (const what of ["a service", "an order"] as const)
    it(`is not called in the turn of the first one: ${what}`, async () => {
      const world = new World();
      const window = world.window();
      await window.record(ACCOUNT_SET, order("1"));
      const turn = await world.lock.acquire("sectigo", "person", never);
      const asking =
        what === "a service"
          ? window.serviceAsk({ service: "WebHostReport", account: ACCOUNT.id, values: {} }, "person", never)
          : window.ask(ID, "person", never);
      await settle();
      const moved = { ...ACCOUNT, ca: "other:ca.example", host: "ca.example" } as const;
      await window.record({ type: "account-set", account: moved });
      turn.dispose();
      assert.equal((await asking).kind, "gone");
      assert.equal(world.calls.length + world.serviceCalls.length, 0);
    });
});
