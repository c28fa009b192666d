import assert from "node:assert/strict";
import fc from "fast-check";
import { arrange, type Arrangement, type OrderRow } from "../../../src/orders/presentation/arrange";
import { Listing } from "../../../src/orders/presentation/listing";
import type { CollectedCertificate, Order, OrderId } from "../../../src/orders/model/order";
import { stateOf } from "../../../src/orders/presentation/state";
import { nextCheck } from "../../../src/orders/checking/schedule";
import { DAY, HOUR, START } from "./doubles";
import { ACCOUNT, order } from "./world";

const plain: Arrangement = { by: "state", sort: "due", filter: "", archived: false };

function rowOf(number: string, more: Partial<Order> = {}): OrderRow {
  const made: Order = {
    trackedAt: START,
    tags: [],
    certificates: [],
    paused: false,
    muted: false,
    ...order(number),
    ...more,
  };
  const circumstances = { login: { key: "sectigo/alice", proved: true }, background: "everything" } as const;
  const check = nextCheck(made, circumstances, START, 0);
  const state = stateOf(made, circumstances, check, { secretMissing: false }, START);
  return { order: made, check, state, account: ACCOUNT };
}

const HELD: CollectedCertificate = {
  at: START,
  leaf: "a".repeat(64),
  chain: [],
  serialNumber: "01",
  subject: "CN=a.example",
  names: [],
  notBefore: START,
  notAfter: START + 90 * DAY,
};

/** A day on which some actions are overdue. */
const NOW = START + 30 * DAY;

const shown = (listing: Listing) =>
  listing.sections.map((key) => [key, listing.rows(key).map(({ order: { id } }) => id)] as const);

const fresh = (rows: Iterable<OrderRow>, arrangement: Arrangement) =>
  arrange(rows, arrangement, undefined, NOW).map(
    ({ key, rows: found }) => [key, found.map(({ order: { id } }) => id)] as const,
  );

describe("a listing", () => {
  const asked = (hours: number) =>
    ({
      asked: { at: START + hours * HOUR, why: "schedule", question: "everything", answered: true },
      answer: { at: START + hours * HOUR, outcome: { kind: "pending" }, inRow: 1 },
    }) as const;

  it("tells what has to be drawn anew: a row, its section, or all", () => {
    const [a, b] = [rowOf("1", asked(0)), rowOf("2", asked(1))];
    const listing = new Listing([a, b], plain);
    const put = (row: OrderRow | undefined, id = row?.order.id ?? "") => {
      const { all, sections, rows } = listing.put([[id, row]]);
      return { all, sections: [...sections], rows: [...rows] };
    };
    assert.deepEqual(put({ ...a, state: { ...a.state, words: "other" } }), {
      all: false,
      sections: [],
      rows: [a.order.id],
    });
    assert.equal(listing.rows("waiting")[0]?.state.words, "other");
    // A check moves nothing.
    assert.deepEqual(put(rowOf("1", asked(2))), { all: false, sections: [], rows: [a.order.id] });
    assert.deepEqual(shown(listing), [["waiting", [a.order.id, b.order.id]]]);
    const later = rowOf("1", { ...asked(2), trackedAt: START + HOUR });
    assert.deepEqual(put(later), { all: false, sections: ["waiting"], rows: [] });
    assert.deepEqual(shown(listing), [["waiting", [b.order.id, a.order.id]]]);
    const collected = rowOf("3", { certificates: [HELD] });
    assert.deepEqual(put(collected), { all: true, sections: ["ready"], rows: [] });
    const opened = rowOf("3", { certificates: [HELD], openedAt: START });
    assert.deepEqual(put(opened), { all: true, sections: ["ready", "done"], rows: [] });
    assert.deepEqual(put(rowOf("4", { certificates: [HELD], openedAt: START })), {
      all: false,
      sections: ["done"],
      rows: [],
    });
    assert.deepEqual(put(collected), { all: true, sections: ["done", "ready"], rows: [] });
    assert.deepEqual(put(opened), { all: true, sections: ["ready", "done"], rows: [] });
    for (const number of ["3", "4"]) put(undefined, order(number).id);
    assert.deepEqual(put(rowOf("1", { ...asked(2), trackedAt: START + HOUR, archived: true })), {
      all: false,
      sections: ["waiting"],
      rows: [],
    });
    assert.equal(listing.size, 1);
    assert.deepEqual(put(undefined, b.order.id), { all: true, sections: ["waiting"], rows: [] });
    assert.deepEqual(shown(listing), []);
    assert.deepEqual(put(undefined, b.order.id), { all: false, sections: [], rows: [] });
    assert.deepEqual(put(b), { all: true, sections: ["waiting"], rows: [] });
    assert.deepEqual(listing.sectionsOf(b.order.id), ["waiting"]);
  });

  const row = fc
    .record({
      number: fc.integer({ min: 1, max: 12 }),
      label: fc.constantFrom("alpha", "Beta", "beta", "host-2", "host-10"),
      tags: fc.subarray(["East", "West", "east"]),
      product: fc.constantFrom("ssl" as const, "mc" as const),
      archived: fc.boolean(),
      hours: fc.integer({ min: 0, max: 3 }),
      lives: fc.subarray([20, 60, 90], { maxLength: 1 }),
    })
    .map(({ number, hours, lives, ...more }) => {
      const certificates = lives.map((days) => ({ ...HELD, notAfter: START + days * DAY }));
      return rowOf(`${number}`, { ...more, ...asked(hours), certificates });
    });
  const change = fc.oneof(
    row.map((each): [OrderId, OrderRow | undefined] => [each.order.id, each]),
    row.map((each): [OrderId, OrderRow | undefined] => [each.order.id, undefined]),
  );
  const arrangement = fc.record({
    by: fc.constantFrom("state" as const, "account" as const, "product" as const, "tag" as const, "month" as const),
    sort: fc.constantFrom("due" as const, "name" as const, "action" as const),
    filter: fc.constantFrom("", "alpha", "east", "host 1"),
    archived: fc.boolean(),
  });

  it("is after any changes what arranging anew gives, and names every section that is another", () => {
    fc.assert(
      fc.property(fc.array(row), fc.array(fc.array(change)), arrangement, (first, changes, chosen) => {
        const rows = new Map(first.map((each) => [each.order.id, each]));
        const listing = new Listing(rows.values(), chosen, undefined, NOW);
        for (const batch of changes) {
          const before = new Map(shown(listing));
          for (const [id, each] of batch) {
            if (each) rows.set(id, each);
            else rows.delete(id);
          }
          const redraw = listing.put(batch);
          const after = fresh(rows.values(), chosen);
          assert.deepEqual(shown(listing), after);
          assert.equal(listing.size, new Set(after.flatMap(([, ids]) => ids)).size);
          for (const [key, ids] of after) {
            if (JSON.stringify(before.get(key)) !== JSON.stringify(ids)) assert.ok(redraw.sections.has(key), key);
            if (!before.has(key)) assert.ok(redraw.all, key);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
