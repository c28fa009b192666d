import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { PRODUCTS } from "../../../src/api/product";
import { ORDER_FILE_LIMITS, readOrderFile } from "../../../src/orders/order-file";

const good = { product: "ssl", orderNumber: "12345678" };
const fileOf = (...orders: unknown[]) => JSON.stringify({ version: 1, orders }, null, 2);

describe("order file", () => {
  it("reads orders, and says where each stands", () => {
    const text = fileOf(
      { ...good, label: 'a "b" {', tags: ["East"], save: { profile: "nginx", files: { fullchain: "tls/site.pem" } } },
      { product: "mc", certificateID: "99" },
    );
    const { orders, problems } = readOrderFile(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      orders.map(({ start, end, ...order }) => {
        assert.equal((JSON.parse(text.slice(start, end)) as { product: string }).product, order.product);
        return order;
      }),
      [
        {
          product: "ssl",
          reference: { kind: "orderNumber", value: "12345678" },
          label: 'a "b" {',
          tags: ["East"],
          save: { profile: "nginx", files: { fullchain: "tls/site.pem" } },
        },
        { product: "mc", reference: { kind: "certificateID", value: "99" }, tags: [] },
      ],
    );
  });

  const bad: [string, unknown][] = [
    ["no object", 7],
    ["an array", [good]],
    ["no product", { orderNumber: "1" }],
    ["an unknown product", { ...good, product: "tls" }],
    ["no number", { product: "ssl" }],
    ["two numbers", { ...good, certificateID: "1" }],
    ["a number that is none", { ...good, orderNumber: "../1" }],
    ["a number that is no text", { ...good, orderNumber: 12345678 }],
    ["an account", { ...good, account: "alice" }],
    ["an endpoint", { ...good, host: "evil.example" }],
    ["a collection code", { product: "ccc", collectionCode: "AbC123" }],
    ["too long a label", { ...good, label: "x".repeat(ORDER_FILE_LIMITS.text + 1) }],
    ["tags that are no texts", { ...good, tags: [1] }],
    ["a target without files", { ...good, save: { profile: "nginx", files: {} } }],
    ["a target with more in it", { ...good, save: { profile: "nginx", files: { a: "b" }, key: "x" } }],
  ];
  for (const path of [
    "/etc/passwd",
    "../x",
    "a/../../x",
    "C:/x",
    "a\\b",
    "file:x",
    "a//b",
    "",
    ".",
    "nul",
    "a/COM1.pem",
    "a.",
    ".git/hooks/x",
    "a\u0000b",
  ]) {
    bad.push([`the path ${JSON.stringify(path)}`, { ...good, save: { profile: "nginx", files: { fullchain: path } } }]);
  }
  for (const [what, item] of bad) {
    it(`refuses an order with ${what}, and takes the others`, () => {
      const text = fileOf(good, item, good);
      const { orders, problems } = readOrderFile(text);
      assert.equal(orders.length, 2);
      assert.equal(problems.length, 1);
      const [problem] = problems;
      assert.deepEqual(JSON.parse(text.slice(problem?.start, problem?.end)), item);
    });
  }

  for (const [what, text] of [
    ["no JSON", "{"],
    ["a list", "[]"],
    ["a later version", '{"version":2,"orders":[]}'],
    ["no orders", '{"version":1}'],
    ["too long a text", " ".repeat(ORDER_FILE_LIMITS.characters + 1)],
  ] as const) {
    it(`says one thing of a file that is ${what}`, () => {
      const { orders, problems } = readOrderFile(text);
      assert.deepEqual([orders.length, problems.length], [0, 1]);
    });
  }

  it("takes so many orders and no more, and the last of two lists", () => {
    const many = readOrderFile(fileOf(...Array.from({ length: ORDER_FILE_LIMITS.orders + 1 }, () => good)));
    assert.deepEqual([many.orders.length, many.problems.length], [ORDER_FILE_LIMITS.orders, 1]);
    const text = `{"orders":[{"product":"mc","orderNumber":"1"}],"version":1,"orders":[ {"product":"ssl","orderNumber":"2"} ]}`;
    const [order] = readOrderFile(text).orders;
    assert.equal(text.slice(order?.start, order?.end), '{"product":"ssl","orderNumber":"2"}');
  });

  it("reads whatever JSON comes without an error", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (items) => {
        const text = fileOf(...items);
        const { orders, problems } = readOrderFile(text);
        assert.equal(orders.length + problems.length, items.length);
        for (const [index, { start, end }] of problems.entries()) {
          assert.equal(JSON.stringify(JSON.parse(text.slice(start, end))), JSON.stringify(items[index]));
        }
      }),
    );
  });

  it("has a schema with the same products, limits and keys", () => {
    const schema = JSON.parse(readFileSync("media/certificate-collector.schema.json", "utf8")) as {
      properties: { orders: { maxItems: number } };
      definitions: {
        order: { properties: Record<string, { enum?: string[]; maxItems?: number; properties?: object }> };
        text: { maxLength: number };
      };
    };
    const { properties } = schema.definitions.order;
    assert.deepEqual(properties.product?.enum, [...PRODUCTS]);
    assert.equal(properties.tags?.maxItems, ORDER_FILE_LIMITS.tags);
    assert.equal(schema.properties.orders.maxItems, ORDER_FILE_LIMITS.orders);
    assert.equal(schema.definitions.text.maxLength, ORDER_FILE_LIMITS.text);
    // What the schema knows the reader takes, and nothing else.
    for (const key of Object.keys(properties)) {
      const { problems } = readOrderFile(fileOf({ ...good, [key]: undefined, unknown: 1 }));
      assert.doesNotMatch(problems[0]?.message ?? "", new RegExp(`"${key}" means nothing`));
    }
    assert.deepEqual(Object.keys(properties.save?.properties ?? {}), ["profile", "files"]);
  });
});
