import assert from "node:assert/strict";
import fc from "fast-check";
import { DueIndex } from "../../../src/orders/checking/due-index";
import type { Order } from "../../../src/orders/model/order";
import { START } from "./doubles";
import { order } from "./world";

const turn = fc.record({
  number: fc.nat(20),
  account: fc.constantFrom("a", "b"),
  due: fc.option(fc.nat(5), { nil: undefined }),
  heldBy: fc.constantFrom(undefined, "sectigo/x", "sectigo/y"),
});

const orderOf = (number: number, account: string): Order => {
  return {
    ...order(String(number)),
    account,
    trackedAt: START,
    tags: [],
    certificates: [],
    paused: false,
    muted: false,
  };
};

describe("an index of due orders", () => {
  it("has each order where it was noted last, the first due on top, and knows what holds orders back", () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 60 }), (turns) => {
        const index = new DueIndex();
        const known = new Map<string, { due: number; account: string; heldBy: string | undefined }>();
        for (const { number, account, due, heldBy } of turns) {
          const each = orderOf(number, account);
          if (due === undefined) index.delete(each.id);
          else index.set(each, due, heldBy);
          if (due === undefined) known.delete(each.id);
          else known.set(each.id, { due, account, heldBy });
        }
        const held = new Set([...known.values()].flatMap(({ heldBy }) => heldBy ?? []));
        assert.deepEqual(new Set(index.holding), held);
        // Taken out one after the other, they come in the order in which they are due.
        for (const heap of index.all) {
          const left = [...known].filter(([, { account }]) => account === heap.account);
          const dues = left.map(([, { due }]) => due).sort((a, b) => a - b);
          const taken: number[] = [];
          for (let { first } = heap; first !== undefined; first = heap.first) {
            assert.equal(known.get(first.id)?.due, first.due);
            taken.push(first.due);
            index.delete(first.id);
          }
          assert.deepEqual(taken, dues);
        }
      }),
    );
  });
});
