import assert from "node:assert/strict";
import { ofRightKeys } from "../../../src/editor/pages/right-keys";
import type { CheckResult } from "../../../src/webview/protocol";

const good: CheckResult = { tone: "good", words: "It matches." };
const wrong: CheckResult = { tone: "attention", words: "It does not match." };
const unknown: CheckResult = { tone: "none", words: "It is encrypted." };

describe("several keys beside one certificate", () => {
  const CASES: readonly [what: string, results: readonly CheckResult[], said: readonly CheckResult[]][] = [
    ["none", [], []],
    ["the right one", [good], [good]],
    ["a wrong one", [wrong], [wrong]],
    ["the right one after a wrong one", [wrong, good], [good]],
    ["the right one among unknown ones", [unknown, good, unknown], [good]],
    ["wrong and unknown ones", [wrong, unknown], [wrong, unknown]],
    ["the right one after many wrong ones", [...Array<CheckResult>(9).fill(wrong), good], [good]],
    ["many wrong ones", Array<CheckResult>(9).fill(wrong), Array<CheckResult>(5).fill(wrong)],
  ];
  for (const [what, results, said] of CASES) {
    it(`say of ${what}: ${said.map(({ tone }) => tone).join(", ")}`, () =>
      assert.deepEqual(ofRightKeys(results), said));
  }
});
