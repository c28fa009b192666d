import assert from "node:assert/strict";
import { LensReminder } from "../../../src/editor/languages/lens-reminder";
import { FakeClock, HOUR } from "../orders/doubles";

/** After how many reminders the editor asks, and how many there are then. */
const CASES: readonly [what: string, asksAfter: number, reminders: number][] = [
  ["that asked by itself", 0, 0],
  ["that dropped its request", 1, 1],
  ["that dropped two", 2, 2],
  ["that never asks, since lenses are off", Infinity, 5],
];

describe("LensReminder", () => {
  for (const [what, asksAfter, expected] of CASES) {
    it(`reminds an editor ${what}: ${expected} times`, async () => {
      const clock = new FakeClock();
      let reminders = 0;
      const isForgotten = (): boolean => reminders < asksAfter;
      const reminder = new LensReminder(clock, isForgotten, () => (reminders += 1));
      reminder.look();
      await clock.advance(HOUR);
      assert.deepEqual([reminders, clock.pending], [expected, 0]);
    });
  }

  it("reminds anew when other documents are on screen, and never once it was disposed of", async () => {
    const clock = new FakeClock();
    let reminders = 0;
    const reminder = new LensReminder(
      clock,
      () => true,
      () => (reminders += 1),
    );
    reminder.look();
    await clock.advance(HOUR);
    reminder.look();
    await clock.advance(HOUR);
    assert.equal(reminders, 10);
    reminder.look();
    reminder.dispose();
    await clock.advance(HOUR);
    assert.deepEqual([reminders, clock.pending], [10, 0]);
  });
});
