import assert from "node:assert/strict";
import { readJson, readList } from "../../../src/orders/import/json";
import type { ParsedOrder } from "../../../src/orders/import/parsed-order";
import { resolveOrder } from "../../../src/orders/import/resolve-order";
import { MAX_LABEL, MAX_TAGS } from "../../../src/orders/model/label";
import { ACCOUNT } from "./world";

const NUMBER = { kind: "orderNumber", value: "12345678" } as const;
const found: ParsedOrder = { reference: NUMBER, line: 1 };
const item = { orderNumber: "12345678" };

/** A value inside so many objects. */
function wrapped(value: unknown, levels: number): unknown {
  return levels === 0 ? value : { data: wrapped(value, levels - 1) };
}

/** What is read of a text; `undefined`: it is not JSON. */
const TEXTS: readonly (readonly [what: string, text: string, orders: readonly ParsedOrder[], problems: number])[] = [
  ["a list of one", JSON.stringify([item]), [found], 0],
  ["a list inside of five objects", JSON.stringify(wrapped([item], 5)), [found], 0],
  ["a list inside of six objects", JSON.stringify(wrapped([item], 6)), [], 1],
  ["a number", "[12345678]", [found], 0],
  ["a negative number", "[-12345678]", [], 1],
  ["a negative number by its name", '[{"orderNumber": -12345678}]', [], 1],
  ["a half", "[12345678.5]", [], 1],
  ["a number that lost digits", "[12345678901234567890]", [], 1],
  ["a number without end", "[1e400]", [], 1],
  ["nothing of an order", '[{}, null, true, [], ""]', [], 5],
  [
    "names of every object",
    '[{"__proto__": {"orderNumber": "87654321"}, "constructor": {}, "toString": 1, "orderNumber": "12345678"}]',
    [found],
    0,
  ],
  ["an order under a name of every object", '[{"__proto__": {"orderNumber": "87654321"}}]', [], 1],
  ["kinds of every object", '[{"reference": {"kind": "toString", "value": "12345678"}}]', [], 1],
  ["a key twice, of which the last counts", '[{"orderNumber": "1", "orderNumber": "12345678"}]', [found], 0],
  ["half a character", '[{"orderNumber": "12345678\\ud800"}]', [], 1],
  ["a product of every object", '[{"orderNumber": "12345678", "product": "constructor"}]', [found], 0],
  ["a version to come", '{"version": 2, "orders": ["12345678"]}', [], 1],
  ["a version that is not a number", '{"version": "2", "orders": ["12345678"]}', [found], 0],
  [
    "a code that is none",
    '[{"orderNumber": "12345678", "collectionCode": "has blanks in it"}, {"collectionCode": "x"}]',
    [found],
    1,
  ],
];

describe("JSON with orders", () => {
  for (const [what, text, orders, problems] of TEXTS)
    it(`is read: ${what}`, () => {
      const read = readJson(text);
      assert.deepEqual(read?.orders, orders);
      assert.equal(read.problems.length, problems);
    });

  it("may be nested however deep, and is not followed there", () => {
    const text = "[".repeat(100_000) + "]".repeat(100_000);
    assert.deepEqual(readJson(text)?.orders, []);
    const objects = `${'{"data":'.repeat(100_000)}["12345678"]${"}".repeat(100_000)}`;
    assert.deepEqual(readJson(objects)?.orders, []);
  });

  const long = "x".repeat(MAX_LABEL + 1);
  const most = Array.from({ length: MAX_TAGS }, (_, at) => `t${at}`);
  const leftOut: readonly (readonly [
    what: string,
    more: object,
    label: string | undefined,
    tags: readonly string[],
    leftOut: readonly string[],
  ])[] = [
    ["nothing", { label: "Shop", tags: most }, "Shop", most, []],
    ["a long label", { label: long }, undefined, [], ["label"]],
    ["a label without end", { label: long.repeat(100) }, undefined, [], ["label"]],
    ["a tag too many", { tags: [...most, "one"] }, undefined, most, ["tags"]],
    ["many tags too many", { tags: Array(10_000).fill("t") }, undefined, Array<string>(MAX_TAGS).fill("t"), ["tags"]],
    ["a long tag", { tags: ["East", long] }, undefined, ["East"], ["tags"]],
    ["a tag without end", { tags: [long.repeat(100), "East"] }, undefined, ["East"], ["tags"]],
    ["tags that are not texts", { tags: ["East", null, 7, "", {}] }, undefined, ["East"], []],
  ];
  for (const [what, more, label, tags, expected] of leftOut)
    it(`says what is left out of it: ${what}`, () => {
      const [order = assert.fail()] = readList([{ ...item, product: "ssl", ...more }]).orders;
      const defaults = { ca: "sectigo", codeCa: "sectigo", accounts: [ACCOUNT], caAt: () => undefined } as const;
      const resolved = resolveOrder(order, defaults);
      assert.ok("tracked" in resolved);
      assert.deepEqual([resolved.tracked.label, resolved.tracked.tags ?? []], [label, tags]);
      assert.deepEqual(resolved.leftOut, expected);
      assert.ok(JSON.stringify(order).length < 20_000, "it is cut before it is kept");
    });

  it("gives an order with a code and a number by its number, where the product takes no code", () => {
    const [order = assert.fail()] = readList([{ ...item, product: "ssl", collectionCode: "Abc12345" }]).orders;
    const defaults = { ca: "sectigo", codeCa: "sectigo", accounts: [], caAt: () => undefined } as const;
    assert.deepEqual(resolveOrder(order, defaults), { missing: "account" });
    const byCode = resolveOrder({ ...order, product: "pac" }, defaults);
    assert.ok("tracked" in byCode);
    assert.deepEqual(byCode.tracked.reference, { kind: "collectionCode" });
  });
});
