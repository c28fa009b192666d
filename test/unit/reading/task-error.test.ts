import assert from "node:assert/strict";
import { taskError } from "../../../src/reading/task-error";
import { CollectedError } from "../../../src/reading/summarize-collected";
import { phrase } from "../../../src/words/phrase";
import { SaidError } from "../../../src/words/said-error";

describe("what a task threw, as it leaves the thread", () => {
  const said = phrase("Order {0}", 7);
  const table: readonly (readonly [what: string, thrown: unknown, told: object, stack: RegExp])[] = [
    [
      "an error of ours, with its code and words yet to be said",
      new CollectedError(said),
      { code: "not-what-was-ordered", said },
      /^CollectedError|^Error: Order 7/,
    ],
    ["an error of ours without a code", new SaidError(said), { said }, /^Error: Order 7/],
    [
      "a defect",
      new TypeError("x is not a function"),
      { said: "x is not a function" },
      /^TypeError: x is not a function\n/,
    ],
    [
      "an error of the engine, with its code",
      Object.assign(new Error("there is no file"), { code: "ENOENT" }),
      { code: "ENOENT", said: "there is no file" },
      /^Error: there is no file\n/,
    ],
    [
      "an error with a number of its own",
      new DOMException("It was stopped.", "AbortError"),
      { said: "It was stopped." },
      /AbortError: It was stopped\./,
    ],
    ["a text", "thrown", { said: "thrown" }, /^Error: thrown\n/],
    ["nothing", undefined, { said: "undefined" }, /^Error: undefined\n/],
  ];
  for (const [what, thrown, told, stackWords] of table) {
    it(`is plain data: ${what}`, () => {
      const { stack, ...rest } = structuredClone(taskError(thrown));
      assert.deepEqual(rest, told);
      assert.match(stack, stackWords);
    });
  }
});
