import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BORINGSSL_DIFFERENCES } from "../../workbench/boringssl-differences";
import { needs } from "../system";
import { findBun } from "../../workbench/bun";
import { judgeByDifferences, type EngineDifference } from "../../workbench/engine-differences";
import type { TestOutcome } from "../../workbench/outcome";
import { TemporaryFolder } from "../../workbench/temporary-folder";

const TABLE: readonly EngineDifference[] = [
  { by: "BoringSSL", because: "it lacks it", tests: ["one", "two"], error: /no such group/ },
];
const ran = (title: string, state: TestOutcome["state"], error?: string): TestOutcome => ({
  ...{ title, state, durationMs: 1 },
  ...(error !== undefined && { error }),
});
const SAID = ran("one", "failed", "no such group");

describe("what differs on another engine", () => {
  const table: readonly (readonly [what: string, two: TestOutcome | undefined, wrong: RegExp | undefined])[] = [
    ["as the table says", ran("two", "failed", "Error: no such group\n at x"), undefined],
    ["otherwise than the table says", ran("two", "failed", "another"), /otherwise.*\nanother/],
    ["no longer", ran("two", "passed"), /it lacks it\) and passed: take it out/],
    ["no longer, since it was skipped", ran("two", "skipped"), /and skipped/],
    ["no longer, since nobody ran it", undefined, /no such test/],
  ];
  for (const [what, two, wrong] of table)
    it(`is judged where it differs ${what}`, () => {
      const judged = judgeByDifferences([SAID, ran("else", "passed"), ...(two === undefined ? [] : [two])], TABLE);
      assert.deepEqual(judged.slice(0, 2), [ran("one", "passed"), ran("else", "passed")]);
      const [last] = judged.slice(2);
      assert.deepEqual([judged.length, last?.title], [3, "two"]);
      assert.equal(last?.state, wrong === undefined ? "passed" : "failed");
      if (wrong === undefined) assert.equal(last.error, undefined);
      else assert.match(last.error ?? "", wrong);
    });

  it("fails where it is in no row", () => {
    const judged = judgeByDifferences(
      [SAID, ran("three", "failed", "no such group")],
      [{ ...TABLE[0]!, tests: ["one"] }],
    );
    assert.deepEqual(judged[1], ran("three", "failed", "no such group"));
  });

  it("is in one row of the table alone", () => {
    const titles = BORINGSSL_DIFFERENCES.flatMap(({ tests }) => tests);
    assert.equal(new Set(titles).size, titles.length);
  });
});

describe("Bun", () => {
  it("is found where the build of one processor does not run, and is not where none does", async function () {
    needs(this, "scripts");
    const folder = await TemporaryFolder.make("bun");
    try {
      const program = (name: string, text: string) => {
        const file = path.join(folder.path, name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
        chmodSync(file, 0o755);
        return file;
      };
      assert.equal(findBun(folder.path), undefined);
      program("bun/bin/bun.exe", "#!/bin/sh\necho 'Error: Bun was installed without its script'\nexit 1\n");
      program("@oven/bun-linux-aarch64/bin/bun", "of another processor");
      assert.equal(findBun(folder.path), undefined);
      const right = program("@oven/bun-linux-x64-baseline/bin/bun", "#!/bin/sh\necho 1.2.3\n");
      assert.equal(findBun(folder.path), right);
    } finally {
      await folder.remove();
    }
  });
});
