import assert from "node:assert/strict";
import { HostWatches, type HostsWatchEnd } from "../../../../src/editor/serving/host-watches";
import type { BookChange } from "../../../../src/orders/journal/book";
import type { Order } from "../../../../src/orders/model/order";
import type { Disposable } from "../../../../src/orders/ports";
import { DAY, FakeClock, HOUR, MINUTE, settle, START } from "../../orders/doubles";
import { order } from "../../orders/world";

/** The locks of the system, which all windows see. */
class Locks {
  readonly held = new Set<string>();

  take = (name: string): Promise<Disposable | undefined> => {
    if (this.held.has(name)) return Promise.resolve(undefined);
    this.held.add(name);
    return Promise.resolve({ dispose: () => void this.held.delete(name) });
  };
}

const TRACKED: Order = {
  ...order("1"),
  ...{ trackedAt: START, tags: [], certificates: [], paused: false, muted: false },
};

describe("watched hosts", () => {
  let clock: FakeClock;
  let locks: Locks;
  let asked: number[];
  let ended: string[];
  let last: HostsWatchEnd | "go-on";
  let tracked: boolean;
  let structureChanged: () => void;

  beforeEach(() => {
    clock = new FakeClock();
    locks = new Locks();
    asked = [];
    ended = [];
    last = "go-on";
    tracked = true;
  });

  function windowOf(): HostWatches {
    return new HostWatches({
      clock,
      claim: locks.take,
      ask: () => {
        asked.push((clock.now() - START) / MINUTE);
        return Promise.resolve(last);
      },
      ended: (id, why) => ended.push(`${id} ${why}`),
      book: {
        get: () => (tracked ? TRACKED : undefined),
        onDidChange: (listener: (change: BookChange) => void) => {
          structureChanged = () => listener({ structure: true } as BookChange);
          return { dispose: () => undefined };
        },
      },
    });
  }

  it("are asked by one window, until all serve it", async () => {
    const [one, other] = [windowOf(), windowOf()];
    assert.equal(await one.start("a"), true);
    assert.equal(await other.start("a"), false);
    assert.equal(other.isWatched("a"), false);
    await clock.advance(30 * MINUTE);
    assert.deepEqual(asked, [1, 6, 21]);
    assert.equal(one.askedAt("a"), START + 21 * MINUTE);
    last = "served";
    await clock.advance(2 * HOUR);
    assert.deepEqual([asked.at(-1), ended], [81, ["a served"]]);
    assert.equal(one.isWatched("a"), false);
    await settle();
    assert.equal(locks.held.size, 0);
    assert.equal(await other.start("a"), true);
    assert.equal(clock.pending, 1);
  });

  it("are asked by the other window once the first one stops, or ends", async () => {
    const [one, other] = [windowOf(), windowOf()];
    await one.start("a");
    assert.equal(one.stop("a"), true);
    await settle();
    assert.equal(await other.start("a"), true);
    other.dispose();
    await settle();
    assert.deepEqual([locks.held.size, clock.pending, ended], [0, 0, []]);
    await clock.advance(DAY);
    assert.deepEqual(asked, []);
  });

  it("begin anew in the same window when they are started again", async () => {
    const one = windowOf();
    assert.deepEqual(await Promise.all([one.start("a"), one.start("a")]), [true, true]);
    await clock.advance(10 * MINUTE);
    assert.equal(await one.start("a"), true);
    await clock.advance(2 * MINUTE);
    assert.deepEqual(asked, [1, 6, 11]);
    assert.equal(clock.pending, 1);
  });

  it("that are stopped while the lock is taken are not watched, and free it", async () => {
    const one = windowOf();
    const starting = one.start("a");
    one.stop("a");
    assert.equal(await starting, false);
    await settle();
    assert.deepEqual([one.isWatched("a"), locks.held.size, clock.pending], [false, 0, 0]);
  });

  it("of an order that is no longer tracked are not asked any more", async () => {
    const one = windowOf();
    await one.start("a");
    tracked = false;
    structureChanged();
    await clock.advance(DAY);
    assert.deepEqual([asked, one.isWatched("a"), locks.held.size], [[], false, 0]);
  });

  it("tell pages what changes", async () => {
    const one = windowOf();
    let heard = 0;
    one.onDidChange((id) => (heard += id === "a" ? 1 : 0));
    await one.start("a");
    assert.equal(heard, 1);
    await clock.advance(MINUTE);
    assert.equal(heard, 2);
    one.stop("a");
    assert.equal(heard, 3);
  });
});
