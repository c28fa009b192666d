import assert from "node:assert/strict";
import { taskError } from "../../../src/reading/task-error";
import { CollectedError } from "../../../src/reading/summarize-collected";
import { phrase } from "../../../src/words/phrase";
import { SaidError } from "../../../src/words/said-error";
import { fileSaid } from "../../../src/words/system-error";

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
      { said: phrase("Something went wrong unexpectedly: {0}.", "x is not a function") },
      /^TypeError: x is not a function\n/,
    ],
    [
      "an error of the system, with its code, and words of ours in place of its own",
      Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT", path: "/home/jane/a.bin" }),
      { code: "ENOENT", said: fileSaid("a.bin", "ENOENT") },
      /^Error: ENOENT: no such file\n/,
    ],
    [
      "an error with a number of its own",
      new DOMException("It was stopped.", "AbortError"),
      { said: phrase("Something went wrong unexpectedly: {0}.", "It was stopped") },
      /AbortError: It was stopped\./,
    ],
    ["a text", "thrown", { said: phrase("Something went wrong unexpectedly: {0}.", "thrown") }, /^Error: thrown\n/],
    [
      "nothing",
      undefined,
      { said: phrase("Something went wrong unexpectedly: {0}.", "undefined") },
      /^Error: undefined\n/,
    ],
  ];
  for (const [what, thrown, told, stackWords] of table) {
    it(`is plain data: ${what}`, () => {
      const { stack, ...rest } = structuredClone(taskError(thrown));
      assert.deepEqual(rest, told);
      assert.match(stack, stackWords);
    });
  }
});
