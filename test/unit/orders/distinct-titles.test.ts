import assert from "node:assert/strict";
import fc from "fast-check";
import { distinctTitles, type TitledRow } from "../../../src/orders/presentation/distinct-titles";

/**
 * Titles of one section, each with its kind behind a `/` if that matters, and how they are drawn: with what tells those
 * of one title apart before them.
 */
const CASES: readonly [what: string, titles: readonly string[], drawn: readonly string[]][] = [
  ["none", [], []],
  ["one", ["www.example.org"], ["www.example.org"]],
  ["different ones", ["www.example.org", "shop.example.org"], ["www.example.org", "shop.example.org"]],
  [
    "a person with certificates of three products",
    ["ada@sandbox.example/ccc", "ada@sandbox.example/pac", "bob@sandbox.example/pac", "ada@sandbox.example/mc"],
    ["kind ada@sandbox.example", "kind ada@sandbox.example", "bob@sandbox.example", "kind ada@sandbox.example"],
  ],
  [
    "a person with two certificates of one product",
    ["ada@sandbox.example/ccc", "ada@sandbox.example/pac", "ada@sandbox.example/pac"],
    ["number ada@sandbox.example", "number ada@sandbox.example", "number ada@sandbox.example"],
  ],
  [
    "those that differ soon enough to be seen",
    ["host-00001.example", "host-00002.example"],
    ["host-00001.example", "host-00002.example"],
  ],
  [
    "those that differ where a narrow row is cut",
    ["production-webserver-frankfurt-01.example", "production-webserver-frankfurt-02.example", "other.example"],
    ["production…rt-01.example", "production…rt-02.example", "other.example"],
  ],
  [
    "pairs that would look alike without their middle",
    ["a", "b"].flatMap((end) => [`production-webserver-frankfurt-${end}`, `production-database-frankfurt-${end}`]),
    ["a", "b"].flatMap((end) => [`production-webserver-frankfurt-${end}`, `production-database-frankfurt-${end}`]),
  ],
  [
    "one that another one continues",
    ["production-webserver-frankfurt", "production-webserver-frankfurt-02"],
    ["production…furt", "production…furt-02"],
  ],
  [
    "those that differ in a pair of surrogates",
    ["certificates of the shop 😀", "certificates of the shop 😁"],
    ["certificat…op 😀", "certificat…op 😁"],
  ],
];

describe("titles of one section", () => {
  for (const [what, titles, drawn] of CASES) {
    it(`are drawn so that they can be told apart: ${what}`, () => {
      const rows = titles.map((each): TitledRow => {
        const [title = "", kind = ""] = each.split("/");
        return { title, kind };
      });
      const found = distinctTitles(new Map(rows.entries()));
      assert.deepEqual(
        titles.map((_, index) => {
          const { title = "", toldBy } = found.get(index) ?? {};
          return [...(toldBy === undefined ? [] : [toldBy]), title].join(" ");
        }),
        drawn,
      );
    });
  }

  it("stay different, and are well-formed, whatever they are", () => {
    const part = fc.constantFrom("production-", "webserver-", "frankfurt-", "😀", "é", "1", "2", ".example");
    const title = fc.array(part, { minLength: 1, maxLength: 9 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.uniqueArray(title, { maxLength: 12 }), (titles) => {
        const found = distinctTitles(new Map(titles.map((title, index) => [index, { title, kind: "" }])));
        const shown = titles.map((_, index) => found.get(index)?.title ?? "");
        assert.equal(new Set(shown).size, titles.length, shown.join("\n"));
        for (const each of shown) assert.equal(Buffer.from(each, "utf8").toString("utf8"), each);
      }),
    );
  });
});
