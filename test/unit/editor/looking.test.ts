import assert from "node:assert/strict";
import {
  certificateLookedAt,
  selectedOrders,
  type LookedAt,
  type SelectedRow,
} from "../../../src/editor/window/looking";

const A = "sectigo~ssl~order~1";
const B = "sectigo~ssl~order~2";
const row = (order: string): SelectedRow => ({ kind: "order", order });
const step = (order: string): SelectedRow => ({ kind: "step", order });
const file = (order: string, serialNumber: string): SelectedRow => ({ kind: "certificate", order, serialNumber });

describe("what a person has before them", () => {
  const SELECTIONS: readonly [what: string, selected: readonly SelectedRow[], orders: readonly string[]][] = [
    ["nothing", [], []],
    ["an order", [row(A)], [A]],
    ["orders, one of them in two sections", [row(A), row(B), row(A)], [A, B]],
    ["a certificate of an order", [file(A, "01")], []],
    ["a step of an order", [step(A)], []],
    ["an order and a certificate of another", [row(A), file(B, "01")], [A]],
  ];
  for (const [what, selected, orders] of SELECTIONS) {
    it(`is ${what}: keys act on ${orders.length === 0 ? "nothing" : String(orders.length)}`, () => {
      assert.deepEqual(selectedOrders({ selected }), orders);
    });
  }

  const CERTIFICATES: readonly [what: string, before: LookedAt, serialNumber: string | undefined][] = [
    ["nothing", { selected: [] }, undefined],
    ["the order's page", { page: { order: A }, selected: [file(A, "01")] }, undefined],
    ["a document of the previous one", { page: { order: A, serialNumber: "01" }, selected: [] }, "01"],
    ["a document of another order", { page: { order: B, serialNumber: "01" }, selected: [] }, undefined],
    ["the row of the previous one", { selected: [file(A, "01")] }, "01"],
    ["that row behind a document", { page: { order: B, serialNumber: "02" }, selected: [file(A, "01")] }, "01"],
    ["two rows of it", { selected: [file(A, "01"), file(A, "02")] }, undefined],
    ["the order with one of its rows", { selected: [row(A), file(A, "01")] }, undefined],
    ["the row of another order's", { selected: [file(A, "01"), file(B, "02")] }, "01"],
  ];
  for (const [what, before, serialNumber] of CERTIFICATES) {
    it(`is ${what}: commands are about ${serialNumber ?? "the newest certificate"}`, () => {
      assert.equal(certificateLookedAt(before, A), serialNumber);
    });
  }
});
