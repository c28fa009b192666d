import assert from "node:assert/strict";
import { drawnSelection } from "../../../src/editor/view/drawn-selection";
import { FakeClock } from "../orders/doubles";

describe("the rows that are selected", () => {
  const CASES: readonly [what: string, selections: readonly (readonly string[])[], rows: readonly string[]][] = [
    ["are those that the editor names", [["a", "b"]], ["a", "b"]],
    ["are those that it names once a redraw is over", [[], [], ["a"]], ["a"]],
    ["are none where it names none for two seconds", [[]], []],
  ];

  for (const [what, selections, rows] of CASES) {
    it(what, async () => {
      const clock = new FakeClock(0);
      const left = [...selections];
      const found = drawnSelection(() => (left.length > 1 ? left.shift() : left[0]) ?? [], clock);
      await clock.advance(2_000);
      assert.deepEqual(await found, rows);
    });
  }

  it("are not waited for where they are known", async () => {
    const clock = { after: () => assert.fail("waits") };
    assert.deepEqual(await drawnSelection(() => ["a"], clock), ["a"]);
  });
});
