import assert from "node:assert/strict";
import type { Row } from "../../../src/orders/arrange";
import type { Notice } from "../../../src/orders/attention";
import { GatheredNotices } from "../../../src/orders/gathered-notices";
import type { Order } from "../../../src/orders/order";
import { nextCheck } from "../../../src/orders/schedule";
import type { RowTurn } from "../../../src/orders/standings";
import type { Standing } from "../../../src/orders/state";
import { FakeClock, START } from "./doubles";
import { order } from "./world";

const GROUPS = { pending: "waiting", ready: "ready", step: "needs-you", frozen: "needs-you" } as const;

function rowOf(number: string, standing: Standing & keyof typeof GROUPS, more: Partial<Order> = {}): Row {
  const made: Order = { trackedAt: START, tags: [], held: [], paused: false, muted: false, ...order(number), ...more };
  const login = { key: "sectigo/alice", proved: true };
  return {
    order: made,
    account: undefined,
    check: nextCheck(made, { login, background: "everything" }, START, 0),
    state: { group: GROUPS[standing], standing, words: "", archived: false },
  };
}

function turn(number: string, from: keyof typeof GROUPS, to: keyof typeof GROUPS, more?: Partial<Order>): RowTurn {
  return { id: order(number).id, before: rowOf(number, from, more), after: rowOf(number, to, more) };
}

describe("gathered notices", () => {
  let clock: FakeClock;
  let told: (readonly Notice[])[];
  let notices: GatheredNotices;
  beforeEach(() => {
    clock = new FakeClock();
    told = [];
    notices = new GatheredNotices(clock, (each) => told.push(each));
  });
  const id = (number: string) => order(number).id;

  it("tell together what came within seconds, of orders that this window asked about", async () => {
    notices.turned([turn("1", "pending", "ready")]);
    notices.noteAsked(id("1"));
    await clock.advance(1_000);
    notices.turned([turn("2", "pending", "ready"), turn("3", "pending", "ready"), turn("4", "pending", "step")]);
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
    notices.turned([turn("1", "step", "ready")]);
    notices.turned([turn("2", "pending", "ready")]);
    notices.turned([turn("2", "ready", "pending")]);
    for (const number of ["1", "2"]) notices.noteAsked(id(number));
    await clock.advance(5_000);
    assert.deepEqual(told, [[{ kind: "ready", orders: [id("1")] }]]);
    notices.turned([turn("1", "ready", "ready")]);
    notices.noteAsked(id("1"));
    await clock.advance(5_000);
    assert.equal(told.length, 1);
  });

  it("keep silent about muted orders, refused sign-ins, what another window asked, and what is gone", async () => {
    notices.turned([turn("1", "pending", "ready", { muted: true }), turn("2", "pending", "frozen")]);
    notices.turned([turn("3", "pending", "ready"), turn("4", "pending", "ready")]);
    notices.turned([{ id: id("4"), before: rowOf("4", "ready") }]);
    for (const number of ["1", "2", "4"]) notices.noteAsked(id(number));
    await clock.advance(5_000);
    assert.equal(told.length, 0);
  });

  it("tell nobody after their end", async () => {
    notices.turned([turn("1", "pending", "ready")]);
    notices.noteAsked(id("1"));
    notices.dispose();
    await clock.advance(5_000);
    assert.deepEqual([told.length, clock.pending], [0, 0]);
  });
});
