import assert from "node:assert/strict";
import { PRODUCTS, type Product } from "../../../src/api/product";
import { isOtherGoods, productIn, productNamed, productOfAll } from "../../../src/orders/import/product-words";

describe("words for products", () => {
  const words: Readonly<Record<Product, string>> = {
    ssl: "SSL",
    smime: "S/MIME",
    ccc: "Client Certificate",
    pac: "Personal Authentication",
    mc: "Verified Mark",
  };
  // A certificate of a person has several names: the most specific counts. Two that are not of one kind say nothing.
  const both: readonly (readonly [one: Product, other: Product, product: Product | undefined])[] = [
    ["pac", "smime", "pac"],
    ["pac", "ccc", "pac"],
    ["smime", "ccc", "smime"],
    ["ssl", "smime", undefined],
    ["ssl", "ccc", undefined],
    ["ssl", "pac", undefined],
    ["ssl", "mc", undefined],
    ["mc", "smime", undefined],
    ["mc", "ccc", undefined],
    ["mc", "pac", undefined],
  ];
  for (const product of PRODUCTS)
    it(`name one: ${words[product]}`, () => {
      assert.equal(productIn(`Your ${words[product]}, as ordered`), product);
      assert.equal(productNamed(words[product]), product);
      assert.equal(productNamed(product.toUpperCase()), product);
    });
  for (const [one, other, product] of both)
    it(`name one of two, or none: ${words[one]}, ${words[other]}`, () => {
      assert.equal(productIn(`${words[other]} or ${words[one]}`), product);
      assert.equal(productOfAll([words[one], words[other]]), product);
    });
  for (const name of ["__proto__", "constructor", "toString", "", "EV Code Signing"])
    it(`do not name one: ${JSON.stringify(name)}`, () => assert.equal(productNamed(name), undefined));
  for (const [name, isOther] of [
    ["EV Code Signing", true],
    ["SiteLock Basic", true],
    ["Quite New Thing", false],
    ["PositiveSSL", false],
    ["", false],
  ] as const)
    it(`${isOther ? "name" : "do not name"} what none of them delivers: ${JSON.stringify(name)}`, () =>
      assert.equal(isOtherGoods(name), isOther));
});
