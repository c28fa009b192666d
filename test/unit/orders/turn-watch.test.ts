import assert from "node:assert/strict";
import type { LockHolder } from "../../../src/orders/ports";
import { TurnWatch } from "../../../src/orders/checking/turn-watch";
import { FakeClock, START } from "./doubles";

const OWN = 7;
const other: LockHolder = { pid: 8, since: START, isStopped: false };

describe("turn watch", () => {
  let clock: FakeClock;
  let holder: LockHolder | undefined;
  let told: (LockHolder | undefined)[];
  let watch: TurnWatch;
  beforeEach(() => {
    clock = new FakeClock();
    [holder, told] = [undefined, []];
    watch = new TurnWatch(
      clock,
      () => Promise.resolve(holder),
      OWN,
      (found) => told.push(found),
    );
  });
  afterEach(() => watch.dispose());

  it("tells whose turn it is after a while, once, and when it ends", async () => {
    holder = other;
    await clock.advance(2_999);
    assert.deepEqual(told, []);
    await clock.advance(5_000);
    assert.deepEqual(told, [other]);
    holder = { ...other, isStopped: true };
    await clock.advance(1_000);
    holder = undefined;
    await clock.advance(5_000);
    assert.deepEqual(told, [other, { ...other, isStopped: true }, undefined]);
  });

  it("tells of one in another container, which has no number", async () => {
    holder = { since: START, isStopped: false };
    await clock.advance(3_000);
    assert.deepEqual(told, [holder]);
  });

  it("tells nothing of its own process, nor where it is nobody's turn", async () => {
    await clock.advance(5_000);
    holder = { ...other, pid: OWN };
    await clock.advance(5_000);
    assert.deepEqual(told, []);
  });

  it("ends", async () => {
    holder = other;
    watch.dispose();
    await clock.advance(10_000);
    assert.deepEqual([told, clock.pending], [[], 0]);
  });
});
