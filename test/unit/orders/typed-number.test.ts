import assert from "node:assert/strict";
import { readTypedNumber, type TypedNumber } from "../../../src/orders/import/typed-number";

describe("a number typed in a box", () => {
  const CASES: readonly (readonly [text: string, expected: TypedNumber | undefined])[] = [
    ["1000005", { value: "1000005" }],
    ["7", { value: "7" }],
    ["007", { value: "007" }],
    ["#1000005", { value: "1000005" }],
    ["# 1000005", { value: "1000005" }],
    [" #\t1000005 ", { value: "1000005" }],
    ["0", { problem: "zero" }],
    ["0000000", { problem: "zero" }],
    ["# 0", { problem: "zero" }],
    ["-1000001", { problem: "sign" }],
    ["- 1000001", { problem: "sign" }],
    ["+1000001", { problem: "sign" }],
    ["\u22121000001", { problem: "sign" }],
    ["\u20131000001", { problem: "sign" }],
    ["#-1000001", { problem: "sign" }],
    ["-#1000001", { problem: "sign" }],
    ["-0", { problem: "sign" }],
    ["", undefined],
    ["#", undefined],
    ["abc-1000001", undefined],
    ["1000001-2", undefined],
    ["12 34", undefined],
    ["Ab12-34x", undefined],
    ["# mine 1000005", undefined],
  ];
  for (const [text, expected] of CASES) {
    it(JSON.stringify(text), () => assert.deepEqual(readTypedNumber(text), expected));
  }
});
