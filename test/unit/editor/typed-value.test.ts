import assert from "node:assert/strict";
import type { ParameterName } from "../../../src/api/parameter";
import type { Product } from "../../../src/api/product";
import { typedProblem, valueProblem } from "../../../src/editor/commands/typed-value";
import { ENGLISH } from "../../../src/words/localize";

describe("what a box says about a typed value", () => {
  const CASES: readonly (readonly [Product, ParameterName, value: string, expected: string | undefined])[] = [
    ["ssl", "loginName", "", "This cannot be empty."],
    ["ssl", "loginPassword", "", "This cannot be empty."],
    ["ccc", "collectionCode", "", "This cannot be empty."],
    ["ssl", "orderNumber", "1".repeat(129), "This is longer than 128 characters."],
    ["ccc", "collectionCode", "1".repeat(17), "This is longer than 16 characters."],
    ["ssl", "loginName", "a\nb", "This contains characters that cannot be sent."],
    ["ssl", "loginPassword", "\ud800", "This contains characters that cannot be sent."],
    ["ccc", "callbackFunctionName", "1 2", "This must be the name of a JavaScript function."],
    ["ssl", "orderNumber", "1000005", undefined],
    ["ssl", "loginPassword", " ", undefined],
  ];
  for (const [product, name, value, expected] of CASES) {
    it(`${name} ${JSON.stringify(value.slice(0, 10))}`, () => {
      const problem = typedProblem(product, name, value, ENGLISH);
      assert.equal(problem, expected);
      assert.equal(valueProblem(product, name, value) === undefined, expected === undefined);
      assert.ok(problem?.includes(name) !== true);
    });
  }
});
