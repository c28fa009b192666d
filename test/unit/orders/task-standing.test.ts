import assert from "node:assert/strict";
import { LONGEST_TASK, taskStanding, type TaskStanding } from "../../../src/orders/model/task-standing";
import { english } from "../../../src/words/localize";
import type { Order } from "../../../src/orders/model/order";
import { groupOfSaved, savedWords, taskRunWords } from "../../../src/orders/presentation/task-words";
import { START } from "./doubles";
import { order } from "./world";

const saved = { at: START, leaf: "a", profile: "nginx", files: [] };
const afterSaving = { task: "reload", since: START };
const run = { leaf: "a", task: "reload", startedAt: START + 1 };
const NOW = START + 10;

type Part = Partial<Pick<Order, "saved" | "afterSaving" | "taskRun">>;

const TABLE: readonly [what: string, part: Part, standing: TaskStanding | undefined, words: string | undefined][] = [
  ["nothing was saved", { afterSaving }, undefined, "“reload” runs after saving"],
  ["no task was chosen", { saved }, undefined, undefined],
  [
    "it was saved before a task was chosen",
    { saved, afterSaving: { task: "reload", since: START + 1 } },
    undefined,
    "“reload” runs after saving",
  ],
  ["it was saved, and nothing ran", { saved, afterSaving }, "due", "“reload” has not run since it was saved"],
  [
    "it was saved by an order file that names one",
    { saved: { ...saved, after: "deploy" } },
    "due",
    "“deploy” has not run since it was saved",
  ],
  [
    "it ran for the certificate before",
    { saved, afterSaving, taskRun: { ...run, leaf: "b", endedAt: NOW, exitCode: 0 } },
    "due",
    "“reload” has not run since it was saved",
  ],
  [
    "it ran before the files were written again",
    { saved, afterSaving, taskRun: { ...run, startedAt: START - 1, endedAt: NOW, exitCode: 0 } },
    "due",
    "“reload” has not run since it was saved",
  ],
  ["it runs", { saved, afterSaving, taskRun: run }, "running", "“reload” has been running since TIME"],
  [
    "its window was killed",
    { saved, afterSaving, taskRun: { ...run, startedAt: NOW - LONGEST_TASK } },
    "due",
    "“reload” has not run since it was saved",
  ],
  [
    "its window was killed long ago",
    { saved: { ...saved, at: START - LONGEST_TASK }, afterSaving, taskRun: { ...run, startedAt: NOW - LONGEST_TASK } },
    "unseen",
    "“reload” was started at TIME; its end was not seen",
  ],
  [
    "it ended well",
    { saved, afterSaving, taskRun: { ...run, endedAt: NOW, exitCode: 0 } },
    "ended",
    "“reload” ended with 0 at TIME",
  ],
  [
    "it ended well, and an order file named it",
    { saved, taskRun: { ...run, endedAt: NOW, exitCode: 0 } },
    "ended",
    "“reload” ended with 0 at TIME",
  ],
  ["it failed", { saved, taskRun: { ...run, endedAt: NOW, exitCode: 3 } }, "failed", "“reload” ended with 3 at TIME"],
  [
    "it was stopped",
    { saved, taskRun: { ...run, endedAt: NOW } },
    "failed",
    "“reload” was stopped, or did not run, at TIME",
  ],
];

describe("the task after saving", () => {
  const locale = { localize: english, language: "en" };
  const whole = (part: Part): Order => ({
    ...order("1000001"),
    ...{ trackedAt: START, tags: [], certificates: [], paused: false, muted: false },
    ...part,
  });
  for (const [what, part, standing, words] of TABLE) {
    it(`is ${standing ?? "not spoken of"} where ${what}`, () => {
      assert.equal(taskStanding(whole(part), NOW), standing);
      const said = taskRunWords(whole(part), NOW, locale)?.replace(/(since|at) [^;“”]*[AP]M/, "$1 TIME");
      assert.equal(said, words);
    });
  }

  it("keeps a row out of “Done” until it ran well", () => {
    const groups = TABLE.map(([, part, standing]) => [standing, groupOfSaved(whole(part), NOW)]);
    for (const [standing, group] of groups) {
      const open = standing === "due" || standing === "unseen";
      assert.equal(group, standing === "failed" ? "trouble" : open ? "ready" : undefined);
    }
    const [words, advice] = savedWords(whole({ saved, afterSaving }), NOW, english);
    assert.deepEqual([words, advice], ["Saved, but its task has not run yet", "Run its task."]);
  });
});
