import assert from "node:assert/strict";
import fc from "fast-check";
import { collapse } from "../../../src/orders/journal/collapse";
import type { JournalLine, OrderEvent } from "../../../src/orders/journal/events";
import { DAY, HOUR, START } from "./doubles";
import { anyLines, stateOf } from "./lines";
import { PENDING, World } from "./world";

/** Lines as compaction leaves them. */
function collapsed(lines: readonly JournalLine[], writer = "f"): JournalLine[] {
  const { dropped, added } = collapse(lines);
  return [
    ...lines.filter((line) => !dropped.has(line.line)),
    ...added.map((event, index) => summary(event, index, writer)),
  ];
}

function summary(event: OrderEvent, index: number, writer: string): JournalLine {
  return { v: 1, at: START, line: `${writer.repeat(16)}:${index + 1}`, ...event };
}

/** Lines of orders that get the same answer again and again, with others in between. */
const runs = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant("same" as const) },
      {
        weight: 1,
        arbitrary: fc.constantFrom("failed" as const, "sign-in" as const, "renamed" as const, "asked" as const),
      },
    ),
    { maxLength: 40 },
  )
  .map((steps) => {
    const lines: JournalLine[] = [];
    const add = (event: OrderEvent) =>
      lines.push({
        v: 1,
        at: START + lines.length,
        line: `${"a".repeat(16)}:${lines.length + 1}`,
        ...event,
      });
    add({ type: "tracked", id: "1", ca: "sectigo", product: "ssl", reference: { kind: "collectionCode" } });
    for (const step of steps) {
      if (step === "renamed") {
        add({ type: "renamed", id: "1", label: String(lines.length) });
        continue;
      }
      add({ type: "asked", id: "1", login: "sectigo/a", why: "schedule", question: "everything" });
      if (step === "asked") continue;
      const outcome = {
        same: { kind: "pending" },
        failed: { kind: "failed", code: "reset", message: "" },
        "sign-in": { kind: "refused", code: -16, message: "", advice: "", after: "sign-in" },
      } as const;
      add({
        type: "answered",
        id: "1",
        login: "sectigo/a",
        outcome: outcome[step],
        inRow: 1,
        failures: step === "failed" ? 1 : 0,
        proves: step === "same",
      });
    }
    return lines;
  });

describe("collapse", () => {
  it("leaves the book as it is, whatever the lines, however often", () => {
    fc.assert(
      fc.property(fc.oneof(anyLines, runs), (lines) => {
        const once = collapsed(lines);
        assert.deepEqual(stateOf(once), stateOf(lines));
        assert.deepEqual(stateOf(collapsed(once, "e")), stateOf(lines));
      }),
      { numRuns: 300 },
    );
  });

  it("keeps what a person asked between what was asked by itself", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    world.answers.set(id, () => PENDING);
    for (const why of ["schedule", "schedule", "person", "schedule", "schedule", "schedule"] as const) {
      assert.equal((await window.ask(id, why, new AbortController().signal)).kind, "answered");
      await world.clock.advance(4 * HOUR);
    }
    const left = collapsed(world.shared.lines).flatMap((line) => (line.type === "asked" ? [line.why] : []));
    assert.deepEqual(left, ["schedule", "schedule", "person", "schedule"]);
  });

  it("makes first, last and count of a month of waiting, also in two goes", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    world.answers.set(id, () => PENDING);
    await window.start();
    await world.clock.advance(15 * DAY);
    const half = collapsed(world.shared.lines);
    const before = world.shared.lines.length;
    await world.clock.advance(15 * DAY);
    const all = collapsed([...half, ...world.shared.lines.slice(before)], "e");
    assert.deepEqual(stateOf(all), stateOf(world.shared.lines));
    assert.deepEqual(all.map((line) => line.type).sort(), [
      "account-set",
      "answered",
      "answered",
      "asked",
      "asked",
      "tracked",
      "unchanged",
    ]);
    const unchanged = all.find((line) => line.type === "unchanged");
    assert.equal(unchanged?.count, world.calls.length - 2);
    assert.ok(unchanged.from < START + 4 * HOUR && unchanged.to > START + 29.5 * DAY);
  });
});
