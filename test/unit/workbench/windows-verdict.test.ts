import assert from "node:assert/strict";
import { DIFFERENCES } from "../../workbench/windows-differences";
import { judge } from "../../workbench/windows-verdict";

describe("what a run under Wine came to", () => {
  const table = [
    { reason: "no pipes", how: "fails", titles: ["a › fails", "a › fails, too"] },
    { reason: "no end", how: "left out", titles: ["a › never ends"] },
    { reason: "a clock of steps", how: "may fail", titles: ["a › depends"] },
  ] as const;
  const asSaid = {
    "a › fails": "failed",
    "a › fails, too": "failed",
    "a › never ends": "skipped",
    "a › depends": "passed",
    "a › is right": "passed",
    "a › needs links": "skipped",
  } as const;
  type States = Readonly<Record<string, "passed" | "failed" | "skipped">>;
  const cases: readonly (readonly [what: string, states: States, counts: number[], failures: readonly RegExp[]])[] = [
    ["is as the table says", asSaid, [2, 2, 2], []],
    ["may be either where it depends", { ...asSaid, "a › depends": "failed" }, [1, 2, 3], []],
    ["has a new failure", { ...asSaid, "a › is right": "failed" }, [1, 2, 2], [/^a › is right\nbroken$/]],
    ["has a failure less", { ...asSaid, "a › fails": "passed" }, [2, 2, 1], [/^a › fails\nIt passes/]],
    ["skips what should fail", { ...asSaid, "a › fails": "skipped" }, [2, 3, 1], []],
    ["lacks a test of the table", { "a › is right": "passed" }, [1, 0, 0], Array(4).fill(/There is no such test/)],
  ];
  for (const [what, states, counts, failures] of cases) {
    it(what, () => {
      const outcome = Object.entries(states).map(([title, state]) => ({
        title,
        state,
        durationMs: 1,
        ...(state === "failed" && { error: "broken" }),
      }));
      const verdict = judge(outcome, table);
      assert.deepEqual([verdict.passed, verdict.skipped, verdict.known], counts);
      assert.equal(verdict.failures.length, failures.length, verdict.failures.join("\n"));
      failures.forEach((failure, place) => assert.match(verdict.failures[place] ?? "", failure));
    });
  }

  it("may lack tests of the table where a part ran", () => {
    assert.deepEqual(judge([], table, false).failures, []);
    assert.equal(judge([], table).failures.length, 4);
  });

  it("names each test once in the table, and a reason", () => {
    const titles = DIFFERENCES.flatMap((each) => each.titles);
    assert.deepEqual([...new Set(titles)], titles);
    for (const { reason } of DIFFERENCES) assert.ok(reason.length > 10, reason);
  });
});
