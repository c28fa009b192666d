import assert from "node:assert/strict";
import { DAY, HOUR, MINUTE, settle, START } from "./doubles";
import { issued, LOGIN, order, PENDING, refused, World } from "./world";

const never = new AbortController().signal;

describe("poller", () => {
  it("sets no timer while nothing is tracked, and none after its end", async () => {
    const world = new World();
    const window = world.window();
    await window.start();
    assert.equal(world.clock.pending, 0);
    await window.track("1");
    await world.clock.advance(MINUTE);
    assert.equal(world.clock.pending, 1);
    window.dispose();
    assert.equal(world.clock.pending, 0);
  });

  it("is asking as long as one CA is asked", async () => {
    const world = new World();
    world.latency = 5_000;
    const window = world.window();
    await window.track("1", "2");
    await window.record(order("3", "other:ca.example", null));
    const seen: boolean[] = [window.poller.isAsking];
    await window.start();
    for (const ms of [1_000, 6_000, 5_000]) {
      seen.push(window.poller.isAsking);
      await world.clock.advance(ms);
    }
    assert.deepEqual([...seen, window.poller.isAsking, world.calls.length], [false, true, true, true, false, 3]);
    window.dispose();
  });

  it("asks for a pending order eight times a day, in one window or in four", async () => {
    for (const windows of [1, 4]) {
      const world = new World();
      const all = Array.from({ length: windows }, () => world.window());
      const [id = ""] = (await all[0]?.track("1")) ?? [];
      for (const window of all) await window.start();
      await world.clock.advance(DAY - 1);
      assert.equal(world.calls.length, 8);
      const times = world.askedAt(id, START);
      for (const [index, time] of times.slice(1).entries()) {
        const wait = time - (times[index] ?? 0);
        assert.ok(wait >= 3 * HOUR && wait <= 3 * HOUR + 10 * MINUTE, String(wait));
      }
    }
  });

  it("never has two calls at once, over all accounts and windows", async () => {
    const world = new World();
    world.latency = 2_000;
    const [one, two] = [world.window(), world.window()];
    await one.track(...Array.from({ length: 20 }, (_, index) => String(index)));
    await one.start();
    await two.start();
    await world.clock.advance(10 * MINUTE);
    assert.equal(world.calls.length, 20);
    assert.equal(world.mostInFlight, 1);
  });

  it("asks the longest due first, and a person's order before all of them", async () => {
    const world = new World();
    world.latency = 2_000;
    const window = world.window();
    const ids = await window.track("1", "2", "3", "4");
    await window.start();
    const answer = window.poller.check(ids[3] ?? "", never);
    await world.clock.advance(MINUTE);
    assert.equal((await answer).kind, "answered");
    assert.deepEqual(
      world.calls.map((call) => call.id),
      [ids[0], ids[3], ids[1], ids[2]],
    );
  });

  it("joins those who want the same order, and a cancel of one is no cancel for the other", async () => {
    const world = new World();
    world.latency = 2_000;
    const window = world.window();
    const [id = ""] = await window.track("1");
    const controller = new AbortController();
    const [one, two] = [window.poller.check(id, controller.signal), window.poller.check(id, never)];
    await world.clock.advance(1_000);
    controller.abort();
    assert.equal((await one).kind, "cancelled");
    await world.clock.advance(2_000);
    assert.equal((await two).kind, "answered");
    assert.equal(world.calls.length, 1);
  });

  it("joins a person to the schedule's call under way, and ends a call that nobody wants any more", async () => {
    const world = new World();
    world.latency = 10_000;
    const window = world.window();
    const [one = "", two = ""] = await window.track("1", "2");
    // A proved login, which a cancelled call does not freeze.
    await window.record({
      type: "answered",
      id: two,
      login: LOGIN,
      outcome: { kind: "pending" },
      inRow: 1,
      failures: 0,
      proves: true,
    });
    await window.start();
    const joined = window.poller.check(one, never);
    await world.clock.advance(10_000);
    assert.equal((await joined).kind, "answered");
    assert.equal(world.calls.length, 2, "the second order is being asked");
    window.poller.pause();
    await world.clock.advance(HOUR);
    const controller = new AbortController();
    await window.record({ type: "agreed", id: one });
    const wanted = window.poller.check(one, controller.signal);
    await world.clock.advance(1_000);
    assert.equal(world.inFlight, 1);
    controller.abort();
    await settle();
    assert.equal((await wanted).kind, "cancelled");
    assert.equal(world.inFlight, 0);
  });

  it("skips an account whose password this window cannot get, until told of a change; another window asks", async () => {
    const world = new World();
    const [locked, open] = [world.window({ passwords: false }), world.window()];
    await locked.track("1", "2");
    await locked.start();
    await world.clock.advance(4 * MINUTE);
    assert.equal(locked.results.length, 1);
    assert.equal(world.calls.length, 0);
    locked.options.passwords = true;
    locked.poller.retry();
    await settle();
    assert.equal(world.calls.length, 2);
    await open.start();
    await world.clock.advance(MINUTE);
    assert.equal(world.calls.length, 2);
  });

  it("makes one failed login of 500 due orders in four windows", async () => {
    const world = new World();
    const windows = Array.from({ length: 4 }, () => world.window());
    const ids = (await windows[0]?.track(...Array.from({ length: 500 }, (_, index) => String(index)))) ?? [];
    for (const id of ids) world.answers.set(id, () => refused(-16, "sign-in"));
    for (const window of windows) await window.start();
    await world.clock.advance(2 * DAY);
    assert.equal(world.calls.length, 1);
    const frozen = windows.flatMap((window) => window.results).filter(({ result }) => result.kind === "answered");
    assert.equal(frozen.length, 1, "one window has something to tell");
  });

  it("backs off for a whole account when the network is gone, and comes back when it is", async () => {
    const world = new World();
    const window = world.window();
    const ids = await window.track(...Array.from({ length: 50 }, (_, index) => String(index)));
    const gone = Object.assign(new Error("The name could not be resolved."), { code: "unresolved" });
    for (const id of ids) world.answers.set(id, () => Promise.reject(gone));
    await window.start();
    await world.clock.advance(DAY);
    // After 1, 2 and 4 minutes, then every 5 minutes: nothing of it leaves this computer.
    assert.equal(world.calls.length, 1 + 3 + Math.floor((24 * 60 - 7) / 5));
    for (const id of ids) world.answers.set(id, () => PENDING);
    const before = world.calls.length;
    assert.equal((await window.poller.check(ids[7] ?? "", never)).kind, "answered");
    await world.clock.advance(5 * MINUTE);
    assert.equal(new Set(world.calls.slice(before).map((call) => call.id)).size, 50);
  });

  it("goes on after a restart with the waits that the journal holds", async () => {
    const world = new World();
    const before = world.window();
    const [id = ""] = await before.track("1");
    await before.start();
    await world.clock.advance(HOUR);
    before.dispose();
    const after = world.window();
    await after.start();
    await world.clock.advance(HOUR);
    assert.equal(world.calls.length, 1);
    await world.clock.advance(2 * HOUR);
    assert.equal(world.askedAt(id, START).length, 2);
  });
});

interface Scenario {
  readonly what: string;
  /** Answers by the time since START, the last that has begun counts. */
  readonly answers: readonly (readonly [from: number, answer: Parameters<typeof answerOf>[0]])[];
  /** What a person does when. */
  readonly acts?: readonly (readonly [
    at: number,
    event: "watched" | "agreed" | "look" | "thawed" | "paused" | "resumed",
  ])[];
  readonly days: number;
  /** How many calls in which span, in days. */
  readonly calls: readonly (readonly [from: number, to: number, atLeast: number, atMost: number])[];
  readonly collected?: number;
}

function answerOf(answer: "pending" | "issued" | "reissued" | "final" | "payment" | "soon" | "limit" | "sign-in") {
  switch (answer) {
    case "pending":
      return PENDING;
    case "issued":
      return issued("a.example", START, 90, 365);
    case "reissued":
      return issued("a.example", START + 80 * DAY, 90, 280);
    case "final":
      return refused(-20, "final");
    case "payment":
      return refused(-22, "slow");
    case "soon":
      return refused(-26, "soon");
    case "limit":
      return refused(-42, "hours");
    case "sign-in":
      return refused(-16, "sign-in");
  }
}

// What is asked when, over months.
const scenarios: Scenario[] = [
  {
    what: "issued after five days: then nothing until its reissue is near, found, and nothing again",
    answers: [
      [0, "pending"],
      [5, "issued"],
      [84, "reissued"],
    ],
    days: 120,
    calls: [
      [0, 5, 38, 41],
      [5, 5.2, 1, 1],
      [5.2, 59.9, 0, 0],
      [60, 83, 22, 24],
      [83, 84, 7, 9],
      [84, 84.2, 1, 1],
      [84.2, 120, 0, 0],
    ],
    collected: 2,
  },
  {
    what: "rejected after a day: never again",
    answers: [
      [0, "pending"],
      [1, "final"],
    ],
    days: 60,
    calls: [
      [0, 1.2, 8, 9],
      [1.2, 60, 0, 0],
    ],
  },
  {
    what: "rejected, then put right by the customer and watched again",
    answers: [
      [0, "final"],
      [10, "pending"],
      [12, "issued"],
    ],
    acts: [[10, "watched"]],
    days: 30,
    calls: [
      [0, 0.1, 1, 1],
      [0.1, 10, 0, 0],
      [10, 12, 15, 17],
      [12.2, 30, 0, 0],
    ],
    collected: 1,
  },
  {
    what: "awaiting payment for a month: once a day",
    answers: [
      [0, "payment"],
      [30, "pending"],
    ],
    days: 32,
    calls: [
      [0, 29.5, 29, 31],
      [31, 32, 7, 8],
    ],
  },
  {
    what: "being issued now: sooner, three times",
    answers: [[0, "soon"]],
    days: 1,
    calls: [
      [0, 0.13, 3, 4],
      [0.13, 1, 7, 8],
    ],
  },
  {
    what: "a call limit: hours of quiet",
    answers: [
      [0, "limit"],
      [0.5, "pending"],
    ],
    days: 2,
    calls: [
      [0, 0.4, 2, 2],
      [0.5, 2, 11, 13],
    ],
  },
  {
    what: "a wrong password, mended after a week",
    answers: [
      [0, "sign-in"],
      [7, "pending"],
    ],
    acts: [[7, "thawed"]],
    days: 8,
    calls: [
      [0, 7, 1, 1],
      [7, 8, 8, 8],
    ],
  },
  {
    what: "one early look",
    answers: [[0, "pending"]],
    acts: [[0.01, "look"]],
    days: 0.1,
    calls: [
      [0, 0.005, 1, 1],
      [0.005, 0.1, 1, 1],
    ],
  },
  {
    what: "paused for a week",
    answers: [[0, "pending"]],
    acts: [
      [1, "paused"],
      [8, "resumed"],
    ],
    days: 9,
    calls: [
      [0, 1, 8, 8],
      [1, 8, 0, 0],
      [8, 9, 8, 8],
    ],
  },
];

describe("the work of polling", () => {
  /** Orders that a window with so many of them looks at for a change of one, and for a call about one. */
  async function looks(orders: number): Promise<readonly number[]> {
    const world = new World();
    const window = world.window();
    let count = 0;
    const circumstances = window.book.circumstances.bind(window.book);
    window.book.circumstances = (...given) => {
      count++;
      return circumstances(...given);
    };
    const ids = await window.track(...Array.from({ length: orders }, (_, index) => String(index)));
    await window.record({ type: "checks-paused" });
    await window.start();
    // The first call of a login concerns all of its orders.
    const first = window.poller.check(ids[1] ?? "", never);
    await world.clock.advance(MINUTE);
    await first;
    const of = async (task: () => Promise<unknown>): Promise<number> => {
      count = 0;
      await task();
      await world.clock.advance(1_000);
      return count;
    };
    return [
      await of(() => window.record({ type: "renamed", id: ids[7] ?? "", label: "a" })),
      await of(() => window.poller.check(ids[3] ?? "", never)),
    ];
  }

  it("does not grow with the orders: a change or a call concerns its own", async () => {
    const few = await looks(10);
    assert.deepEqual(await looks(3_000), few);
    assert.ok(
      few.every((each) => each > 0 && each < 10),
      few.join(),
    );
  });

  it("looks at thousands in slices, and asks the longest due of all", async () => {
    const world = new World();
    const window = world.window();
    const ids = await window.track(...Array.from({ length: 2_500 }, (_, index) => String(index)));
    const answered = { type: "answered", login: LOGIN, outcome: { kind: "pending" }, inRow: 1, failures: 0 } as const;
    const asked = { type: "asked", login: LOGIN, why: "person", question: "status" } as const;
    await window.book.record(
      ids.slice(0, 2_400).flatMap((id) => [
        { ...asked, id },
        { ...answered, id, proves: true },
      ]),
    );
    await settle();
    await window.start();
    await world.clock.advance(MINUTE);
    assert.deepEqual(
      world.calls.map(({ id }) => id),
      ids.slice(2_400),
    );
    window.dispose();
  });
});

describe("months of polling", () => {
  for (const { what, answers, acts = [], days, calls, collected = 0 } of scenarios) {
    it(what, async () => {
      const world = new World();
      const window = world.window();
      const { id } = order("1");
      world.answers.set(id, () => {
        const now = (world.clock.now() - START) / DAY;
        return answerOf(answers.findLast(([from]) => from <= now)?.[1] ?? "pending");
      });
      await window.track("1");
      await window.start();
      for (const [at, act] of acts) {
        await world.clock.advance(START + at * DAY - world.clock.now());
        if (act === "thawed") await window.record({ type: "thawed", login: LOGIN, why: "credentials" });
        else if (act === "look") await window.record({ type: "look-armed", id, due: world.clock.now() + 15 * MINUTE });
        else await window.record({ type: act, id });
      }
      await world.clock.advance(START + days * DAY - world.clock.now());
      const times = world.askedAt(id, START).map((time) => time / DAY);
      for (const [from, to, atLeast, atMost] of calls) {
        const count = times.filter((time) => time >= from && time < to).length;
        assert.ok(count >= atLeast && count <= atMost, `${count} calls from day ${from} to ${to}`);
      }
      assert.equal(window.book.get(id)?.certificates.length, collected);
    });
  }
});
