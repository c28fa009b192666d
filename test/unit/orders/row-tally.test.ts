import assert from "node:assert/strict";
import fc from "fast-check";
import { GROUPS } from "../../../src/orders/presentation/state";
import type { OrderRow } from "../../../src/orders/presentation/arrange";
import { ROW_TRAITS, RowTally } from "../../../src/orders/presentation/row-tally";
import { START } from "./doubles";
import { ACCOUNT, order } from "./world";

const row = fc
  .record({
    number: fc.nat(5),
    ca: fc.constantFrom("sectigo", "sandbox"),
    group: fc.constantFrom(...GROUPS),
    reason: fc.constantFrom("waiting", "off"),
    due: fc.boolean(),
    ...{ archived: fc.boolean(), muted: fc.boolean(), paused: fc.boolean(), opened: fc.boolean() },
  })
  .map(({ number, ca, group, reason, due, archived, muted, paused, opened }): OrderRow => {
    const named = { ...order(String(number)), ca };
    const made = { ...named, trackedAt: START, tags: [], certificates: [], paused, muted };
    const plan = { reason, ...(due && { due: START }) };
    return {
      order: { ...made, ...(opened && { openedAt: START }) },
      check: { ...plan, plan },
      state: { group, status: "pending", words: "", archived },
      account: ACCOUNT,
    };
  });

const all = (tally: RowTally) => ({
  size: tally.size,
  attention: tally.attention,
  traits: ROW_TRAITS.filter((trait) => tally.has(trait)),
  cas: tally.caCount,
  waiting: tally.waiting,
  awaited: [...tally.awaited()].map((place) => JSON.stringify(place)).sort(),
});

describe("a tally of rows", () => {
  it("is the same, whether the rows came at once or one after the other", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(row, fc.boolean()), { maxLength: 30 }), (turns) => {
        const known = new Map<string, OrderRow>();
        const tally = new RowTally([]);
        for (const [after, isThere] of turns) {
          const { id } = after.order;
          const before = known.get(id);
          tally.take([{ id, ...(before && { before }), ...(isThere && { after }) }]);
          if (isThere) known.set(id, after);
          else known.delete(id);
        }
        assert.deepEqual(all(tally), all(new RowTally(known.values())));
      }),
    );
  });
});
