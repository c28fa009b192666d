import assert from "node:assert/strict";
import { searchExcludes } from "../../../src/editor/base/search-excludes";

const CASES: readonly [what: string, setting: unknown, patterns: readonly string[]][] = [
  ["no setting", undefined, []],
  ["something else", "**/a", []],
  ["patterns that are on", { "**/a": true, "**/b": false, "**/c": { when: "$(basename).ts" } }, ["**/a"]],
  ["braces", { "**/{a,b}/*.{c,d}": true }, ["**/b/*.d", "**/b/*.c", "**/a/*.d", "**/a/*.c"]],
  ["braces in braces", { "{a,b{c,d}}": true }, ["bd", "a", "bc", "a"]],
  ["braces that do not fit", { "{a": true, "b}": true, "}c{": true, d: true }, ["d"]],
  ["a comma, which would end it", { "a,b": true }, []],
  ["nothing", { "": true, "{}": true }, []],
  ["more choices than anybody has", { ["{a,b}".repeat(20)]: true, e: true }, ["e"]],
  ["a long one", { ["a".repeat(301)]: true }, []],
];

describe("what the editor's search leaves out", () => {
  for (const [what, setting, patterns] of CASES) {
    it(`is taken of ${what}`, () => assert.deepEqual([...searchExcludes(setting)].sort(), [...patterns].sort()));
  }
});
