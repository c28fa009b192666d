import assert from "node:assert/strict";
import fc from "fast-check";
import { formatOrderId, type OrderName } from "../../../src/orders/model/order-id";
import { PRODUCTS } from "../../../src/api/product";

const KINDS = {
  order: "orderNumber",
  certificate: "certificateID",
  base: "baseOrderNumber",
  code: "collectionCode",
} as const;

/** What an id was made of, read back: so no two orders have the same one. */
function nameIn(id: string): unknown {
  const parts = id.split("~").map((part) => decodeURIComponent(part.replaceAll("_", "%")));
  const [ca, product, word = "", value] = parts;
  const kind = Object.entries(KINDS).find(([each]) => each === word)?.[1];
  return { ca, product, reference: kind === "collectionCode" ? { kind } : { kind, value } };
}

describe("order id", () => {
  const number = (value: string): OrderName => ({
    ca: "sectigo",
    product: "ssl",
    reference: { kind: "orderNumber", value },
  });

  const cases: [string, OrderName, string][] = [
    ["an order number", number("12345678"), "sectigo~ssl~order~12345678"],
    [
      "a certificate ID",
      { ca: "sandbox", product: "smime", reference: { kind: "certificateID", value: "42" } },
      "sandbox~smime~certificate~42",
    ],
    [
      "a base order number",
      { ca: "sectigo", product: "mc", reference: { kind: "baseOrderNumber", value: "7" } },
      "sectigo~mc~base~7",
    ],
    [
      "another CA's host and port",
      { ...number("1"), ca: "other:pki.example:8443" },
      "other_3apki.example_3a8443~ssl~order~1",
    ],
    ["letters and what files do not take", number("AB/1 é."), "sectigo~ssl~order~_41_42_2f1_20_c3_a9_2e"],
  ];
  for (const [what, name, id] of cases) {
    it(`is readable and reads back: ${what}`, () => {
      assert.equal(formatOrderId(name), id);
      assert.deepEqual(nameIn(id), name);
    });
  }

  it("is the same for the same order, and random for a collection code", () => {
    assert.equal(formatOrderId(number("5")), formatOrderId(number("5")));
    const byCode: OrderName = { ca: "sectigo", product: "ccc", reference: { kind: "collectionCode" } };
    assert.notEqual(formatOrderId(byCode), formatOrderId(byCode));
    assert.deepEqual(nameIn(formatOrderId(byCode)), byCode);
  });

  it("refuses a reference that would not fit a file name", () => {
    assert.throws(() => formatOrderId(number("é".repeat(60))), { code: "order-id" });
  });

  it("reads back whatever it is made of, and is safe in files and URIs", () => {
    const names = fc.record(
      {
        ca: fc.oneof(
          fc.constant("sectigo" as const),
          fc.stringMatching(/^[a-z0-9.:-]{1,20}$/).map((host) => `other:${host}` as const),
        ),
        product: fc.constantFrom(...PRODUCTS),
        reference: fc.record(
          {
            kind: fc.constantFrom("orderNumber" as const, "certificateID" as const, "baseOrderNumber" as const),
            value: fc.string({ minLength: 1, maxLength: 3, unit: "grapheme" }),
          },
          { noNullPrototype: true },
        ),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(names, (name) => {
        const id = formatOrderId(name);
        assert.match(id, /^[a-z0-9][a-z0-9._~-]*[^.]$/);
        assert.deepEqual(nameIn(id), name);
      }),
    );
  });
});
