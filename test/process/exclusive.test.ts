import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { userExclusive } from "../../src/storage/user-exclusive";
import { Random } from "../fuzz/random";
import { Takers, type TakerConfiguration } from "./takers";

/** Processes at a time, and how many are killed and stopped. */
const TAKERS = 8;
const KILLS = 60;
const STOPS = 120;

describe("a lock of several processes", function () {
  this.timeout(170_000);

  let folder: string;
  const all: Takers[] = [];
  const open = (more: Partial<TakerConfiguration> = {}): Takers => {
    const takers = new Takers({ folder, log: path.join(folder, "log"), longest: 2, ...more });
    all.push(takers);
    return takers;
  };
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "certificate-collector-"));
  });
  afterEach(async () => {
    await Promise.all(all.splice(0).map((takers) => takers.killAll()));
    await rm(folder, { recursive: true, force: true });
  });

  it("has one holder at most, and soon the next one, with processes killed and stopped anywhere", async () => {
    const takers = open();
    const random = new Random(Date.now());
    const another = () => {
      const before = takers.holdings;
      return takers.until(() => takers.holdings > before);
    };
    for (let count = 0; count < TAKERS; count++) takers.start();
    await takers.until(() => takers.holdingsOf.size === TAKERS);
    for (let count = 0; count < KILLS + STOPS; count++) {
      // At no step in particular, and so at each.
      await sleep(random.below(8));
      const child = random.pick(takers.living);
      if (count % 3 === 0) {
        await takers.kill(child);
        await another();
        takers.start();
      } else {
        child.kill("SIGSTOP");
        await sleep(random.below(60));
        child.kill("SIGCONT");
        await another();
      }
    }
    await takers.until(() => takers.holdings > 10 * (KILLS + STOPS));
    await takers.killAll();
    assert.equal(takers.overlaps(), 0);
    const next = await userExclusive("tried", [{ within: folder, way: ["locks"] }]).take();
    assert.ok(next);
    next.dispose();
  });

  it("would be seen to have two without the lock", async () => {
    const takers = open({ mutation: "no-lock" });
    for (let count = 0; count < 3; count++) takers.start();
    await takers.until(() => [...takers.holdingsOf.values()].filter((count) => count > 100).length === 3);
    await takers.killAll();
    assert.notEqual(takers.overlaps(), 0);
  });

  it("tells who holds it, and that the holder was stopped", async function () {
    const exclusive = userExclusive("tried", [{ within: folder, way: ["locks"] }]);
    const takers = open({ longest: 100_000 });
    const child = takers.start();
    await takers.until(() => takers.holdings === 1);
    const { pid } = child;
    assert.deepEqual({ ...(await exclusive.holder()), since: 0 }, { pid, since: 0, isStopped: false });
    child.kill("SIGSTOP");
    let holder = await exclusive.holder();
    // The signal takes effect a little later. Only Linux tells.
    while (process.platform === "linux" && !holder?.isStopped) holder = await exclusive.holder();
    assert.equal(holder?.pid, pid);
    assert.equal(await exclusive.take(), undefined);
    await takers.kill(child);
    let taken = await exclusive.take();
    while (!taken) taken = await exclusive.take();
    assert.equal((await exclusive.holder())?.pid, process.pid);
    taken.dispose();
  });
});
