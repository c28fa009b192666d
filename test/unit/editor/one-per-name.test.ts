import assert from "node:assert/strict";
import { onePerName } from "../../../src/editor/notices/one-per-name";
import { english } from "../../../src/words/localize";
import type { Order } from "../../../src/orders/model/order";
import { namesOf } from "../../../src/orders/presentation/order-words";
import { START } from "../orders/doubles";
import { order } from "../orders/world";

const named = (number: number, label: string): Order => ({
  ...order(`100000${number}`),
  ...{ trackedAt: START, tags: [], certificates: [], paused: false, muted: false, label },
});

describe("the names in a notice", () => {
  const CASES: readonly (readonly [labels: readonly string[], expected: string])[] = [
    [[], ""],
    [["ada"], "ada"],
    [["ada", "ada", "ada"], "ada"],
    [["ada", "bob", "ada", "cyd"], "ada, bob and cyd"],
    [["ada", "ada", "ada", "ada", "bob"], "ada and bob"],
    [["ada", "bob", "bob", "cyd", "dan", "eve", "dan"], "ada, bob, cyd and 2 more"],
  ];
  for (const [labels, expected] of CASES) {
    it(labels.join(" ") || "none", () => {
      const orders = onePerName(labels.map((label, index) => named(index, label)));
      assert.equal(namesOf(orders, { localize: english, language: "en" }), expected);
    });
  }
});
