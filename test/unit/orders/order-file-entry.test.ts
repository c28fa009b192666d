import assert from "node:assert/strict";
import fc from "fast-check";
import { addFileEntry } from "../../../src/orders/export/order-file-addition";
import { fileEntryOf, newOrderFile, type FileEntry } from "../../../src/orders/export/order-file-entry";
import { readOrderFile } from "../../../src/orders/import/order-file";
import type { Order } from "../../../src/orders/model/order";
import { titleOf } from "../../../src/orders/presentation/state";
import { START } from "./doubles";
import { order } from "./world";

const base: Order = { ...order("12345678"), trackedAt: START, tags: [], certificates: [], paused: false, muted: false };
const ENTRY: FileEntry = {
  product: "ssl",
  reference: { kind: "orderNumber", value: "12345678" },
  label: "www.example.com",
  tags: ["shop", "East"],
};
const INLINE = `{ "product": "ssl", "orderNumber": "12345678", "label": "www.example.com", "tags": ["shop", "East"] }`;

/** A file before and after. */
const CASES: readonly [what: string, before: string, after: string][] = [
  [
    "an empty list in lines",
    '{\n  "version": 1,\n  "orders": []\n}\n',
    '{\n  "version": 1,\n  "orders": [\n    {\n      "product": "ssl",\n      "orderNumber": "12345678",\n      "label": "www.example.com",\n      "tags": ["shop", "East"]\n    }\n  ]\n}\n',
  ],
  ["an empty list in one line", '{"version":1,"orders":[]}', `{"version":1,"orders":[${INLINE}]}`],
  [
    "after entries in lines of their own",
    '{\n\t"version": 1,\n\t"orders": [\n\t\t{\n\t\t\t"product": "mc",\n\t\t\t"orderNumber": "5"\n\t\t}\n\t]\n}',
    '{\n\t"version": 1,\n\t"orders": [\n\t\t{\n\t\t\t"product": "mc",\n\t\t\t"orderNumber": "5"\n\t\t},\n\t\t{\n\t\t\t"product": "ssl",\n\t\t\t"orderNumber": "12345678",\n\t\t\t"label": "www.example.com",\n\t\t\t"tags": ["shop", "East"]\n\t\t}\n\t]\n}',
  ],
  [
    "after entries in a line each, and lines that end as in Windows",
    '{\r\n  "version": 1,\r\n  "orders": [\r\n    { "product": "mc", "orderNumber": "5" }\r\n  ]\r\n}\r\n',
    `{\r\n  "version": 1,\r\n  "orders": [\r\n    { "product": "mc", "orderNumber": "5" },\r\n    ${INLINE}\r\n  ]\r\n}\r\n`,
  ],
  [
    "after an entry in one line with the list",
    '{ "version": 1, "orders": [{ "product": "mc", "orderNumber": "5" }] }',
    `{ "version": 1, "orders": [{ "product": "mc", "orderNumber": "5" }, ${INLINE}] }`,
  ],
  [
    "before other members of the file",
    '{\n  "orders": [],\n  "version": 1, "$schema":  "x"\n}',
    '{\n  "orders": [\n    {\n      "product": "ssl",\n      "orderNumber": "12345678",\n      "label": "www.example.com",\n      "tags": ["shop", "East"]\n    }\n  ],\n  "version": 1, "$schema":  "x"\n}',
  ],
];

const UNREADABLE = [
  "",
  "{",
  "[]",
  '{"version":2,"orders":[]}',
  '{"version":1}',
  '// what we ordered\n{"version":1,"orders":[]}',
  '{"version":1,"orders":{}}',
];

function added(text: string, entry: FileEntry): { readonly after: string; readonly entry: string } {
  const addition = addFileEntry(text, entry);
  assert.ok(typeof addition !== "string", "it is not added");
  const { edit, entry: at } = addition;
  const after = edit === undefined ? text : text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return { after, entry: after.slice(at.start, at.end) };
}

describe("an order in the file of a repository", () => {
  for (const [what, before, after] of CASES) {
    it(`is added, and all else stays: ${what}`, () => {
      const found = added(before, ENTRY);
      assert.equal(found.after, after);
      assert.deepEqual(JSON.parse(found.entry), {
        product: "ssl",
        orderNumber: "12345678",
        label: "www.example.com",
        tags: ["shop", "East"],
      });
      assert.deepEqual(readOrderFile(found.after).problems, []);
      // The second time it is found, and nothing changes.
      assert.deepEqual(added(found.after, ENTRY), found);
    });
  }

  for (const text of UNREADABLE) {
    it(`is not added to what is not such a file: ${JSON.stringify(text)}`, () => {
      assert.equal(addFileEntry(text, ENTRY), "unreadable");
    });
  }

  it("is not added to a list that is full", () => {
    const orders = Array.from({ length: 1_000 }, (_, index) => ({ product: "ssl", orderNumber: String(index + 1) }));
    assert.equal(addFileEntry(JSON.stringify({ version: 1, orders }), ENTRY), "full");
  });

  it("makes a file of its own", () => {
    const text = newOrderFile([ENTRY, { ...ENTRY, reference: { kind: "certificateID", value: "7" }, tags: [] }]);
    const { orders, problems } = readOrderFile(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      orders.map(({ reference, label, tags }) => [reference.kind, reference.value, label, tags.length]),
      [
        ["orderNumber", "12345678", "www.example.com", 2],
        ["certificateID", "7", "www.example.com", 0],
      ],
    );
  });

  const entries: readonly [what: string, part: Partial<Order>, entry: FileEntry | undefined][] = [
    ["its number alone", {}, { product: "ssl", reference: base.reference as FileEntry["reference"], tags: [] }],
    [
      "its name and tags",
      { label: "Shop", tags: ["a"] },
      { product: "ssl", reference: base.reference as FileEntry["reference"], label: "Shop", tags: ["a"] },
    ],
    ["nothing of a collection code", { reference: { kind: "collectionCode" }, label: "Shop" }, undefined],
    [
      "no name that the file may not hold",
      { label: "a\u0000b", tags: ["a\nb", "c"] },
      { product: "ssl", reference: base.reference as FileEntry["reference"], tags: ["c"] },
    ],
  ];
  for (const [what, part, entry] of entries) {
    it(`says of an order ${what}`, () =>
      assert.deepEqual(fileEntryOf({ ...base, ...part }, titleOf({ ...base, ...part })), entry));
  }

  it("is added to any file that can be read, however it is written", () => {
    const blank = fc.constantFrom("", " ", "\n", "\r\n", "\n    ", "\t");
    const item = fc.record({ number: fc.integer({ min: 1, max: 999 }), blank, inner: blank });
    const file = fc.tuple(fc.uniqueArray(item, { maxLength: 4, selector: ({ number }) => number }), blank, blank);
    fc.assert(
      fc.property(file, ([items, before, after]) => {
        const list = items.map(
          (each) =>
            `${each.blank}{${each.inner}"product":"mc",${each.inner}"orderNumber":"${each.number}"${each.inner}}`,
        );
        const text = `{${before}"version":1,${after}"orders":${before}[${list.join(",")}${after}]${before}}${after}`;
        const found = added(text, ENTRY);
        const { orders, problems } = readOrderFile(found.after);
        assert.deepEqual(problems, []);
        assert.equal(orders.length, items.length + 1);
        assert.equal((JSON.parse(found.entry) as { orderNumber: string }).orderNumber, "12345678");
      }),
    );
  });
});
