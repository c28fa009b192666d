import assert from "node:assert/strict";
import { taskKey, TaskMemory } from "../../../../src/editor/serving/task-memory";

const facts = {
  ...{ name: "reload", source: "Workspace", place: "file:///a", isBackground: false },
  ...{ definition: { type: "shell", id: "1" }, presentation: {}, runOptions: {} },
};

function memory(kept = new Map<string, unknown>()): TaskMemory {
  return new TaskMemory({
    get: <T>(key: string) => kept.get(key) as T,
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  });
}

describe("what is remembered of tasks in a workspace", () => {
  it("tells what was agreed to from what changed since, and from what nobody saw", async () => {
    const here = memory();
    assert.equal(here.standing("a", "1"), "new");
    await here.agree("a", "1");
    assert.equal(here.standing("a", "1"), "agreed");
    assert.equal(here.standing("a", "2"), "changed");
    assert.equal(here.standing("b", "1"), "new");
  });

  it("keeps which of several tasks each order means", async () => {
    const here = memory();
    await here.choose("order", "reload", "x");
    assert.equal(here.chosen("order", "reload"), "x");
    assert.equal(here.chosen("order", "other"), undefined);
    assert.equal(here.chosen("another", "reload"), undefined);
  });

  it("forgets the oldest, and takes what is damaged for nothing", async () => {
    const here = memory();
    for (let count = 0; count < 301; count++) await here.agree(String(count), "1");
    assert.equal(here.standing("0", "1"), "new");
    assert.equal(here.standing("1", "1"), "agreed");
    for (const damaged of ["x", [1], [{ name: "a" }], [{ name: "a", value: 1 }]]) {
      const kept = new Map<string, unknown>([["agreedTasks", damaged]]);
      assert.equal(memory(kept).standing("a", "1"), "new");
    }
  });

  it("names a consent by place, provider, definition and who named the task", () => {
    const keys = [
      taskKey(facts),
      taskKey(facts, "file:///a/certificate-collector.json"),
      taskKey({ ...facts, place: "file:///b" }),
      taskKey({ ...facts, source: "npm" }),
      taskKey({ ...facts, name: "other" }),
      taskKey({ ...facts, definition: { type: "process" } }),
    ];
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(taskKey({ ...facts, definition: { type: "shell", id: "2" } }), keys[0]);
  });
});
