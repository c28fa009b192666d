import assert from "node:assert/strict";
import { TrackedCodes } from "../../../src/editor/window/tracked-codes";
import type { CaName, Order } from "../../../src/orders/model/order";
import type { Product } from "../../../src/api/product";
import { START } from "../orders/doubles";

function order(id: string, ca: CaName, product: Product, more: Partial<Order> = {}): Order {
  return {
    id,
    ca,
    product,
    reference: { kind: "collectionCode" },
    trackedAt: START,
    tags: [],
    certificates: [],
    paused: false,
    muted: false,
    ...more,
  };
}

const NUMBER = { reference: { kind: "orderNumber", value: "1" } } as const;
const ORDERS = [
  order("a", "sectigo", "ccc"),
  order("b", "sectigo", "pac", { ...NUMBER, codeSetAt: START }),
  order("c", "sectigo", "pac", NUMBER),
  order("d", "other:ca.example", "ccc"),
  order("unreadable", "sectigo", "ccc"),
];

describe("tracked codes", () => {
  const codes: Record<string, string> = { a: "one", b: "two", c: "three", d: "four" };
  const asked: string[] = [];
  const source = {
    collectionCode: ({ id }: Order) => {
      asked.push(id);
      return Promise.resolve(codes[id]);
    },
  };

  const table: readonly [string, CaName, Product, string, string | undefined][] = [
    ["the code of an order", "sectigo", "ccc", "one", "a"],
    ["one that was entered for a number", "sectigo", "pac", "two", "b"],
    ["one at a CA of one's own", "other:ca.example", "ccc", "four", "d"],
    ["one of another product", "sectigo", "pac", "one", undefined],
    ["one at another CA", "sectigo", "ccc", "four", undefined],
    ["one of nobody", "sectigo", "ccc", "none", undefined],
  ];
  for (const [what, ca, product, code, id] of table) {
    it(`${id === undefined ? "do not find" : "find"} ${what}`, async () => {
      assert.equal((await TrackedCodes.of(ORDERS, source)).find({ ca, product }, code), id);
    });
  }

  it("leave alone orders that go by a number", async () => {
    asked.length = 0;
    await TrackedCodes.of(ORDERS, source);
    assert.deepEqual(asked, ["a", "b", "d", "unreadable"]);
  });
});
