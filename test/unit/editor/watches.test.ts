import assert from "node:assert/strict";
import { HOSTS_PACE, nextWait, RECORDS_PACE, Watches, type WatchPace } from "../../../src/editor/window/watches";
import { DAY, FakeClock, MINUTE, START } from "../orders/doubles";

type WatchLook = "go-on" | "in-place" | "not-agreed";

describe("Watches", () => {
  let clock: FakeClock;
  /** Minutes after the start at which something was looked at. */
  let looks: number[];
  let ended: string[];
  let look: () => Promise<WatchLook>;
  let watches: Watches<Exclude<WatchLook, "go-on">>;

  beforeEach(() => {
    clock = new FakeClock();
    looks = [];
    ended = [];
    look = () => Promise.resolve("go-on");
    watches = made(RECORDS_PACE);
  });

  function made(pace: WatchPace): typeof watches {
    return new Watches(
      clock,
      pace,
      () => {
        looks.push((clock.now() - START) / MINUTE);
        return look();
      },
      (key, last) => ended.push(`${key} ${last}`),
    );
  }

  it("looks at hosts after 1, 5 and 15 minutes, then every hour, until it is stopped", async () => {
    watches = made(HOSTS_PACE);
    assert.equal(watches.start("a"), Infinity);
    await clock.advance(3 * DAY);
    assert.deepEqual(looks.slice(0, 6), [1, 6, 21, 81, 141, 201]);
    assert.equal(looks.length, 3 + Math.floor((3 * 24 * 60 - 21) / 60));
    assert.deepEqual(
      [0, 1, 2, 3, 1_000].map((past) => nextWait(HOSTS_PACE, past) / MINUTE),
      [1, 5, 15, 60, 60],
    );
    assert.deepEqual(watches.keys, ["a"]);
    watches.dispose();
    assert.equal(clock.pending, 0);
    assert.deepEqual(ended, []);
  });

  it("looks after 1, 2 and 5 minutes, then every 15, for a day", async () => {
    assert.equal(watches.start("a"), START + DAY);
    await clock.advance(60 * MINUTE);
    assert.deepEqual(looks, [1, 3, 8, 23, 38, 53]);
    await clock.advance(2 * DAY);
    assert.ok((looks.at(-1) ?? 0) < DAY / MINUTE);
    assert.equal(looks.length, 3 + Math.floor((24 * 60 - 8) / 15));
    assert.deepEqual(ended, ["a go-on"]);
    assert.equal(watches.until("a"), undefined);
    assert.equal(clock.pending, 0);
  });

  it("ends once all is in place", async () => {
    watches.start("a");
    look = () => Promise.resolve(looks.length === 2 ? "in-place" : "go-on");
    await clock.advance(DAY);
    assert.deepEqual(looks, [1, 3]);
    assert.deepEqual(ended, ["a in-place"]);
  });

  it("ends where nobody agreed to whom it would ask", async () => {
    watches.start("a");
    look = () => Promise.resolve("not-agreed");
    await clock.advance(DAY);
    assert.deepEqual(looks, [1]);
    assert.deepEqual(ended, ["a not-agreed"]);
    assert.equal(clock.pending, 0);
  });

  it("goes on after a look that failed", async () => {
    watches.start("a");
    look = () => (looks.length === 1 ? Promise.reject(new Error("offline")) : Promise.resolve("in-place"));
    await clock.advance(10 * MINUTE);
    assert.deepEqual(looks, [1, 3]);
    assert.deepEqual(ended, ["a in-place"]);
  });

  it("does nothing more once it is stopped, a look under way included", async () => {
    watches.start("a");
    assert.equal(watches.stop("a"), true);
    assert.equal(watches.stop("a"), false);
    watches.start("b");
    look = () => {
      watches.stop("b");
      return Promise.resolve("in-place");
    };
    await clock.advance(DAY);
    assert.deepEqual(looks, [1]);
    assert.deepEqual(ended, []);
    assert.equal(clock.pending, 0);
  });

  it("begins anew when it is started again, without a second timer", async () => {
    watches.start("a");
    await clock.advance(10 * MINUTE);
    looks = [];
    assert.equal(watches.start("a"), START + 10 * MINUTE + DAY);
    assert.equal(clock.pending, 1);
    await clock.advance(3 * MINUTE);
    assert.deepEqual(looks, [11, 13]);
  });

  it("ends with the window", () => {
    watches.start("a");
    watches.start("b");
    watches.dispose();
    assert.equal(clock.pending, 0);
  });
});
