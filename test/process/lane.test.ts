import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Endings } from "../workbench/endings";
import { type Lane, runLane } from "../workbench/lane";
import { isRunning } from "../workbench/cache";
import { OUTCOME_VARIABLE, type TestOutcome } from "../workbench/outcome";

describe("a lane of npm test", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "lane-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (script: string, counts: Lane["counts"], limitMs = 30_000) =>
    runLane(
      { name: "tried", command: [process.execPath, "-e", script], limitMs, counts },
      folder,
      new Endings(),
      "nothing",
    );
  const leave = (outcome: readonly TestOutcome[]) =>
    `require("node:fs").writeFileSync(process.env.${OUTCOME_VARIABLE}, ${JSON.stringify(JSON.stringify(outcome))});`;

  const passed: TestOutcome = { title: "a › b", state: "passed", durationMs: 1 };
  const failed: TestOutcome = { title: "a › c", state: "failed", durationMs: 1, error: "Error: no" };
  const skipped: TestOutcome = { title: "a › d", state: "skipped", durationMs: 0 };

  const cases: readonly (readonly [
    what: string,
    script: string,
    counts: Lane["counts"],
    result: readonly [passed: number, failed: number, skipped: number],
    failure?: RegExp,
  ])[] = [
    ["that passes as one", "", "as one", [1, 0, 0]],
    ["that fails as one", "process.exit(3)", "as one", [0, 1, 0], /exit code 3/],
    ["that dies as one", "process.kill(process.pid)", "as one", [0, 1, 0], /a signal/],
    ["whose tests pass", leave([passed, passed, skipped]), "its tests", [2, 0, 1]],
    ["of which one fails", `${leave([passed, failed])} process.exit(1)`, "its tests", [1, 1, 0], /^a › c\nError: no$/],
    ["that leaves no outcome", "", "its tests", [0, 1, 0], /left no outcome/],
    [
      "that leaves nonsense",
      `${leave([])} ${leave([{ ...passed, title: 1 as unknown as string }])}`,
      "its tests",
      [0, 1, 0],
      /left no outcome/,
    ],
    ["that ran no test", leave([]), "its tests", [0, 1, 0], /ran no test/],
    ["that skipped all", leave([skipped]), "its tests", [0, 1, 1], /ran no test/],
    ["that fails after its tests", `${leave([passed])} process.exit(1)`, "its tests", [1, 1, 0], /exit code 1/],
  ];
  for (const [what, script, counts, [passes, failures, skips], failure] of cases) {
    it(what, async () => {
      const result = await run(script, counts);
      assert.deepEqual([result.passed, result.failed, result.skipped], [passes, failures, skips]);
      assert.equal(result.failures.length, failures);
      if (failure !== undefined) assert.match(result.failures[0] ?? "", failure);
    });
  }

  it("that takes too long ends, with all that it started", async () => {
    const file = JSON.stringify(path.join(folder, "pid"));
    const child = `require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"])`;
    const script = `require("node:fs").writeFileSync(${file}, String(${child}.pid)); setInterval(() => 0, 1000);`;
    const result = await run(script, "as one", 3_000);
    assert.match(result.failures[0] ?? "", /Took longer than 3 s/);
    assert.equal(isRunning(Number(readFileSync(path.join(folder, "pid"), "utf8"))), false);
  });

  it("whose program is not there", async () => {
    const lane: Lane = { name: "tried", command: [path.join(folder, "none")], limitMs: 1_000, counts: "as one" };
    assert.match((await runLane(lane, folder, new Endings(), "nothing")).failures[0] ?? "", /Could not start/);
  });
});
