import assert from "node:assert/strict";
import type { DetailsObject, DetailsPage, DetailsRow, Value } from "../../../src/certificates/details/page";
import { publicFinding, publicPage } from "../../../src/certificates/details/public-page";
import { NOTHING_TO_JUDGE } from "../../../src/certificates/details/verdict";
import { segments } from "../../../src/certificates/names/suspicious-text";
import { freshKeys } from "../../hostile/key-layouts";

const [{ pkcs8 } = assert.fail()] = freshKeys();
const KEY = pkcs8.toString("base64");
const HEX = pkcs8.toString("hex");

const harmless = segments("harmless");
const text = (words: string): Value => ({ kind: "text", text: segments(words) });
const row = (label: string, value: Value): DetailsRow => ({ label, values: [value], copy: "harmless" });

/** A page with a value in one place, and harmless ones in all others. */
function page(more: Partial<DetailsPage> = {}, object: Partial<DetailsObject> = {}): DetailsPage {
  return {
    title: harmless,
    summary: { headline: harmless, verdict: NOTHING_TO_JUDGE, sentences: [{ tone: "good", text: harmless }] },
    tree: [{ object: "a", label: harmless, children: [] }],
    objects: [
      { id: "a", kind: "Certificate", heading: harmless, place: "line 1", findings: [], sections: [], ...object },
    ],
    damage: [],
    ...more,
  };
}
const withRow = (of: DetailsRow): DetailsPage => page({}, { sections: [{ id: "s", title: "harmless", rows: [of] }] });

const key = segments(KEY);
const leaf = { object: "a", label: key, children: [] };
const finding = { id: "x", severity: "info", message: `Odd: ${KEY}` } as const;
const places: [place: string, page: DetailsPage][] = [
  ["the title", page({ title: key })],
  [
    "the name of a root in the verdict",
    page({
      summary: {
        headline: harmless,
        verdict: { says: { kind: "unknown-root", root: key }, tone: "attention" },
        sentences: [],
      },
    }),
  ],
  ["the headline", page({ summary: { headline: key, verdict: NOTHING_TO_JUDGE, sentences: [] } })],
  [
    "a sentence",
    page({ summary: { headline: harmless, verdict: NOTHING_TO_JUDGE, sentences: [{ tone: "good", text: key }] } }),
  ],
  ["the tree", page({ tree: [{ object: "a", label: harmless, children: [leaf] }] })],
  ["the heading of an object", page({}, { heading: key })],
  ["the place of an object", page({}, { place: KEY })],
  ["a finding", page({}, { findings: [finding] })],
  ["the title of a section", page({}, { sections: [{ id: "s", title: KEY, rows: [] }] })],
  ["the label of a row", withRow(row(KEY, text("harmless")))],
  ["a text", withRow(row("a", text(KEY)))],
  ["an address", withRow(row("a", { kind: "uri", text: segments(`http://a.example/${KEY}`) }))],
  ["hex", withRow(row("a", { kind: "hex", hex: HEX }))],
  ["a tree of ASN.1", withRow(row("a", { kind: "tree", hex: HEX, nodes: [] }))],
  ["a row in a row", withRow(row("a", { kind: "rows", rows: [row("b", { kind: "hex", hex: HEX })] }))],
  ["the place of a damage", page({ damage: [{ offset: 0, place: KEY, message: "It is cut." }] })],
  ["the words about a damage", page({ damage: [{ offset: 0, place: "line 1", message: `In ${KEY}` }] })],
];

describe("a page without private keys", () => {
  for (const [place, whole] of places)
    it(`has none in ${place}`, () => {
      const isThere = (shown: unknown) => [KEY, HEX].some((each) => JSON.stringify(shown).includes(each));
      assert.ok(isThere(whole));
      const shown = publicPage(whole);
      assert.equal(isThere(shown), false);
      assert.match(JSON.stringify(shown), /Private key material, which is not shown\./);
      // What is left for the clipboard goes with what is shown.
      assert.deepEqual(publicPage(shown), shown);
    });

  it("is else as it was", () => {
    const plain = withRow(row("a", text("harmless")));
    assert.deepEqual(publicPage(plain), plain);
    assert.equal(publicFinding({ ...finding, message: "Odd." }, "hidden").message, "Odd.");
  });
});
