import assert from "node:assert/strict";
import type { CollectResult } from "../../../src/api/result";
import type { OrderRow } from "../../../src/orders/presentation/arrange";
import type { Notice } from "../../../src/orders/presentation/attention";
import { GatheredNotices } from "../../../src/orders/presentation/gathered-notices";
import type { Order, OrderId } from "../../../src/orders/model/order";
import { nextCheck } from "../../../src/orders/checking/schedule";
import { OrderStatusStore, type OrderRowChange } from "../../../src/orders/presentation/order-status-store";
import { stateOf, type OrderStatus } from "../../../src/orders/presentation/state";
import { FakeClock, MINUTE, START } from "./doubles";
import { issued, order, refused, World } from "./world";

const GROUPS = {
  unchecked: "waiting",
  pending: "waiting",
  new: "ready",
  step: "needs-you",
  frozen: "needs-you",
} as const;

function rowOf(number: string, status: OrderStatus & keyof typeof GROUPS, more: Partial<Order> = {}): OrderRow {
  const made: Order = {
    trackedAt: START,
    tags: [],
    certificates: [],
    paused: false,
    muted: false,
    ...order(number),
    ...more,
  };
  const login = { key: "sectigo/alice", proved: true };
  return {
    order: made,
    account: undefined,
    check: nextCheck(made, { login, background: "everything" }, START, 0),
    state: { group: GROUPS[status], status, words: "", archived: false },
  };
}

function turn(
  number: string,
  from: keyof typeof GROUPS,
  to: keyof typeof GROUPS,
  more?: Partial<Order>,
): OrderRowChange {
  return { id: order(number).id, before: rowOf(number, from, more), after: rowOf(number, to, more) };
}

describe("gathered notices", () => {
  let clock: FakeClock;
  let told: (readonly Notice[])[];
  let isAsking: boolean;
  let notices: GatheredNotices;
  beforeEach(() => {
    clock = new FakeClock();
    told = [];
    isAsking = false;
    notices = new GatheredNotices(
      clock,
      () => isAsking,
      (each) => told.push(each),
    );
  });
  const id = (number: string) => order(number).id;

  it("tell together what came within seconds, of orders that this window asked about", async () => {
    notices.turned([turn("1", "pending", "new")]);
    notices.noteAsked(id("1"));
    await clock.advance(1_000);
    notices.turned([turn("2", "pending", "new"), turn("3", "pending", "new"), turn("4", "pending", "step")]);
    notices.noteAsked(id("2"));
    notices.noteAsked(id("4"));
    assert.equal(told.length, 0);
    await clock.advance(2_000);
    assert.deepEqual(told, [
      [
        { kind: "ready", orders: [id("1"), id("2")] },
        { kind: "needs-you", orders: [id("4")] },
      ],
    ]);
    await clock.advance(10_000);
    assert.equal(told.length, 1);
    assert.equal(clock.pending, 0);
  });

  it("tell how it stands in the end, once", async () => {
    notices.turned([turn("1", "pending", "step")]);
    notices.turned([turn("1", "step", "new")]);
    notices.turned([turn("2", "pending", "new")]);
    notices.turned([turn("2", "new", "pending")]);
    for (const number of ["1", "2"]) notices.noteAsked(id(number));
    await clock.advance(5_000);
    assert.deepEqual(told, [[{ kind: "ready", orders: [id("1")] }]]);
    notices.turned([turn("1", "new", "new")]);
    notices.noteAsked(id("1"));
    await clock.advance(5_000);
    assert.equal(told.length, 1);
  });

  it("forget once they told who was asked, so that another window tells what it asked later", async () => {
    notices.turned([turn("1", "pending", "new")]);
    notices.noteAsked(id("1"));
    await clock.advance(5_000);
    assert.equal(told.length, 1);
    notices.turned([turn("1", "new", "step")]);
    await clock.advance(5_000);
    assert.equal(told.length, 1);
  });

  it("tell after two seconds, whatever comes in between", async () => {
    notices.noteAsked(id("1"));
    notices.turned([turn("1", "pending", "new")]);
    await clock.advance(1_500);
    notices.turned([turn("2", "pending", "new")]);
    await clock.advance(499);
    assert.equal(told.length, 0);
    await clock.advance(1);
    assert.equal(told.length, 1);
  });

  it("keep silent about muted orders, refused sign-ins, what another window asked, and what is gone", async () => {
    notices.turned([turn("1", "pending", "new", { muted: true }), turn("2", "pending", "frozen")]);
    notices.turned([turn("3", "pending", "new"), turn("4", "pending", "new")]);
    notices.turned([{ id: id("4"), before: rowOf("4", "new") }]);
    for (const number of ["1", "2", "4"]) notices.noteAsked(id(number));
    await clock.advance(5_000);
    assert.equal(told.length, 0);
  });

  it("tell what came of an order that was learned of and answered while this window was busy", async () => {
    isAsking = true;
    for (const number of ["1", "2", "3"]) {
      notices.turned([{ id: id(number), after: rowOf(number, "unchecked") }]);
      notices.noteAsked(id(number));
    }
    notices.turned([turn("1", "unchecked", "pending"), turn("2", "unchecked", "pending")]);
    // What was there when the order was learned of is not news.
    notices.turned([turn("3", "unchecked", "new")]);
    await clock.advance(10_000);
    notices.turned([turn("1", "pending", "step"), turn("1", "step", "new")]);
    isAsking = false;
    await clock.advance(2_000);
    assert.deepEqual(told, [[{ kind: "ready", orders: [id("1")] }]]);
  });

  it("wait until nothing more is due, for a quarter of an hour at most", async () => {
    isAsking = true;
    notices.turned([turn("1", "pending", "new")]);
    notices.noteAsked(id("1"));
    await clock.advance(14 * MINUTE);
    assert.equal(told.length, 0);
    isAsking = false;
    await clock.advance(2_000);
    assert.equal(told.length, 1);
    isAsking = true;
    notices.turned([turn("2", "pending", "new")]);
    notices.noteAsked(id("2"));
    await clock.advance(15 * MINUTE + 2_000);
    assert.deepEqual(told[1], [{ kind: "ready", orders: [id("2")] }]);
  });

  /** Sixty orders that are asked one after the other, each answered as its place says. */
  async function run(
    answerOf: (index: number, count: number) => CollectResult | Promise<CollectResult>,
  ): Promise<World> {
    const world = new World();
    world.latency = 5_000;
    const window = world.window();
    const ids = await window.track(...Array.from({ length: 60 }, (_, index) => String(index)));
    for (const [index, each] of ids.entries()) world.answers.set(each, (_, count) => answerOf(index, count));
    const look = (each: OrderId): OrderRow | undefined => {
      const found = window.book.get(each);
      if (!found) return undefined;
      const circumstances = window.book.circumstances(found, "everything");
      const check = nextCheck(found, circumstances, world.clock.now(), 0);
      return {
        order: found,
        account: undefined,
        check,
        state: stateOf(found, circumstances, check, { secretMissing: false }, world.clock.now()),
      };
    };
    notices = new GatheredNotices(
      world.clock,
      () => window.poller.isAsking,
      (each) => told.push(each),
    );
    new OrderStatusStore(window.book, look, world.clock).onDidChange((turns) => {
      notices.turned(turns);
    });
    window.onAsked = (each) => {
      notices.noteAsked(each);
    };
    await window.start();
    await world.clock.advance(12 * MINUTE);
    window.dispose();
    return world;
  }
  const ready = (index: number) => issued(`shop${index}.example`, START, 90);

  it("tell of sixty orders that are asked one after the other once of each kind", async () => {
    const world = await run((index) => (index % 3 === 0 ? refused(-7, "slow") : ready(index)));
    assert.equal(world.calls.length, 60);
    assert.deepEqual(
      told.map((each) => each.map(({ kind, orders }) => [kind, orders.length])),
      [
        [
          ["needs-you", 20],
          ["ready", 40],
        ],
      ],
    );
  });

  it("tell of them once although a call between them failed and the rest waited for the next attempt", async () => {
    const failure = Object.assign(new Error("No way."), { code: "unreachable" });
    const world = await run((index, count) => (index === 30 && count === 1 ? Promise.reject(failure) : ready(index)));
    assert.equal(world.calls.length, 61);
    assert.deepEqual(
      told.map((each) => each.map(({ kind, orders }) => [kind, orders.length])),
      [[["ready", 60]]],
    );
  });

  it("tell nobody after their end", async () => {
    notices.turned([turn("1", "pending", "new")]);
    notices.noteAsked(id("1"));
    notices.dispose();
    await clock.advance(5_000);
    assert.deepEqual([told.length, clock.pending], [0, 0]);
  });
});
