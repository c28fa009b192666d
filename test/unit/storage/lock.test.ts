import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Exclusive, Taken } from "../../../src/storage/exclusive";
import { ProcessLock } from "../../../src/storage/lock";
import { userExclusive } from "../../../src/storage/user-exclusive";
import { needs } from "../system";
import { useFolder } from "./folder";

const never = (): AbortSignal => new AbortController().signal;

describe("lock", () => {
  const folder = useFolder();
  const inFolder = (name: string) => userExclusive(name, [{ within: folder(), way: ["locks"] }]);

  /** As many locks on the same names as there would be processes. */
  function locks(count: number): ProcessLock[] {
    return Array.from({ length: count }, () => new ProcessLock(String, inFolder));
  }

  it("lets one in at a time, in one process and between several", async () => {
    const all = locks(4);
    let inside = 0;
    let most = 0;
    await Promise.all(
      all.flatMap((lock) =>
        Array.from({ length: 5 }, async () => {
          const turn = await lock.acquire("sectigo", "person", never());
          most = Math.max(most, ++inside);
          await sleep(1);
          inside--;
          turn.dispose();
        }),
      ),
    );
    assert.equal(most, 1);
  });

  it("has one lock for each CA", async () => {
    const [lock] = locks(1);
    assert.ok(lock);
    const turns = await Promise.all([
      lock.acquire("sectigo", "schedule", never()),
      lock.acquire("sandbox", "schedule", never()),
      lock.acquire("other:pki.example", "schedule", never()),
    ]);
    for (const turn of turns) turn.dispose();
  });

  it("tells whose turn it is at each CA", async () => {
    const [one, two] = locks(2);
    assert.ok(one && two);
    const turn = await one.acquire("sectigo", "schedule", never());
    assert.equal((await two.holder("sectigo"))?.pid, process.pid);
    assert.equal(await two.holder("sandbox"), undefined);
    turn.dispose();
    while (await two.holder("sectigo")) await sleep(1);
  });

  it("gives a person the next turn, before the schedule of the same window and of another", async () => {
    let held: Taken | undefined;
    const seen = (name: string): Exclusive => {
      const exclusive = inFolder(name);
      return {
        take: async () => (held = await exclusive.take()),
        released: (ms, signal) => exclusive.released(ms, signal),
        holder: () => exclusive.holder(),
      };
    };
    const order: string[] = [];
    let hadTurn = (): void => undefined;
    const othersTurn = new Promise<void>((resolve) => (hadTurn = resolve));
    // However slow the computer is: this window stands back until the other one had a turn.
    const mine = new ProcessLock(String, seen, () => othersTurn);
    const other = new ProcessLock(String, inFolder);
    const first = await mine.acquire("sectigo", "schedule", never());
    const wait = async (lock: ProcessLock, turn: "person" | "schedule", who: string) => {
      const taken = await lock.acquire("sectigo", turn, never());
      order.push(who);
      if (lock === other) hadTurn();
      taken.dispose();
    };
    const all = [
      wait(mine, "schedule", "my schedule"),
      wait(other, "schedule", "other schedule"),
      wait(other, "person", "person"),
    ];
    // Until the other process stands in line.
    while (held?.isWanted !== true) await sleep(1);
    first.dispose();
    await Promise.all(all);
    assert.equal(order[0], "person");
    assert.equal(order.length, 3);
  });

  it("stands back after a turn that others waited for, also when the next caller comes a little later", async () => {
    const { lock, takes } = wantedByOthers();
    (await lock.acquire("sectigo", "schedule", never())).dispose();
    await new Promise((resolve) => setImmediate(resolve));
    const next = lock.acquire("sectigo", "schedule", never());
    assert.equal(takes(), 1);
    (await next).dispose();
    assert.equal(takes(), 2);
  });

  it("stands back as long when more of the schedule is wanted meanwhile, but not when a person comes", async () => {
    const { lock, takes } = wantedByOthers();
    (await lock.acquire("sectigo", "schedule", never())).dispose();
    await new Promise((resolve) => setImmediate(resolve));
    const order: string[] = [];
    const wait = async (turn: "person" | "schedule", signal = never()) => {
      const taken = await lock.acquire("sectigo", turn, signal);
      order.push(turn);
      taken.dispose();
    };
    const leaving = new AbortController();
    const left = assert.rejects(wait("schedule", leaving.signal));
    const scheduled = wait("schedule");
    await microtasks();
    leaving.abort();
    await left;
    await microtasks();
    assert.equal(takes(), 1);
    const person = wait("person");
    await microtasks();
    assert.equal(takes(), 2);
    await Promise.all([scheduled, person]);
    assert.deepEqual(order, ["person", "schedule"]);
  });

  it("does not take what nobody waits for any more", async () => {
    const { lock, takes } = wantedByOthers();
    (await lock.acquire("sectigo", "schedule", never())).dispose();
    await new Promise((resolve) => setImmediate(resolve));
    const leaving = new AbortController();
    const left = assert.rejects(lock.acquire("sectigo", "schedule", leaving.signal));
    leaving.abort();
    await left;
    await microtasks();
    assert.equal(takes(), 1);
    (await lock.acquire("sectigo", "person", never())).dispose();
    assert.equal(takes(), 2);
  });

  it("gives up a wait when aborted, with the reason, and the rest go on", async () => {
    const [one, two] = locks(2);
    assert.ok(one && two);
    const turn = await one.acquire("sectigo", "schedule", never());
    const reason = new Error("enough");
    const controller = new AbortController();
    const waits = [one, two].map((lock) => lock.acquire("sectigo", "person", controller.signal));
    const going = two.acquire("sectigo", "schedule", never());
    controller.abort(reason);
    for (const wait of waits) await assert.rejects(wait, reason);
    await assert.rejects(one.acquire("sectigo", "person", controller.signal), reason);
    turn.dispose();
    (await going).dispose();
  });

  it("can be let go twice without harm", async () => {
    const [one, two] = locks(2);
    assert.ok(one && two);
    const first = await one.acquire("sectigo", "person", never());
    first.dispose();
    const second = await two.acquire("sectigo", "person", never());
    first.dispose();
    assert.equal(
      await Promise.race([one.acquire("sectigo", "schedule", AbortSignal.timeout(30)).catch(() => "held")]),
      "held",
    );
    second.dispose();
  });

  it("knows who waits, and takes a name of any length", async function () {
    needs(this, "sight of who waits");
    const named = inFolder("x".repeat(1_000));
    const taken = await named.take();
    assert.ok(taken && !taken.isWanted);
    assert.equal(await named.take(), undefined);
    const released = named.released(10_000, never());
    while (!taken.isWanted) await sleep(1);
    taken.dispose();
    await released;
    const again = await named.take();
    assert.ok(again);
    again.dispose();
  });

  /** A lock that others always want, too, and how often it was taken. */
  function wantedByOthers(): { lock: ProcessLock; takes: () => number } {
    let takes = 0;
    const taken = { isWanted: true, dispose: () => undefined };
    const lock = new ProcessLock(String, () => ({
      take: () => Promise.resolve(++takes > 0 ? taken : undefined),
      released: () => Promise.resolve(),
      holder: () => Promise.resolve(undefined),
    }));
    return { lock, takes: () => takes };
  }

  /** All that can be done before any timer. */
  async function microtasks(): Promise<void> {
    for (let count = 0; count < 50; count++) await Promise.resolve();
  }
});
