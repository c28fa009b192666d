import assert from "node:assert/strict";
import fc from "fast-check";
import type { ExportRow } from "../../../src/orders/export/export";
import type { Account, Order } from "../../../src/orders/model/order";
import {
  MAX_SHARED,
  offered,
  ownShared,
  publish,
  readMemory,
  readShared,
  refuse,
  sharedName,
  type SharedMemory,
  type SharedOrder,
} from "../../../src/orders/export/shared-list";

const account: Account = { id: "a", label: "Mine", loginName: "ada", host: "h.example", ca: "sectigo" };
const order = (value: string, more: Partial<Order> = {}): Order => ({
  id: value,
  product: "ssl",
  ca: "sectigo",
  account: "a",
  reference: { kind: "orderNumber", value },
  trackedAt: 0,
  tags: [],
  certificates: [],
  paused: false,
  muted: false,
  ...more,
});
const row = (of: Order, archived = false): ExportRow => ({
  order: of,
  account,
  state: { group: "waiting", status: "new", words: "", archived },
});
const shared = (value: string): SharedOrder => ({ product: "ssl", reference: { kind: "orderNumber", value } });
const names = (orders: readonly SharedOrder[]): string[] => orders.map(({ reference }) => reference.value);
const NOTHING: SharedMemory = { published: [], refused: [] };

describe("list of orders that travels", () => {
  it("leaves out names and tags that no order may have", () => {
    const list = { version: 1, orders: [{ ...shared("1"), label: "a\u202eb", tags: ["East", "We\nst"] }] };
    assert.deepEqual(readShared(list), [{ ...shared("1"), tags: ["East"] }]);
  });

  it("holds names, tags and login names, and nothing that is a secret or of this machine alone", () => {
    const own = ownShared([
      row(order("2", { label: "Shop", tags: ["East"] })),
      row(order("1")),
      row(order("3", { ca: "sandbox" })),
      row(order("4"), true),
      row(order("5", { reference: { kind: "collectionCode" } })),
    ]);
    assert.deepEqual(own, [
      { product: "ssl", reference: { kind: "orderNumber", value: "1" }, account: "ada" },
      {
        product: "ssl",
        reference: { kind: "orderNumber", value: "2" },
        label: "Shop",
        tags: ["East"],
        account: "ada",
      },
    ]);
  });

  it("comes back as it went", () => {
    const own = ownShared([row(order("1", { label: "Shop", tags: ["East"] })), row(order("2"))]);
    const { list } = publish(own, [], NOTHING);
    assert.deepEqual(readShared(JSON.parse(JSON.stringify(list))), own);
  });

  it("takes from elsewhere what is an order, once, and no more than there may be", () => {
    const many = Array.from({ length: 2 * MAX_SHARED + 5 }, (_, index) => shared(String(index)));
    assert.equal(readShared({ version: 1, orders: many }).length, 2 * MAX_SHARED);
    const mixed = [shared("1"), shared("1"), { product: "tls" }, { ...shared("2"), password: "x" }, 7];
    assert.deepEqual(readShared({ version: 1, orders: mixed }), [shared("1"), shared("2")]);
    assert.deepEqual(
      readShared({ version: 1, orders: [{ product: "ccc", reference: { kind: "collectionCode" } }] }),
      [],
    );
    assert.deepEqual(readShared({ version: 2, orders: [shared("1")] }), []);
  });

  it("reads whatever comes without an error", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.ok(Array.isArray(readShared(value)));
        assert.ok(Array.isArray(readShared({ version: 1, orders: value })));
      }),
    );
  });

  it("goes on with the orders of others, and without its own that are gone", () => {
    const first = publish([shared("1"), shared("2")], [shared("9")], NOTHING);
    assert.deepEqual(names(first.list.orders), ["1", "2", "9"]);
    const second = publish([shared("2")], first.list.orders, first.memory);
    assert.deepEqual(names(second.list.orders), ["2", "9"]);
    // The other machine has it, too, and writes it again: it is not offered to whoever forgot it.
    const again = [...second.list.orders, shared("1")];
    assert.deepEqual(names(offered(again, new Set([sharedName(shared("2"))]), second.memory)), ["9"]);
    const third = publish([shared("2")], again, second.memory);
    assert.deepEqual(names(third.list.orders), ["1", "2", "9"]);
  });

  it("offers what is not tracked here, was not refused, and is not this machine's own", () => {
    const memory: SharedMemory = { published: [shared("1")], refused: [sharedName(shared("2"))] };
    const list = ["1", "2", "3", "4"].map(shared);
    assert.deepEqual(names(offered(list, new Set([sharedName(shared("3"))]), memory)), ["4"]);
  });

  it("takes a new name of its own, and leaves the name that another machine gave", () => {
    const named = (label: string): SharedOrder => ({ ...shared("1"), label });
    const labels = (orders: readonly SharedOrder[]) => orders.map(({ label }) => label);
    const here = publish([named("here")], [], NOTHING);
    const there = publish([named("there")], here.list.orders, NOTHING);
    assert.deepEqual(labels(there.list.orders), ["here"]);
    const renamed = publish([named("new")], there.list.orders, there.memory);
    assert.deepEqual(labels(renamed.list.orders), ["new"]);
    assert.deepEqual(labels(publish([named("here")], renamed.list.orders, here.memory).list.orders), ["new"]);
  });

  it("reads what it remembers, and forgets what has a field that it could not have written", () => {
    const own = { ...shared("1"), label: "Shop", tags: ["East"], account: "ada" };
    const memory = { published: [own], refused: [sharedName(own)] };
    const changed = (change: object): unknown => ({ ...memory, published: [{ ...own, ...change }] });
    assert.deepEqual(readMemory(memory), memory);
    assert.deepEqual(readMemory({ ...memory, published: [shared("1")] }), { ...memory, published: [shared("1")] });
    const broken: unknown[] = [
      ...[undefined, null, 1, "x", [], {}],
      ...[
        { ...memory, published: undefined },
        { ...memory, refused: undefined },
      ],
      ...[
        { ...memory, published: [own, 1] },
        { ...memory, refused: [1] },
      ],
      ...[{ ...memory, published: Array.from({ length: MAX_SHARED + 1 }, () => own) }],
      ...[{ product: "tls" }, { product: undefined }].map(changed),
      ...[{ reference: undefined }, { reference: { kind: "collectionCode" } }].map(changed),
      ...[{ reference: { kind: "orderNumber", value: 1 } }, { label: 1 }, { tags: "East" }, { tags: [1] }].map(changed),
      ...[{ account: 1 }, { label: null }].map(changed),
    ];
    for (const value of broken) assert.deepEqual(readMemory(value), NOTHING, JSON.stringify(value)?.slice(0, 200));
  });

  it("remembers so many refusals and no more, the latest of them", () => {
    const many = Array.from({ length: 2 * MAX_SHARED }, (_, index) => `ssl orderNumber ${index}`);
    const refused = refuse(many, ["ssl orderNumber x", "ssl orderNumber x"]);
    assert.equal(refused.length, 2 * MAX_SHARED);
    assert.equal(refused.at(-1), "ssl orderNumber x");
  });

  it("settles: machines that write in any order end with the same list, and then write nothing", () => {
    const machines = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 9 }).map(String)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(machines, fc.array(fc.nat(3), { minLength: 0, maxLength: 12 }), (orders, turns) => {
        const memories = orders.map(() => NOTHING);
        let list: readonly SharedOrder[] = [];
        const write = (at: number): void => {
          const own = ownShared((orders[at] ?? []).map((value) => row(order(value))));
          const result = publish(own, list, memories[at] ?? NOTHING);
          memories[at] = result.memory;
          list = result.list.orders;
        };
        for (const turn of turns) write(turn % orders.length);
        orders.forEach((_, at) => write(at));
        const settled = names(list);
        assert.deepEqual(settled, [...new Set(orders.flat())].sort());
        orders.forEach((_, at) => write(at));
        assert.deepEqual(names(list), settled);
      }),
    );
  });
});
