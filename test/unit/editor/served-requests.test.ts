import assert from "node:assert/strict";
import type { Collector } from "../../../src/editor/window/collector";
import type { KeptRecords } from "../../../src/editor/window/record-memory";
import { servedRequests } from "../../../src/editor/window/served-requests";
import { subjectKey } from "../../../src/editor/window/subject-name";
import { english } from "../../../src/words/localize";
import type { CollectedCertificate, Order } from "../../../src/orders/model/order";
import type { ServedOrder } from "../../../src/validation/look";
import { DAY, START } from "../orders/doubles";
import { order } from "../orders/world";
import { lookOf, tokenOf } from "./looks";

const LOCALE = { localize: english, language: "en" };

/** An order with a certificate for a name, whose key is called after it. */
function issued(number: string, name: string, more: Partial<Order> = {}): Order {
  const collected: CollectedCertificate = {
    ...{ at: START, leaf: name, chain: [name], serialNumber: "01", subject: `CN=${name}`, names: [name] },
    ...{ notBefore: START, notAfter: START + 90 * DAY },
  };
  return {
    ...order(number),
    ...{ trackedAt: START, tags: [], certificates: [collected], paused: false, muted: false },
    answer: { at: START, outcome: { kind: "issued", leaf: name }, inRow: 1 },
    ...more,
  };
}

const WAITS: Partial<Order> = {
  answer: { at: START + 1, outcome: { kind: "pending" }, inRow: 1 },
  detail: { at: START + 1, detail: { fqdn: "a.example" } },
};

const kept = (digit: string, more: Partial<KeptRecords> = {}, uniqueValue?: string): KeptRecords => ({
  ...{ at: START, looks: [], inPlace: [] },
  request: {
    token: { ...tokenOf(digit), ...(uniqueValue !== undefined && { uniqueValue }) },
    from: { kind: "pasted" },
  },
  ...more,
});

describe("an order that a request served", () => {
  const PUBLISHED: KeptRecords["looks"] = [
    lookOf("a.example", {}),
    { ...lookOf("a.example", {}), cname: { standing: "in-place", uniqueValue: "Seen1", seen: [] } },
  ];
  const A = "a.example, order 1";
  const CASES: readonly (readonly [
    what: string,
    orders: readonly Order[],
    memory: Readonly<Record<string, KeptRecords>>,
    found: ServedOrder | undefined,
    keyIdentity?: string,
  ])[] = [
    ["none", [issued("1", "a.example")], {}, undefined],
    ["one that it was chosen for", [issued("1", "a.example")], { 1: kept("9") }, { by: A }],
    [
      "with the unique value that a person named",
      [issued("1", "a.example")],
      { 1: kept("9", { looks: PUBLISHED }, "Ab1") },
      { by: A, uniqueValue: "Ab1" },
    ],
    [
      "with the unique value that was seen",
      [issued("1", "a.example")],
      { 1: kept("9", { looks: PUBLISHED }) },
      { by: A, uniqueValue: "Seen1" },
    ],
    ["another one is chosen", [issued("1", "a.example")], { 1: kept("8") }, undefined],
    [
      "it is chosen for one that waits for another certificate",
      [issued("1", "a.example", WAITS)],
      { 1: kept("9") },
      undefined,
    ],
    ["nothing was issued", [issued("1", "a.example", { certificates: [] })], { 1: kept("9") }, undefined],
    [
      "one with its key and a name",
      [issued("1", "A.example")],
      {},
      { by: "A.example, order 1", isByKey: true },
      "A.example",
    ],
    ["one with its key, and other names", [issued("1", "b.example")], {}, undefined, "b.example"],
    ["one with its name, and another key", [issued("1", "a.example")], {}, undefined, "c"],
  ];
  for (const [what, orders, memory, found, keyIdentity] of CASES) {
    it(what, async () => {
      const collector = {
        book: { orders: () => orders },
        chain: ({ leaf }: CollectedCertificate) => Promise.resolve([Buffer.from(leaf)]),
        reading: { run: (_: string, [leaf]: readonly Buffer[]) => Promise.resolve({ identity: String(leaf) }) },
      } as unknown as Pick<Collector, "book" | "chain" | "reading">;
      const records = new Map(
        Object.entries(memory).map(([number, each]) => [subjectKey({ order: order(number).id }), each]),
      );
      const find = servedRequests(collector, { get: (key) => records.get(key) }, LOCALE);
      const request = { token: tokenOf("9"), ...(keyIdentity !== undefined && { keyIdentity }) };
      assert.deepEqual(await find(request, ["A.EXAMPLE"]), found);
    });
  }
});
