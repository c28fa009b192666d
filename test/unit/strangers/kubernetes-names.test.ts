import assert from "node:assert/strict";
import fc from "fast-check";
import { secretName } from "../../../src/certificates/exports/kubernetes-secret";

/** What Kubernetes checks (apimachinery, IsDNS1123Subdomain): labels as of RFC 1123, at most 253 characters in all. */
function problemOf(name: string): string | undefined {
  if (name.length > 253) return "longer than 253";
  for (const label of name.split(".")) {
    if (!/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(label)) return `“${label}” is not a label`;
    if (label.length > 63) return `“${label}” is longer than 63`;
  }
  return undefined;
}

describe("a Kubernetes secret's name", () => {
  const table: readonly (readonly [text: string, name: string])[] = [
    ["www.shop.example", "www.shop.example-tls"],
    ["WWW.Shop.Example", "www.shop.example-tls"],
    ["*.shop.example", "wildcard.shop.example-tls"],
    ["wildcard.shop.example", "wildcard.shop.example-tls"],
    ["shop.example.", "shop.example-tls"],
    [".shop..example", "shop.example-tls"],
    ["my_app", "my-app-tls"],
    ["_dmarc.shop.example", "dmarc.shop.example-tls"],
    ["a_.b-.-c.example_", "a.b.c.example-tls"],
    ["shop-.example", "shop.example-tls"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example-tls"],
    ["bücher.example", "b-cher.example-tls"],
    ["Jane Doe", "jane-doe-tls"],
    ["jane@shop.example", "jane-shop.example-tls"],
    ["192.0.2.1", "192.0.2.1-tls"],
    ["2001:db8::1", "2001-db8-1-tls"],
    ["", "certificate-tls"],
    ["---", "certificate-tls"],
    ["...", "certificate-tls"],
    ["漢字", "certificate-tls"],
    ["*", "wildcard-tls"],
    [`${"a".repeat(70)}.example`, `${"a".repeat(63)}.example-tls`],
    [`x.${"b".repeat(70)}`, `x.${"b".repeat(59)}-tls`],
    [`x.${"b".repeat(58)}-cc`, `x.${"b".repeat(58)}-tls`],
    [Array.from({ length: 60 }, (_, index) => `label${index}`).join("."), ""],
  ];
  for (const [text, name] of table) {
    it(`is made of ${JSON.stringify(text.slice(0, 40))}`, () => {
      if (name !== "") assert.equal(secretName(text), name);
      assert.equal(problemOf(secretName(text)), undefined);
      assert.ok(secretName(text).endsWith("-tls"));
    });
  }

  it("is one that Kubernetes takes, whatever it is made of", () => {
    const pieces = fc.constantFrom("a", "-", "_", ".", "*", "A", "é", "x".repeat(64), "9", " ", "xn--");
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 80 }), (parts) => {
        assert.equal(problemOf(secretName(parts.join(""))), undefined);
      }),
      { numRuns: 2000 },
    );
  });

  it("knows what Kubernetes refuses", () => {
    for (const name of ["a_b", "-a", "a-", "a..b", "A", "a.-b", "", "a".repeat(64), "ab.".repeat(90)]) {
      assert.notEqual(problemOf(name), undefined, name);
    }
  });
});

describe("a name that is too long for Kubernetes", () => {
  it("loses its first labels, and keeps as many as fit", () => {
    const labels = ["a", "b", "c", "d", "e"].map((letter) => letter.repeat(59));
    const name = secretName(labels.join("."));
    assert.equal(name, `${labels.slice(1).join(".")}-tls`);
    assert.equal(name.length, 243);
  });
});
