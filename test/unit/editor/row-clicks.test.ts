import assert from "node:assert/strict";
import { DOUBLE_CLICK, RowClicks } from "../../../src/editor/view/row-clicks";

/** Clicks at times in ms, and which of them is the second of a double click. */
const CASES: readonly [what: string, clicks: readonly (readonly [order: string, at: number, isSecond: boolean])[]][] = [
  ["one", [["a", 0, false]]],
  [
    "two, one just within the time of the other",
    [
      ["a", 0, false],
      ["a", DOUBLE_CLICK - 1, true],
    ],
  ],
  [
    "two, the time apart",
    [
      ["a", 0, false],
      ["a", DOUBLE_CLICK, false],
    ],
  ],
  [
    "two, the second of which begins a double click",
    [
      ["a", 0, false],
      ["a", 500, false],
      ["a", 999, true],
    ],
  ],
  [
    "three in a row",
    [
      ["a", 0, false],
      ["a", 100, true],
      ["a", 200, false],
      ["a", 300, true],
    ],
  ],
  [
    "two rows in turn",
    [
      ["a", 0, false],
      ["b", 100, false],
      ["a", 200, false],
      ["a", 300, true],
    ],
  ],
  [
    "one before the other, by a clock that went back",
    [
      ["a", 1_000, false],
      ["a", 500, false],
      ["a", 600, true],
    ],
  ],
];

describe("clicks on rows", () => {
  for (const [what, clicks] of CASES) {
    it(`are told apart: ${what}`, () => {
      let now = 0;
      const rows = new RowClicks({ now: () => now });
      const found = clicks.map(([order, at]) => {
        now = at;
        return rows.take(order);
      });
      assert.deepEqual(
        found,
        clicks.map(([, , isSecond]) => isSecond),
      );
    });
  }
});
