import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Endings } from "../workbench/endings";
import { type Lane, type LaneResult, runLane } from "../workbench/lane";
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
    ["that crashes at its tests", `process.kill(process.pid, "SIGKILL")`, "its tests", [0, 1, 0], /signal.*no outcome/],
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

  describe("in two parts, of which each runs some of the files", () => {
    const TESTS: Readonly<Record<string, string>> = {
      "passes.test.js": 'it("passes", () => {}); it("passes, too", () => {});',
      "fails.test.js": 'it("fails", () => { throw new Error("no"); });',
      "below/skips.test.js": 'it.skip("waits"); it("passes", () => {});',
      "crashes.test.js": 'it("crashes", () => process.kill(process.pid, "SIGKILL"));',
      "helps.js": 'throw new Error("not a test");',
    };
    const runParts = async (names: readonly string[]): Promise<readonly LaneResult[]> => {
      for (const name of names) {
        mkdirSync(path.dirname(path.join(folder, "tests", name)), { recursive: true });
        writeFileSync(path.join(folder, "tests", name), TESTS[name] ?? assert.fail());
      }
      const module = JSON.stringify(path.resolve(__dirname, "..", "workbench", "run-mocha.js"));
      const part = (number: number) => {
        const options = { timeoutMs: 5_000, slowMs: 500, print: "none", strayRejections: "all" };
        const values = [path.join(folder, "tests"), { ...options, part: { number, of: 2 } }];
        const script = `void require(${module}).runMocha(...${JSON.stringify(values)})`;
        const command: Lane["command"] = [process.execPath, "-e", script];
        return runLane(
          { name: `tried-${number}`, command, limitMs: 30_000, counts: "its tests" },
          folder,
          new Endings(),
          "nothing",
        );
      };
      return Promise.all([part(1), part(2)]);
    };
    const sums = (results: readonly LaneResult[]) =>
      (["passed", "failed", "skipped"] as const).map((state) => results.reduce((sum, lane) => sum + lane[state], 0));

    it("counts each test once", async () => {
      const results = await runParts(["passes.test.js", "fails.test.js", "below/skips.test.js", "helps.js"]);
      assert.deepEqual(sums(results), [3, 1, 1]);
      assert.match(results.flatMap(({ failures }) => failures).join(), /^fails\nError: no/);
      assert.ok(results.every(({ passed, failed }) => passed + failed > 0));
    });

    it("fails with the one that crashes, and counts the other", async () => {
      const results = await runParts(["crashes.test.js", "passes.test.js"]);
      assert.deepEqual(sums(results), [2, 1, 0]);
      assert.match(results.flatMap(({ failures }) => failures).join(), /^ended with a signal: .*left no outcome/);
    });

    it("fails with the one that has no file", async () => {
      const results = await runParts(["passes.test.js"]);
      assert.deepEqual(sums(results), [2, 1, 0]);
      assert.deepEqual(results.map(({ failures }) => failures).flat(), ["ran no test"]);
    });
  });
});
