import assert from "node:assert/strict";
import { noteAsked, takeAsked, type AskedFiles } from "../../../src/editor/public/asked-files";
import { HOUR } from "../orders/doubles";

type Step = readonly [step: "asked" | "read" | "refused", target: string | undefined, at?: number];

const CASES: readonly [what: string, steps: readonly Step[]][] = [
  ["what nobody was asked about", [["read", "a"]]],
  [
    "what the person was asked about, once for each question",
    [
      ["asked", "a"],
      ["asked", "a"],
      ["read", "a"],
      ["refused", "b"],
      ["read", "b"],
    ],
  ],
  [
    "not another file, and not one that was not there",
    [
      ["asked", "a"],
      ["refused", "b"],
      ["asked", undefined],
      ["refused", "b"],
      ["asked", "a"],
      ["refused", undefined],
    ],
  ],
  [
    "nothing while two questions disagree, in whichever order they are answered",
    [
      ["asked", "a"],
      ["asked", "b"],
      ["refused", "b"],
      ["refused", "a"],
      ["refused", "b"],
    ],
  ],
  [
    "another file once the question about the first is old",
    [
      ["asked", "a"],
      ["asked", "b", HOUR],
      ["read", "b", HOUR],
    ],
  ],
  [
    "nothing that the person was asked about too long ago",
    [
      ["asked", "a"],
      ["refused", "a", HOUR],
      ["read", "a", HOUR],
    ],
  ],
];

describe("files that a person was asked about", () => {
  for (const [what, steps] of CASES) {
    it(`lets an agent read ${what}`, () => {
      const asked: AskedFiles = new Map();
      for (const [step, target, at = 0] of steps) {
        const take = () => takeAsked(asked, "x", target, at);
        if (step === "asked") noteAsked(asked, "x", target, at);
        else if (step === "read") take();
        else assert.throws(take, { code: "tool" });
      }
      assert.ok(asked.size <= 1);
    });
  }

  it("remembers no more than some, forgets none that may still be answered, and has room again later", () => {
    const asked: AskedFiles = new Map();
    for (let index = 0; index < 200; index++) noteAsked(asked, String(index), "a", 0);
    assert.throws(() => noteAsked(asked, "more", "a", HOUR - 1), { code: "tool" });
    assert.throws(() => takeAsked(asked, "0", "b", HOUR - 1), { code: "tool" });
    noteAsked(asked, "more", "a", HOUR);
    assert.deepEqual([...asked.keys()], ["more"]);
  });
});
