import assert from "node:assert/strict";
import { KeptPages } from "../../../src/editor/pages/kept-pages";

/** What the editor remembers of a workspace. */
class Memory {
  constructor(public value: unknown) {}
  get<T>(): T | undefined {
    return this.value as T | undefined;
  }
  async update(_key: string, value: unknown): Promise<void> {
    this.value = await Promise.resolve(value);
  }
}

const KEY = "document:file:///a/server.crt";
const TITLE = "Details: server.crt";

describe("the details pages that are kept open", () => {
  const REMEMBERED: readonly [what: string, value: unknown, title: string | undefined][] = [
    ["nothing", undefined, undefined],
    ["one", [{ key: KEY, title: TITLE }], TITLE],
    ["another one", [{ key: "document:file:///b/server.crt", title: TITLE }], undefined],
    ["keys alone, as before", [KEY], undefined],
    ["what is no list", { key: KEY, title: TITLE }, undefined],
    ["a title that is no text", [{ key: KEY, title: 1 }], undefined],
    ["more than fit", Array(51).fill({ key: KEY, title: TITLE }), undefined],
  ];
  for (const [what, value, title] of REMEMBERED) {
    it(`are read where the editor remembers ${what}`, () => {
      assert.equal(new KeptPages(new Memory(value)).titleOf(KEY), title);
    });
  }

  it("are remembered by their key, with the title that they have now, up to a number", async () => {
    const memory = new Memory(undefined);
    const kept = new KeptPages(memory);
    for (let number = 0; number < 60; number++) {
      kept.note(`order:${number}`, "Details: x");
      await Promise.resolve();
    }
    kept.note("order:59", "Details: renamed");
    await Promise.resolve();
    const titles = ["order:9", "order:10", "order:59"].map((key) => kept.titleOf(key));
    assert.deepEqual(titles, [undefined, "Details: x", "Details: renamed"]);
    kept.forget("order:59");
    await Promise.resolve();
    assert.deepEqual([kept.titleOf("order:59"), (memory.value as unknown[]).length], [undefined, 49]);
  });
});
