import assert from "node:assert/strict";
import { foldedTimeline } from "../../../src/orders/presentation/folded-timeline";
import type { TimelineEntry } from "../../../src/orders/presentation/timeline";

const asked: Omit<TimelineEntry, "at" | "line"> = { type: "asked", words: "Checked automatically", more: [] };
const answer = (words: string, ...more: string[]) => ({ type: "answered", words, more, answers: 1 }) as const;
const pending = answer("Answer: being processed");
const unchanged = (answers: number) => ({ type: "unchanged", words: "The same answer", more: [], answers }) as const;
const opened = { type: "opened", words: "Opened", more: [] } as const;

type Line = Omit<TimelineEntry, "at" | "line">;
const check = (...answers: Line[]): Line[] => answers.flatMap((each) => [asked, each]);
const times = (count: number, ...lines: Line[]): Line[] => Array.from({ length: count }, () => lines).flat();

describe("a timeline in short", () => {
  const CASES: readonly (readonly [what: string, lines: readonly Line[], folded: readonly string[]])[] = [
    ["of nothing", [], []],
    ["of one check", check(pending), ["Checked automatically", "Answer: being processed"]],
    [
      "of the same answer again",
      check(pending, pending),
      ["Checked automatically", "Answer: being processed", "Checked automatically", "Answer: being processed"],
    ],
    [
      "of many equal answers",
      check(...times(34, pending)),
      ["Checked automatically", "Answer: being processed", "Checked 33 times, unchanged"],
    ],
    [
      "with those that compaction counted",
      [...check(pending), unchanged(30), ...check(pending, pending)],
      ["Checked automatically", "Answer: being processed", "Checked 32 times, unchanged"],
    ],
    [
      "with news between",
      check(...times(3, pending), answer("Answer: being processed", "Domain control: done"), ...times(3, pending)),
      [
        ...["Checked automatically", "Answer: being processed", "Checked 2 times, unchanged"],
        ...["Checked automatically", "Answer: being processed. Domain control: done", "Checked 3 times, unchanged"],
      ],
    ],
    [
      "with advice that is the same each time",
      check(...times(5, answer("Answer: Unknown error (-14)", "Wait."))),
      ["Checked automatically", "Answer: Unknown error (-14). Wait.", "Checked 4 times, unchanged"],
    ],
    [
      "with what a person did between",
      [...check(...times(3, pending)), opened, ...check(...times(2, pending))],
      [
        ...["Checked automatically", "Answer: being processed", "Checked 2 times, unchanged", "Opened"],
        "Checked 2 times, unchanged",
      ],
    ],
    [
      "with a question that is not answered yet",
      [...check(...times(3, pending)), asked],
      ["Checked automatically", "Answer: being processed", "Checked 2 times, unchanged", "Checked automatically"],
    ],
  ];
  for (const [what, lines, folded] of CASES) {
    it(what, () => {
      const entries = lines.map((line, index) => ({ ...line, at: index, line: `a:${index}` }));
      assert.deepEqual(
        foldedTimeline(entries).map(({ words, more }) => [words, ...more].join(". ")),
        folded,
      );
    });
  }

  it("has the time of the last check", () => {
    const entries = check(...times(4, pending)).map((line, index) => ({ ...line, at: index, line: `a:${index}` }));
    assert.deepEqual(
      foldedTimeline(entries).map(({ at, line }) => [at, line]),
      [
        [0, "a:0"],
        [1, "a:1"],
        [7, "a:7"],
      ],
    );
  });
});
