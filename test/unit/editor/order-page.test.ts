import assert from "node:assert/strict";
import type { Aspect, Comparison } from "../../../src/certificates/checks/ordered";
import { comparedReport } from "../../../src/editor/pages/order-comparison";
import { toldByOrder, toldByOrders } from "../../../src/editor/pages/order-standing";
import { ENGLISH } from "../../../src/words/localize";
import type { CollectedCertificate, Order } from "../../../src/orders/model/order";
import { START } from "../orders/doubles";
import { order } from "../orders/world";

const collected: CollectedCertificate = {
  ...{ at: START, leaf: "a", chain: ["a"], serialNumber: "01", subject: "CN=a.example", names: ["a.example"] },
  ...{ notBefore: START, notAfter: START + 1_000 },
};
const base: Order = {
  ...order("123"),
  ...{ trackedAt: START, tags: [], certificates: [collected], paused: false, muted: false },
};

describe("what an order's page says of its certificate and its order", () => {
  const ASPECTS: readonly Aspect[] = ["names", "validity", "term", "previousKey", "request", "privateKey"];
  const compared = (results: Partial<Record<Aspect, Comparison["result"]>>, isRevoked = false) =>
    comparedReport(
      ASPECTS.map((aspect) => ({
        aspect,
        result: results[aspect] ?? "nothing-to-compare",
        message: { text: `${aspect}!` },
      })),
      isRevoked,
      ENGLISH,
    );

  it("gives no tick for dates and term of a certificate that was revoked", () => {
    const { results } = compared({ names: "matches", validity: "matches", term: "matches" }, true);
    assert.deepEqual(
      results.map(({ tone, words }) => `${tone} ${words}`),
      ["good names!", "none Nothing to compare: key of the previous certificate, certificate request and private key."],
    );
  });

  const CASES: readonly (readonly [
    results: Partial<Record<Aspect, Comparison["result"]>>,
    title: string,
    lines: readonly string[],
  ])[] = [
    [
      {},
      "Compared with your order",
      [
        "none Nothing to compare: names, dates, paid term, key of the previous certificate, certificate request and private key.",
      ],
    ],
    [
      { names: "matches", validity: "matches", term: "matches" },
      "Matches your order",
      [
        ...["good names!", "good validity!", "good term!"],
        "none Nothing to compare: key of the previous certificate, certificate request and private key.",
      ],
    ],
    [
      { names: "differs", validity: "matches" },
      "Differs from your order",
      [
        ...["bad names!", "good validity!"],
        "none Nothing to compare: paid term, key of the previous certificate, certificate request and private key.",
      ],
    ],
    [
      { names: "matches", previousKey: "differs", request: "differs", privateKey: "differs" },
      "Matches your order",
      [
        ...["good names!", "none previousKey!", "none request!", "none privateKey!"],
        "none Nothing to compare: dates and paid term.",
      ],
    ],
    [
      { previousKey: "matches", privateKey: "not-known" },
      "Compared with your order",
      [
        ...["good previousKey!", "none privateKey!"],
        "none Nothing to compare: names, dates, paid term and certificate request.",
      ],
    ],
    [
      {
        ...{ names: "matches", validity: "matches", term: "matches" },
        ...{ previousKey: "matches", request: "matches", privateKey: "matches" },
      },
      "Matches your order",
      ["good names!", "good validity!", "good term!", "good previousKey!", "good request!", "good privateKey!"],
    ],
  ];
  for (const [results, title, lines] of CASES) {
    it(`compares ${JSON.stringify(results)}: “${title}”`, () => {
      const report = compared(results);
      assert.deepEqual([report.title, report.results.map(({ tone, words }) => `${tone} ${words}`)], [title, lines]);
    });
  }

  const NOTE = { at: START, leaf: "a" } as const;
  const refused = (code: number): Order["answer"] => ({
    ...{ at: START, inRow: 1 },
    outcome: { kind: "refused", code, message: "x", advice: "", after: "final" },
  });
  const detail = (certificateStatus: string) => ({ at: START, detail: { certificateStatus } });
  const STANDINGS: readonly (readonly [what: string, more: Partial<Order>, revocation: unknown, remarks: number])[] = [
    ["nothing known", {}, undefined, 0],
    ["not revoked", { revocation: { ...NOTE, state: "good" } }, { state: "good", asked: START }, 0],
    ["not known", { revocation: { ...NOTE, state: "unknown" } }, { state: "unknown", asked: START }, 0],
    [
      "revoked, as the servers say",
      { revocation: { ...NOTE, state: "revoked", since: 5 } },
      { state: "revoked", asked: START, since: 5 },
      0,
    ],
    [
      "a CA above it, as the servers say",
      { revocation: { ...NOTE, state: "revoked", since: 5, issuer: true } },
      { state: "revoked", asked: START, since: 5, issuer: true },
      0,
    ],
    [
      "a CA above it, as the servers say, and it, as the CA says",
      { revocation: { ...NOTE, state: "revoked", since: 5, issuer: true }, detail: detail("Revoked") },
      { state: "revoked" },
      0,
    ],
    ["of another certificate", { revocation: { ...NOTE, leaf: "b", state: "revoked" } }, undefined, 0],
    ["revoked, as the CA says", { detail: detail("Revoked") }, { state: "revoked" }, 0],
    ["revoked, by its code", { answer: refused(-21)! }, { state: "revoked" }, 0],
    [
      "revoked since it was asked",
      { revocation: { ...NOTE, state: "good" }, detail: detail("Revoked") },
      { state: "revoked" },
      0,
    ],
    ["replaced", { detail: detail("Replaced") }, undefined, 1],
    ["replaced, by its code", { answer: refused(-23)! }, undefined, 1],
  ];
  for (const [what, more, revocation, remarks] of STANDINGS) {
    it(`tells the verdict what the order knows: ${what}`, () => {
      const told = toldByOrder({ ...base, ...more }, collected);
      assert.deepEqual([told.leaf, told.revocation, told.remarks?.length], ["a", revocation, remarks]);
    });
  }

  it("tells the pages of files what any order knows of a certificate that was collected for it", () => {
    const older = { ...collected, leaf: "b" };
    const replaced = { certificateStatus: "Replaced" };
    const cases: readonly (readonly [what: string, orders: readonly Partial<Order>[], told: readonly string[]])[] = [
      ["no orders", [], []],
      ["nothing to tell", [{}, { certificates: [] }], []],
      ["the newest", [{}, { revocation: { ...NOTE, state: "revoked" } }], ["a revoked 0"]],
      [
        "an older one",
        [{ certificates: [collected, older], revocation: { ...NOTE, leaf: "b", state: "revoked" } }],
        ["b revoked 0"],
      ],
      ["by the CA's code", [{ answer: refused(-21)! }], ["a revoked 0"]],
      ["replaced", [{ detail: { at: START, detail: replaced } }], ["a undefined 1"]],
      [
        "two orders with one certificate",
        [{ revocation: { ...NOTE, state: "good" } }, { answer: refused(-21)! }],
        ["a good 0", "a revoked 0"],
      ],
    ];
    for (const [what, orders, told] of cases) {
      const found = toldByOrders(orders.map((more) => ({ ...base, ...more })));
      const words = found.map(({ leaf, revocation, remarks }) => `${leaf} ${revocation?.state} ${remarks?.length}`);
      assert.deepEqual(words, told, what);
    }
  });
});
