import assert from "node:assert/strict";
import { IntervalTimer } from "../../../src/editor/base/interval-timer";
import { FakeClock, HOUR } from "../orders/doubles";

describe("IntervalTimer", () => {
  it("runs at once and at every interval while it is enabled, and has no timer otherwise", async () => {
    const clock = new FakeClock();
    let runs = 0;
    const timer = new IntervalTimer(clock, HOUR, () => {
      runs += 1;
      // What it does may enable it again.
      timer.enabled = true;
    });
    await clock.advance(3 * HOUR);
    assert.deepEqual([runs, clock.pending], [0, 0]);
    timer.enabled = true;
    assert.equal(runs, 1);
    await clock.advance(3 * HOUR);
    assert.equal(runs, 4);
    timer.enabled = false;
    await clock.advance(3 * HOUR);
    assert.deepEqual([runs, clock.pending], [4, 0]);
    timer.enabled = true;
    timer.dispose();
    await clock.advance(3 * HOUR);
    assert.deepEqual([runs, clock.pending], [5, 0]);
  });
});
