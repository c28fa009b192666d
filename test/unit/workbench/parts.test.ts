import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { filesOf, parsePart, SECONDS } from "../../workbench/parts";

/** What the lane of a folder runs, as it is named once it is built. */
const testsIn = (folder: string): string[] =>
  readdirSync(path.join("test", folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => path.posix.join(folder, name.replaceAll("\\", "/").replace(/ts$/, "js")))
    .sort();

const partsOf = (files: readonly string[], of: number, seconds?: (file: string) => number): string[][] =>
  Array.from({ length: of }, (_, index) => filesOf({ number: index + 1, of }, files, seconds));

describe("parts of a lane", () => {
  const texts: [text: string, part: { number: number; of: number } | undefined][] = [
    ["1/1", { number: 1, of: 1 }],
    ["2/2", { number: 2, of: 2 }],
    ["2/3", { number: 2, of: 3 }],
    ["0/2", undefined],
    ["3/2", undefined],
    ["1/0", undefined],
    ["1", undefined],
    ["", undefined],
    ["1/2/3", undefined],
    ["x/2", undefined],
  ];
  for (const [text, part] of texts)
    it(`are named, or not: ${JSON.stringify(text)}`, () => assert.deepEqual(parsePart(text), part));

  it("hold each file once, in the order given, whatever the files take", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        fc.func(fc.double({ min: 0, max: 1e6, noNaN: true })),
        (files, of, seconds) => {
          const parts = partsOf(files, of, seconds);
          assert.deepEqual(parts.flat().sort(), [...files].sort());
          for (const part of parts)
            assert.deepEqual(
              part,
              files.filter((file) => part.includes(file)),
            );
        },
      ),
    );
  });

  it("differ by no more than the longest file takes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        (each, of) => {
          const seconds = (file: string): number => each[Number(file)] ?? 0;
          const sums = partsOf([...each.keys()].map(String), of, seconds).map((part) =>
            part.reduce((sum, file) => sum + seconds(file), 0),
          );
          assert.ok(Math.max(...sums) - Math.min(...sums) <= Math.max(...each), sums.join());
        },
      ),
    );
  });

  it("are of equal weight where two are as long as two others", () => {
    const seconds: Readonly<Record<string, number>> = { a: 1, b: 3, c: 3, d: 1 };
    assert.deepEqual(
      partsOf(Object.keys(seconds), 2, (file) => seconds[file] ?? 0),
      [
        ["a", "b"],
        ["c", "d"],
      ],
    );
  });

  it("are filled with the longest files first, which the short ones even out", () => {
    const seconds: Readonly<Record<string, number>> = { a: 1, b: 1, c: 2 };
    assert.deepEqual(
      partsOf(Object.keys(seconds), 2, (file) => seconds[file] ?? 0),
      [["c"], ["a", "b"]],
    );
  });

  it("weigh files by what was measured", () => {
    const [longest, other, short] = ["journey", "two-windows", "german"].map((name) => `e2e/${name}.test.js`);
    assert.ok(longest !== undefined && other !== undefined && short !== undefined);
    assert.deepEqual(partsOf([short, other, longest], 2), [[longest], [short, other]]);
  });

  for (const folder of ["unit", "hostile", "e2e"])
    it(`hold each test file of test/${folder}`, () => {
      const files = testsIn(folder);
      const [one = [], two = []] = partsOf(files, 2);
      assert.ok(one.length > 0 && two.length > 0);
      assert.deepEqual([...one, ...two].sort(), files);
    });

  it("are balanced by files that are there", () => {
    const there = new Set(["unit", "hostile", "e2e"].flatMap(testsIn));
    assert.deepEqual(
      Object.keys(SECONDS).filter((file) => !there.has(file)),
      [],
    );
  });
});
