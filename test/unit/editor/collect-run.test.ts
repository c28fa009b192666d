import assert from "node:assert/strict";
import { runCollection, type Chosen, type CollectPorts, type Done } from "../../../src/editor/serving/collect-run";
import type { ServedNote } from "../../../src/orders/model/deployment";

const FILES = [{ path: "a.pem", wrote: "created" }] as const;
const NOTE: ServedNote = {
  ...{ at: 1, place: { host: "a.example", port: 443, protocol: "tls" }, leaf: "aa", since: 1 },
  addresses: [{ address: "192.0.2.1", state: "this" }],
};
const WORDS = { cancelled: "cancelled", declined: "declined", half: "half" };

interface Fake {
  /** What fails, by its order or task, and how. */
  readonly failing?: Readonly<Record<string, string>>;
  readonly exitCodes?: Readonly<Record<string, number | undefined>>;
  readonly declined?: readonly string[];
  /** Cancels before this step. */
  readonly cancelBefore?: string;
}

/** Runs over ports that note what they were asked, in order. */
async function run(
  chosen: readonly Chosen[],
  { failing = {}, exitCodes = {}, declined = [], cancelBefore }: Fake = {},
): Promise<{
  readonly steps: readonly string[];
  readonly done: Readonly<Record<string, Done>>;
  readonly share: number;
}> {
  const steps: string[] = [];
  let share = 0;
  const cancelling = new AbortController();
  const step = (what: string): void => {
    steps.push(what);
    if (failing[what] !== undefined) throw new Error(failing[what]);
  };
  const ports: CollectPorts = {
    save: (order) => Promise.resolve().then(() => (step(`save ${order}`), FILES)),
    runTask: (task, orders) =>
      Promise.resolve().then(() => {
        step(`task ${task} of ${orders.join()}`);
        if (declined.includes(task)) return undefined;
        const exitCode = task in exitCodes ? exitCodes[task] : 0;
        return exitCode === undefined ? {} : { exitCode };
      }),
    prove: (order) => Promise.resolve().then(() => (step(`prove ${order}`), [NOTE])),
    explain: (error) => ({ why: String(error), isHalf: String(error).includes("half") }),
    report: (what, part) => {
      share += part;
      const name = "task" in what ? what.task : what.order;
      if (cancelBefore === name && steps.length > 0) cancelling.abort();
    },
    words: WORDS,
  };
  const done = await runCollection(chosen, ports, cancelling.signal);
  return { steps, done: Object.fromEntries(done), share: Math.round(share) };
}

const A = { order: "a", task: "reload" };
const B = { order: "b", task: "reload" };
const C = { order: "c" };

describe("collecting many orders", () => {
  it("saves all, then runs each task once, then asks servers", async () => {
    const { steps, done, share } = await run([A, C, B, { order: "d", task: "other" }]);
    assert.deepEqual(steps, [
      ...["save a", "save c", "save b", "save d"],
      ...["task reload of a,b", "task other of d"],
      ...["prove a", "prove c", "prove b", "prove d"],
    ]);
    assert.deepEqual(done.a, {
      ...{ result: "saved", files: FILES, task: { task: "reload", exitCode: 0 }, served: [NOTE] },
    });
    assert.deepEqual(done.c, { result: "saved", files: FILES, served: [NOTE] });
    assert.equal(share, 100);
  });

  it("goes on where one order fails, and its task is for the others", async () => {
    const { steps, done } = await run([A, B, C], { failing: { "save a": "no" } });
    assert.deepEqual(steps, ["save a", "save b", "save c", "task reload of b", "prove b", "prove c"]);
    assert.deepEqual(done.a, { result: "failed", why: "Error: no" });
    assert.equal(done.b?.result, "saved");
  });

  it("runs no task whose orders all failed", async () => {
    const { steps } = await run([A], { failing: { "save a": "no" } });
    assert.deepEqual(steps, ["save a"]);
  });

  it("runs no task over files that are half written, and asks no server then", async () => {
    const { steps, done } = await run([A, B, C], { failing: { "save b": "half" } });
    assert.deepEqual(steps, ["save a", "save b", "save c", "prove c"]);
    assert.deepEqual(done.a?.task, { task: "reload", why: "half" });
  });

  const ENDS: readonly [what: string, fake: Fake, task: Done["task"]][] = [
    ["fails", { exitCodes: { reload: 3 } }, { task: "reload", exitCode: 3 }],
    ["ends in a way that is not known", { exitCodes: { reload: undefined } }, { task: "reload" }],
    ["is not agreed to", { declined: ["reload"] }, { task: "reload", why: "declined" }],
    ["cannot start", { failing: { "task reload of a": "no" } }, { task: "reload", why: "Error: no" }],
  ];
  for (const [what, fake, task] of ENDS) {
    it(`asks no server where the task ${what}`, async () => {
      const { steps, done } = await run([A, C], fake);
      assert.deepEqual(done.a, { result: "saved", files: FILES, task });
      assert.deepEqual(steps.slice(-1), ["prove c"]);
    });
  }

  it("says why servers could not be asked", async () => {
    const { done } = await run([C], { failing: { "prove c": "no" } });
    assert.deepEqual(done.c, { result: "saved", files: FILES, unproved: "Error: no" });
  });

  it("begins nothing more once it is cancelled", async () => {
    const saving = await run([A, B, C], { cancelBefore: "b" });
    assert.deepEqual(saving.steps, ["save a", "save b"]);
    assert.deepEqual(saving.done.c, { result: "cancelled" });
    assert.deepEqual(saving.done.a?.task, { task: "reload", why: "cancelled" });
    const running = await run([A, B, C], { cancelBefore: "reload" });
    assert.deepEqual(running.steps, ["save a", "save b", "save c"]);
    assert.deepEqual(running.done.b?.task, { task: "reload", why: "cancelled" });
  });
});
