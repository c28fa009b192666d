import assert from "node:assert/strict";
import { Arguments } from "../../../src/editor/arguments";

describe("Arguments", () => {
  const read: Record<string, (given: Arguments) => unknown> = {
    text: (given) => given.text("field"),
    choice: (given) => given.choice("field", ["a", "b"]),
    flag: (given) => given.flag("field"),
  };

  const taken: [kind: string, argument: unknown, expected: unknown][] = [
    ["text", undefined, undefined],
    ["text", null, undefined],
    ["text", {}, undefined],
    ["text", { other: 1 }, undefined],
    ["text", { field: "x" }, "x"],
    ["choice", { field: "b" }, "b"],
    ["flag", { field: false }, false],
  ];
  for (const [kind, argument, expected] of taken) {
    it(`takes ${JSON.stringify(argument)} for a ${kind}`, () => {
      assert.equal(read[kind]?.(new Arguments(argument)), expected);
    });
  }

  const refused: [kind: string, argument: unknown][] = [
    ["text", "x"],
    ["text", 5],
    ["text", () => 5],
    ["text", { field: 5 }],
    ["text", { field: "x".repeat(1025) }],
    ["text", { field: null }],
    ["choice", { field: "c" }],
    ["choice", { field: "toString" }],
    ["flag", { field: "true" }],
  ];
  for (const [kind, argument] of refused) {
    it(`refuses ${String(JSON.stringify(argument)).slice(0, 40)} for a ${kind}`, () => {
      assert.throws(() => read[kind]?.(new Arguments(argument)), { code: "argument" });
    });
  }
});
