import assert from "node:assert/strict";
import type { ServiceResult } from "../../../src/api/services/service-result";
import { DAY, HOUR, MINUTE, settle } from "./doubles";
import { ACCOUNT, ACCOUNT_SET, LOGIN, order, refused, World, type Window } from "./world";

const never = new AbortController().signal;
const ON = { type: "report-watch", login: LOGIN, on: true } as const;

/** A CA whose reports say that all orders wait. */
function open(): World {
  const world = new World();
  world.services = ({ values }): Promise<ServiceResult> => {
    const rows = (values.orderNumber ?? "").split(",").map((orderNumber) => ({ orderNumber, domains: [] }));
    return Promise.resolve({ kind: "report", report: { rows, count: rows.length, skipped: 0 } });
  };
  return world;
}

/** Tracks orders whose login has signed in, and is watched by report. */
async function watch(window: Window, count: number): Promise<void> {
  const orders = Array.from({ length: count }, (_, index) => order(String(1_000_000_000 + index)));
  await window.record(ACCOUNT_SET, ...orders);
  await window.serviceAsk({ service: "WebHostReport", account: ACCOUNT.id, values: {} }, "person", never);
  await window.record(ON);
}

/** Starts the reports alone: no order is checked. */
async function start(...windows: readonly Window[]): Promise<void> {
  for (const { book, reports } of windows) {
    await book.refresh();
    reports.start();
  }
  await settle();
}

describe("watching by report", () => {
  it("asks for nothing where nothing is tracked, and looks again with the next round", async () => {
    const world = open();
    const window = world.window();
    await watch(window, 0);
    const { length } = world.lock.turns;
    await start(window);
    await world.clock.advance(DAY - MINUTE);
    window.dispose();
    assert.deepEqual([world.serviceCalls.length, world.lock.turns.length - length], [1, 8]);
  });

  it("asks once for each report, however many windows there are", async () => {
    const world = open();
    const windows = [world.window(), world.window(), world.window()];
    const [first] = windows;
    assert.ok(first);
    await watch(first, 3_000);
    world.latency = 2_000;
    await start(...windows);
    await world.clock.advance(HOUR);
    for (const window of windows) window.dispose();
    const [, ...reports] = world.serviceCalls.map(({ values }) => values.orderNumber?.split(",").length);
    assert.deepEqual(reports, [2_978, 22]);
  });

  it("does not queue while the CA wants no calls", async () => {
    const world = open();
    const window = world.window();
    await watch(window, 1);
    const [{ id } = assert.fail()] = window.book.orders();
    world.answers.set(id, () => refused(-42, "hours"));
    await window.ask(id, "person", never);
    const { length } = world.lock.turns;
    await start(window);
    await world.clock.advance(5 * HOUR);
    assert.deepEqual([world.serviceCalls.length, world.lock.turns.length], [1, length]);
    await world.clock.advance(2 * HOUR);
    window.dispose();
    assert.equal(world.serviceCalls.length, 2);
  });

  it("ends in the middle of a round when a person pauses all checks, and goes on when they resume", async () => {
    const world = open();
    const window = world.window();
    await watch(window, 9_000);
    const answer = world.services;
    world.services = async (...call) => {
      if (world.serviceCalls.length === 2) await window.record({ type: "checks-paused" });
      return answer(...call);
    };
    await start(window);
    await world.clock.advance(HOUR);
    assert.equal(world.serviceCalls.length, 2);
    await window.record({ type: "checks-resumed" });
    window.reports.retry();
    await world.clock.advance(MINUTE);
    window.dispose();
    assert.equal(world.serviceCalls.length, 5);
  });

  it("leaves a login for a minute whose password this window does not have", async () => {
    const world = open();
    const window = world.window();
    await watch(window, 1);
    window.options.passwords = false;
    const { length } = world.lock.turns;
    await start(window);
    await world.clock.advance(HOUR);
    window.dispose();
    assert.deepEqual([world.serviceCalls.length, world.lock.turns.length - length], [1, 61]);
  });

  it("asks nothing of a CA that cannot be called", async () => {
    const world = open();
    const window = world.window({ isOpen: () => false });
    await watch(window, 1);
    await start(window);
    await world.clock.advance(DAY);
    window.dispose();
    assert.equal(world.serviceCalls.length, 1);
  });
});
