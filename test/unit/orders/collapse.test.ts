import assert from "node:assert/strict";
import fc from "fast-check";
import { collapse } from "../../../src/orders/journal/collapse";
import type { JournalLine, OrderEvent } from "../../../src/orders/journal/events";
import type { Outcome } from "../../../src/orders/model/order";
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

const STEPS = ["failed", "sign-in", "renamed", "asked", "cancelled"] as const;

/** Lines of a login's orders that get the same answer again and again, with others in between, as they are counted. */
const runs = fc
  .array(
    fc.record({
      id: fc.constantFrom("1", "2"),
      step: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom("same" as const, "failed" as const) },
        { weight: 1, arbitrary: fc.constantFrom(...STEPS) },
      ),
    }),
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
    for (const id of ["1", "2"]) {
      add({ type: "tracked", id, ca: "sectigo", product: "ssl", reference: { kind: "collectionCode" } });
    }
    let failures = 0;
    for (const { id, step } of steps) {
      if (step === "renamed") {
        add({ type: "renamed", id, label: String(lines.length) });
        continue;
      }
      add({ type: "asked", id, login: "sectigo/a", why: "schedule", question: "everything" });
      if (step === "asked") continue;
      const outcome = {
        same: { kind: "pending" },
        failed: { kind: "failed", code: "reset", message: "" },
        cancelled: { kind: "failed", code: "cancelled", message: "" },
        "sign-in": { kind: "refused", code: -16, message: "", advice: "", after: "sign-in" },
      } as const;
      failures = outcome[step].kind === "failed" ? failures + 1 : 0;
      add({
        type: "answered",
        id,
        login: "sectigo/a",
        outcome: outcome[step],
        inRow: 1,
        failures,
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

  it("keeps since when the calls of a login fail, whichever of its orders was first", () => {
    const lines: JournalLine[] = [];
    const add = (event: OrderEvent) =>
      lines.push({ v: 1, at: START + lines.length, line: `${"a".repeat(16)}:${lines.length + 1}`, ...event });
    const asked = (id: string, outcome: Outcome, failures: number): void => {
      add({ type: "asked", id, login: "sectigo/a", why: "schedule", question: "everything" });
      add({ type: "answered", id, login: "sectigo/a", outcome, inRow: 1, failures, proves: false });
    };
    const failed = { kind: "failed", code: "unresolved", message: "" } as const;
    asked("1", failed, 1);
    asked("2", { kind: "pending" }, 0);
    // The second time without a network begins with an order that fails as it did before.
    asked("1", failed, 1);
    asked("1", failed, 2);
    asked("1", failed, 3);
    const since = stateOf(lines).logins[1]?.failingSince;
    assert.equal(since, START + 5);
    assert.equal(stateOf(collapsed(lines)).logins[1]?.failingSince, since);
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
