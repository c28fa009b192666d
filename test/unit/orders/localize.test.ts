import assert from "node:assert/strict";
import { translated } from "../../../src/orders/localize";

describe("a text said in another language", () => {
  const GERMAN = { "Waiting for you: {0}": "Wartet auf Sie: {0}", "CAA check": "CAA-Prüfung" };
  const cases: readonly (readonly [what: string, said: string, text: string, ...values: (string | number)[]])[] = [
    ["is the translation", "CAA-Prüfung", "CAA check"],
    ["with its places filled in", "Wartet auf Sie: shop.example", "Waiting for you: {0}", "shop.example"],
    ["and with no place in what fills them", "Wartet auf Sie: {1}{0}", "Waiting for you: {0}", "{1}{0}", "b"],
    ["is the English one, where there is no translation", "Order 7", "Order {0}", 7],
    ["a domain of the CA is not a text of ours", "shop.example", "shop.example"],
    // What every object has, lists of translations among them.
    ...["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__", "__defineGetter__"].map(
      (name) => ["nor is one with a name that objects have", name, name] as const,
    ),
  ];
  for (const [what, said, text, ...values] of cases) {
    it(`${what}: ${text}`, () => assert.equal(translated(GERMAN)(text, ...values), said));
  }
});
