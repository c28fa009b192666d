import assert from "node:assert/strict";
import type { ReportRow } from "../../../../src/api/services/service-result";
import { findingTitle, findingWords } from "../../../../src/orders/finding/finding-words";
import { discoveryOf, trackingLines, type FoundOrder } from "../../../../src/orders/finding/discovery";
import { JAPANESE } from "../../words/japanese";
import { english } from "../../../../src/words/localize";
import type { CaName, Order, OrderReference } from "../../../../src/orders/model/order";
import { formatOrderId } from "../../../../src/orders/model/order-id";

const row = (orderNumber: string, more: Partial<ReportRow> = {}): ReportRow => ({ orderNumber, domains: [], ...more });

function tracked(ca: CaName, reference: Exclude<OrderReference, { kind: "collectionCode" }>): Order {
  const name = { ca, product: "smime", reference } as const;
  const rest = { trackedAt: 0, tags: [], certificates: [], paused: false, muted: false };
  return { id: formatOrderId(name), ...name, ...rest };
}

const numbers = (found: readonly FoundOrder[]): string[] => found.map(({ row: { orderNumber } }) => orderNumber);

describe("what was found", () => {
  it("comes by the CA's words, whatever their case: what waits, what is unknown, then the rest", () => {
    const words = [
      ...["Revoked", "Expired", "Valid", "VALID", "Replaced", "Pending", "caacheckfailed", "Ghost", "Cancelled"],
      ...["Awaiting validation", "Not validated", "Invalid"],
    ];
    const rows = words.map((status, place) => row(String(1_000_000 + place), { status }));
    const { fresh } = discoveryOf([...rows, row("1000100")], [], "sectigo");
    assert.deepEqual(
      fresh.map(({ status, orders }) => `${status} ${orders.length}`),
      [
        ...["Awaiting validation 1", "Not validated 1", "Pending 1", " 1", "Ghost 1", "Invalid 1", "caacheckfailed 1"],
        ...["VALID 2", "Expired 1", "Replaced 1", "Revoked 1", "Cancelled 1"],
      ],
    );
  });

  it("has the newest first, then the highest number", () => {
    const rows = [row("999999"), row("1000001"), row("1000000"), row("5", { placedAt: 2 }), row("6", { placedAt: 1 })];
    const [group] = discoveryOf(rows, [], "sectigo").fresh;
    assert.deepEqual(numbers(group?.orders ?? []), ["5", "6", "1000001", "1000000", "999999"]);
  });

  const KNOWN: readonly (readonly [name: string, order: Order, isKnown: boolean])[] = [
    ["order number", tracked("sectigo", { kind: "orderNumber", value: "1000001" }), true],
    ["base order number", tracked("sectigo", { kind: "baseOrderNumber", value: "1000001" }), true],
    ["certificate ID", tracked("sectigo", { kind: "certificateID", value: "7000001" }), true],
    ["certificate ID like its number", tracked("sectigo", { kind: "certificateID", value: "1000001" }), false],
    ["number at another CA", tracked("other:ca.example", { kind: "orderNumber", value: "1000001" }), false],
  ];
  for (const [name, order, isKnown] of KNOWN)
    it(`${isKnown ? "knows" : "does not know"} what is tracked by its ${name}`, () => {
      const found = discoveryOf([row("1000001", { certificateID: "7000001" })], [order], "sectigo");
      assert.deepEqual(
        [found.tracked.map((each) => each.tracked), found.fresh.length],
        isKnown ? [[order.id], 0] : [[], 1],
      );
    });

  const TYPES: readonly (readonly [type: string | undefined, product: string])[] = [
    ["PositiveSSL Multi-Domain", "ssl"],
    ["Personal Authentication Certificate", "pac"],
    ["Secure Email", "smime"],
    ["Verified Mark Certificate", "mc"],
    [undefined, "ssl?"],
    ["Quite New Thing", "ssl?"],
  ];
  for (const [type, product] of TYPES)
    it(`takes ${type ?? "no word"} for ${product}`, () => {
      const [group] = discoveryOf([row("1000001", type === undefined ? {} : { type })], [], "sectigo").fresh;
      const [order] = group?.orders ?? [];
      assert.equal(`${order?.product}${order?.isGuessed === true ? "?" : ""}`, product);
    });

  it("sets aside what is not collected here, and numbers that cannot be", () => {
    const rows = [row("1000001", { type: "EV Code Signing" }), row("a b"), row("1".repeat(190)), row("1000002")];
    const { fresh, elsewhere, unusable } = discoveryOf(rows, [], "sectigo");
    assert.deepEqual([numbers(elsewhere), unusable, fresh.length], [["1000001"], 2, 1]);
  });

  it("is tracked with what the report says, and nothing else", () => {
    const [group] = discoveryOf(
      [row("1000001", { status: "Valid", type: "SSL", domains: ["a.example"], notAfter: 5, placedAt: 1 })],
      [],
      "sandbox",
    ).fresh;
    const lines = trackingLines(group?.orders ?? [], { id: "mine", ca: "sandbox" }, formatOrderId);
    assert.deepEqual(lines, [
      {
        ...{ type: "tracked", id: "sandbox~ssl~order~1000001", ca: "sandbox", product: "ssl", account: "mine" },
        reference: { kind: "orderNumber", value: "1000001" },
      },
      {
        ...{ type: "reported", id: "sandbox~ssl~order~1000001" },
        row: { status: "Valid", type: "SSL", domains: ["a.example"], notAfter: 5 },
      },
    ]);
  });

  const locale = { localize: english, language: "en" };
  const DAY = Date.UTC(2027, 2, 3);
  const LINES: readonly (readonly [found: Partial<FoundOrder> & { row: ReportRow }, title: string, words: string])[] = [
    [{ row: row("1000001") }, "1000001", "SSL"],
    [{ row: row("1000001"), isGuessed: true }, "1000001", "SSL?"],
    [{ row: row("1000001", { type: "New Thing" }), isGuessed: true }, "1000001", "New Thing"],
    [{ row: row("1000001", { status: "Pending", placedAt: DAY }) }, "1000001", "ordered Mar 3, 2027 · SSL · Pending"],
    [
      { row: row("1000001", { status: "Valid", notAfter: DAY, placedAt: 1, domains: ["a.example", "b.example"] }) },
      "a.example",
      "until Mar 3, 2027 · SSL · 1000001 · Valid · b.example",
    ],
    [
      { row: row("1000001", { status: "Valid" }), tracked: "sectigo~ssl~order~1000001" },
      "1000001",
      "already tracked · SSL · Valid",
    ],
  ];
  it("joins further names as the reader's language does", () => {
    const order = {
      row: row("1000001", { domains: ["a.example", "b.example", "c.example"] }),
      product: "ssl",
    } as const;
    assert.equal(findingWords({ ...order, isGuessed: false }, JAPANESE), "SSL · 1000001 · b.example、c.example");
  });

  for (const [found, title, words] of LINES)
    it(`reads: ${title}: ${words}`, () => {
      const order = { product: "ssl", isGuessed: false, ...found } as const;
      assert.deepEqual([findingTitle(order), findingWords(order, locale)], [title, words]);
    });
});
