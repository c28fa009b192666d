import assert from "node:assert/strict";
import { Hourly } from "../../../src/editor/base/hourly";
import { FakeClock, HOUR } from "../orders/doubles";

describe("Hourly", () => {
  it("runs at once and every hour while it is wanted, and has no timer otherwise", async () => {
    const clock = new FakeClock();
    let runs = 0;
    const hourly = new Hourly(clock, () => {
      runs += 1;
      // What it does may want it again.
      hourly.isWanted = true;
    });
    await clock.advance(3 * HOUR);
    assert.deepEqual([runs, clock.pending], [0, 0]);
    hourly.isWanted = true;
    assert.equal(runs, 1);
    await clock.advance(3 * HOUR);
    assert.equal(runs, 4);
    hourly.isWanted = false;
    await clock.advance(3 * HOUR);
    assert.deepEqual([runs, clock.pending], [4, 0]);
    hourly.isWanted = true;
    hourly.dispose();
    await clock.advance(3 * HOUR);
    assert.deepEqual([runs, clock.pending], [5, 0]);
  });
});
