import assert from "node:assert/strict";
import fc from "fast-check";
import { readTrackLink } from "../../../src/orders/import/track-link";
import { anyCharacter } from "../any-character";

describe("a link to track an order", () => {
  const taken: [query: string, expected: object][] = [
    ["product=ssl&orderNumber=1234567", { product: "ssl", reference: { kind: "orderNumber", value: "1234567" } }],
    [
      "certificateID=9&product=ssl&label=Shop = East?",
      { product: "ssl", reference: { kind: "certificateID", value: "9" }, label: "Shop = East?" },
    ],
    ["product=mc&baseOrderNumber=77&label=", { product: "mc", reference: { kind: "baseOrderNumber", value: "77" } }],
  ];
  for (const [query, expected] of taken) {
    it(`says ${query}`, () => assert.deepEqual(readTrackLink("/track", query), expected));
  }

  const refused: [what: string, path: string, query: string][] = [
    ["another path", "/untrack", "product=ssl&orderNumber=1"],
    ["no query", "/track", ""],
    ["no product", "/track", "orderNumber=1"],
    ["an unknown product", "/track", "product=tls&orderNumber=1"],
    ["no number", "/track", "product=ssl"],
    ["an empty number", "/track", "product=ssl&orderNumber="],
    ["two numbers", "/track", "product=ssl&orderNumber=1&certificateID=2"],
    ["a number twice", "/track", "product=ssl&orderNumber=1&orderNumber=2"],
    ["a number that is none", "/track", "product=ssl&orderNumber=../x"],
    ["a host", "/track", "product=ssl&orderNumber=1&host=evil.example"],
    ["an account", "/track", "product=ssl&orderNumber=1&account=a"],
    ["a login", "/track", "product=ssl&orderNumber=1&loginName=a&loginPassword=b"],
    ["a collection code", "/track", "product=ccc&collectionCode=abcd1234"],
    ["a tag", "/track", "product=ssl&orderNumber=1&tags=x"],
    ["a key of every object", "/track", "product=ssl&orderNumber=1&__proto__=x"],
    ["a name that is drawn backwards", "/track", "product=ssl&orderNumber=1&label=a\u202eb"],
    ["a name of two lines", "/track", "product=ssl&orderNumber=1&label=a\nb"],
    ["a long name", "/track", `product=ssl&orderNumber=1&label=${"x".repeat(201)}`],
    ["a long query", "/track", `product=ssl&orderNumber=1&label=${"x".repeat(1000)}`],
  ];
  for (const [what, path, query] of refused) {
    it(`is none with ${what}`, () => assert.equal(typeof readTrackLink(path, query), "string"));
  }

  const echoes: readonly string[] = [
    "[click](command:evil)=x",
    "product=[click](command:evil)",
    "product=ssl&orderNumber=[click](command:evil)",
    "product=ssl&orderNumber=1&label=\n[click](command:evil)",
    "product=ssl&orderNumber=1&[click](command:evil)=1",
    "[click](command:evil)=1&[click](command:evil)=1",
  ];
  for (const query of echoes) {
    it(`refuses ${JSON.stringify(query)} and repeats nothing of it`, () => {
      const refusal = readTrackLink("/track", query);
      assert.equal(typeof refusal, "string");
      assert.ok(typeof refusal === "string");
      assert.doesNotMatch(refusal, /click|command|evil/);
    });
  }

  it("is read whatever it says, and shows nothing unseen", () => {
    const piece = fc.oneof(
      fc.constantFrom("product=ssl", "orderNumber=1", "label=", "&", "=", "\u202e", "certificateID=x"),
      fc.string({ unit: anyCharacter }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const read = readTrackLink("/track", pieces.join(""));
        assert.doesNotMatch(typeof read === "string" ? read : JSON.stringify(read), /\p{C}/u);
      }),
    );
  });
});
