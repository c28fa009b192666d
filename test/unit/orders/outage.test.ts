import assert from "node:assert/strict";
import { english, type Locale } from "../../../src/words/localize";
import type { CaName, Login, Order, OrderId, Outcome } from "../../../src/orders/model/order";
import { nextCheck } from "../../../src/orders/checking/schedule";
import type { OrderRow } from "../../../src/orders/presentation/arrange";
import { isAwaited, outagesOf, outageWords, type Outage } from "../../../src/orders/presentation/outage";
import { stateOf } from "../../../src/orders/presentation/state";
import { DAY, HOUR, MINUTE, settle, START } from "./doubles";
import { ACCOUNT, LOGIN, order, PENDING, refused, World, type Window } from "./world";

const never = new AbortController().signal;
const locale: Locale = { language: "en", localize: english };

/** An error of the transport, or of what comes before it. */
const failed = (code: string): Error => Object.assign(new Error(`It failed: ${code}.`), { code });

/** Makes every call fail in some way, or be answered again. */
function fail(world: World, ids: readonly OrderId[], code: string | undefined): void {
  for (const id of ids) {
    world.answers.set(id, () => (code === undefined ? PENDING : Promise.reject(failed(code))));
  }
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(1000 + index));

function rowsOf(window: Window, now: number): OrderRow[] {
  return [...window.book.orders()].map((each) => {
    const circumstances = window.book.circumstances(each, "everything");
    const check = nextCheck(each, circumstances, now, 0);
    const state = stateOf(each, circumstances, check, { secretMissing: false }, now);
    return { order: each, check, state, account: undefined };
  });
}

function outages(window: Window, now: number, isSandboxRunning = true): Outage[] {
  return outagesOf(
    rowsOf(window, now)
      .filter(isAwaited)
      .map(({ order }) => order),
    {
      loginOf: (each) => window.book.loginOf(each),
      reachedAt: (ca) => window.book.reachedAt(ca),
      isSandboxRunning,
    },
  );
}

describe("a row in an outage", () => {
  const base: Order = { ...order("1"), trackedAt: START, tags: [], certificates: [], paused: false, muted: false };
  const asked = { at: START + HOUR, why: "schedule", question: "everything", answered: true } as const;
  const held = {
    at: START,
    leaf: "a",
    chain: ["a"],
    serialNumber: "01",
    subject: "CN=a.example",
    names: ["a.example"],
    notBefore: START,
    notAfter: START + 90 * DAY,
  };
  const step = {
    at: START,
    detail: { steps: [{ id: "dcv", state: "you" as const, title: "Domain control", next: "finish it" }] },
  };
  const refusal = (code: number, after: Extract<Outcome, { kind: "refused" }>["after"]): Outcome => {
    return { kind: "refused", code, message: "No.", advice: "", after };
  };
  const proved: Login = { key: LOGIN, proved: true };

  const cases: readonly (readonly [
    what: string,
    before: Outcome | undefined,
    more: Partial<Order>,
    code: string,
    status: string,
    login?: Login,
  ])[] = [
    ["one that waits for the CA", { kind: "pending" }, {}, "unresolved", "pending"],
    ["one that waits for the person", { kind: "pending" }, { detail: step }, "unresolved", "step"],
    ["one that waits for a payment", refusal(-22, "slow"), {}, "reset", "awaiting-payment"],
    ["one that is being issued", refusal(-26, "soon"), {}, "timed-out", "being-issued"],
    ["one whose code was refused", refusal(-4, "code"), {}, "proxy", "code-refused"],
    ["a rejected one", refusal(-20, "final"), {}, "unreachable", "refused"],
    ["one that can be collected", { kind: "available" }, {}, "tls", "ready-to-collect"],
    ["a ready one", { kind: "issued", leaf: "a" }, { certificates: [held] }, "sandbox-stopped", "new"],
    ["an opened one", { kind: "issued", leaf: "a" }, { certificates: [held], openedAt: START }, "refused", "opened"],
    ["one whose check was cancelled", { kind: "pending" }, { detail: step }, "cancelled", "step"],
    ["a new one of an account that has reached its CA", undefined, {}, "unresolved", "unchecked"],
    ["a new one of an account that has not", undefined, {}, "unresolved", "failed", { key: LOGIN, proved: false }],
    ...["unresolved", "cancelled", "request", "unexpected", "too-large", "damaged"].map(
      (code) =>
        [
          "one that the CA revoked",
          refusal(-21, "final"),
          { certificates: [held], openedAt: START, saved: { at: START, leaf: "a", profile: "nginx", files: [] } },
          code,
          "revoked",
        ] as const,
    ),
    ["one whose own request breaks a rule", { kind: "pending" }, {}, "request", "failed"],
    ["one whose own answer is too large", { kind: "pending" }, { detail: step }, "too-large", "failed"],
    ["one at which our own program failed", { kind: "pending" }, {}, "unexpected", "failed"],
  ];
  for (const [what, before, more, code, status, login = proved] of cases) {
    it(`${what} (${code}): ${status}`, () => {
      const failure = { at: START + HOUR, outcome: { kind: "failed", code, message: "It failed." }, inRow: 1 } as const;
      const said = before && { said: { at: START, outcome: before, inRow: 1 } };
      const shown: Order = { ...base, asked, answer: failure, ...said, ...more };
      const now = START + 2 * HOUR;
      const circumstances = { login, background: "everything" } as const;
      const check = nextCheck(shown, circumstances, now, 0);
      assert.equal(stateOf(shown, circumstances, check, { secretMissing: false }, now).status, status);
    });
  }

  it("keeps what the CA said over any number of failures, whatever order the lines are read in", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    world.answers.set(id, () => refused(-22, "slow"));
    await window.start();
    await world.clock.advance(MINUTE);
    fail(world, [id], "unresolved");
    await world.clock.advance(2 * DAY);
    assert.ok(world.calls.length > 100);
    assert.equal(rowsOf(window, world.clock.now())[0]?.state.status, "awaiting-payment");
    const late = world.window();
    await late.book.refresh();
    assert.deepEqual(late.book.get(id), window.book.get(id));
  });
});

describe("the line above the tree", () => {
  const at = Date.UTC(2026, 0, 31, 12);
  const last = (code: string, message = "A sentence.") => ({ last: { code, message } });
  const cases: readonly (readonly [Outage, isOnly: boolean, words: RegExp | string])[] = [
    [{ ca: "sandbox", kind: "stopped" }, true, "The sandbox is not running."],
    [
      { ca: "sectigo", kind: "unsent", since: at, ...last("unresolved") },
      true,
      /^No connection since \d+:\d\d\s[AP]M\.$/,
    ],
    [
      { ca: "sectigo", kind: "unsent", since: at - 2 * DAY, ...last("unresolved") },
      true,
      /^No connection since Jan 29, 2026, \d+:\d\d\s[AP]M\.$/,
    ],
    [{ ca: "sectigo", kind: "unanswered", since: at, ...last("timed-out") }, true, /^No answer since \d/],
    [
      { ca: "other:ca.example", kind: "unsent", since: at, ...last("refused") },
      false,
      /^No connection to ca\.example since \d/,
    ],
    [
      { ca: "other:ca.example", kind: "unanswered", since: at, ...last("reset") },
      false,
      /^No answer from ca\.example since \d/,
    ],
    ...Object.entries({
      proxy: "the proxy lets nothing through",
      "certificate-name": "the server's certificate is not accepted",
      "certificate-untrusted": "the server's certificate is not accepted",
      "certificate-expired": "the server's certificate is not accepted",
      tls: "the server does not speak HTTPS",
      redirected: "the server sends calls elsewhere",
      "ca-file": "a file of trusted CAs cannot be read",
    }).flatMap(([code, reason]) =>
      [true, false].map((isOnly) => {
        const outage = { ca: "other:ca.example", kind: "unsent", since: at, ...last(code) } as const;
        const where = isOnly ? "" : " to ca\\.example";
        return [
          outage,
          isOnly,
          new RegExp(`^No connection${where} since [^:]+:\\d\\d\\s[AP]M: ${reason}\\.$`),
        ] as const;
      }),
    ),
  ];
  for (const [outage, isOnly, words] of cases) {
    it(`${outage.kind}, ${outage.last?.code ?? "no call"}: ${String(words)}`, () => {
      const said = outageWords(outage, isOnly, at + MINUTE, locale);
      if (typeof words === "string") assert.equal(said, words);
      else assert.match(said, words);
    });
  }

  it("tells since when calls fail, not when the last one did, and is gone with the first answer", async () => {
    const world = new World();
    const window = world.window();
    const ids = await window.track("1", "2");
    await window.start();
    await world.clock.advance(HOUR);
    assert.deepEqual(outages(window, world.clock.now()), []);
    fail(world, ids, "unreachable");
    await world.clock.advance(5 * HOUR);
    const [outage, ...others] = outages(window, world.clock.now());
    assert.deepEqual(others, []);
    assert.deepEqual([outage?.ca, outage?.kind, outage?.last?.code], ["sectigo", "unsent", "unreachable"]);
    const first = world.calls[2]?.at ?? 0;
    assert.equal(outage?.since, first);
    fail(world, ids, undefined);
    await world.clock.advance(5 * MINUTE);
    assert.deepEqual(outages(window, world.clock.now()), []);
  });

  it("goes on telling it when a person cancels a check, which says nothing of the CA", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    await window.start();
    fail(world, [id], "unreachable");
    await world.clock.advance(6 * HOUR);
    const before = outages(window, world.clock.now());
    assert.equal(before[0]?.last?.code, "unreachable");
    const cancel = async (): Promise<void> => {
      const controller = new AbortController();
      world.answers.set(id, () => {
        controller.abort();
        return Promise.reject(failed("reset"));
      });
      await window.record({ type: "agreed", id });
      const result = await window.ask(id, "person", controller.signal);
      assert.ok(result.kind === "answered" && result.answer.outcome.kind === "failed");
      assert.equal(result.answer.outcome.code, "cancelled");
    };
    await cancel();
    assert.deepEqual(outages(window, world.clock.now()), before);
    fail(world, [id], undefined);
    // It may have reached the CA, so the next check is not soon.
    await world.clock.advance(2 * DAY);
    assert.deepEqual(outages(window, world.clock.now()), []);
    // Alone, it is not an outage.
    await cancel();
    assert.deepEqual(outages(window, world.clock.now()), []);
  });

  it("says nothing of what is not checked anyway", async () => {
    const world = new World();
    const window = world.window();
    const ids = await window.track("1");
    fail(world, ids, "unresolved");
    await window.start();
    await settle();
    assert.equal(outages(window, world.clock.now()).length, 1);
    await window.record({ type: "archived", id: ids[0] ?? "" });
    assert.deepEqual(outages(window, world.clock.now()), []);
  });

  it("says that the sandbox is not running, without a call", async () => {
    const world = new World();
    const window = world.window();
    const sandboxed = { ...ACCOUNT, id: "toy", host: "", ca: "sandbox" } as const;
    await window.record({ type: "account-set", account: sandboxed }, order("1", "sandbox", "toy"));
    assert.deepEqual(outages(window, world.clock.now(), false), [{ ca: "sandbox", kind: "stopped" }]);
    assert.deepEqual(outages(window, world.clock.now(), true), []);
    assert.equal(world.calls.length, 0);
  });
});

describe("checks after an outage", () => {
  /** Windows on 20 orders that were all answered, then lost their network for six hours. */
  async function lost(windows: number, attended: number): Promise<{ world: World; all: Window[]; ids: OrderId[] }> {
    const world = new World();
    const all = Array.from({ length: windows }, () => world.window());
    const ids = (await all[0]?.track(...numbers(20))) ?? [];
    for (const window of all) await window.start();
    await world.clock.advance(HOUR);
    assert.equal(world.calls.length, 20);
    fail(world, ids, "unresolved");
    for (const window of all.slice(0, attended)) window.poller.attended = true;
    await world.clock.advance(6 * HOUR);
    return { world, all, ids };
  }

  // The network is gone from 1:00; the first orders are due at about 3:00.
  const cases: readonly (readonly [windows: number, attended: number, atMost: number, backWithin: number])[] = [
    [1, 0, 4 * 12 + 3, 5 * MINUTE],
    [1, 1, 4 * 60 + 1, MINUTE],
    [4, 0, 4 * 12 + 3, 5 * MINUTE],
    [4, 4, 4 * 60 + 1, MINUTE],
  ];
  for (const [windows, attended, atMost, backWithin] of cases) {
    it(`one call tries at a time, ${windows} windows of which ${attended} are attended; then all are asked`, async () => {
      const { world, all, ids } = await lost(windows, attended);
      const tries = world.calls.length - 20;
      assert.ok(tries <= atMost && tries > atMost * 0.7, `${tries} calls`);
      assert.equal(world.mostInFlight, 1);
      const before = world.calls.length;
      fail(world, ids, undefined);
      await world.clock.advance(backWithin);
      const asked = world.calls.slice(before).map(({ id }) => id);
      assert.equal(new Set(asked).size, 20, "all of them");
      assert.equal(asked.length, 20, "each once");
      for (const window of all) window.dispose();
    });
  }

  it("are tried at once when a person comes to the window, but not by each of many windows", async () => {
    const { world, all } = await lost(4, 0);
    await world.clock.advance(MINUTE);
    const before = world.calls.length;
    for (const window of all) window.poller.attended = true;
    await settle();
    for (const window of all) window.poller.attended = false;
    for (const window of all) window.poller.attended = true;
    await settle();
    assert.equal(world.calls.length - before, 1);
  });

  it("go on for every account of the CA as soon as one was answered", async () => {
    const world = new World();
    const window = world.window();
    const other = { ...ACCOUNT, id: "bob", loginName: "bob" };
    await window.record({ type: "account-set", account: other });
    const ids = await window.track("1");
    const [first = ""] = ids;
    const theirs = numbers(5).map((number) => order(number, "sectigo", "bob"));
    await window.record(...theirs);
    const all = [first, ...theirs.map(({ id }) => id)];
    fail(world, all, "unreachable");
    await window.start();
    await world.clock.advance(10 * HOUR);
    fail(world, all, undefined);
    // Somebody retries with an order of one account.
    const before = world.calls.length;
    assert.equal((await window.poller.check(first, never)).kind, "answered");
    await world.clock.advance(MINUTE);
    assert.equal(new Set(world.calls.slice(before).map(({ id }) => id)).size, all.length);
  });

  it("do not try sooner what may have reached the CA", async () => {
    const world = new World();
    const window = world.window();
    const ids = await window.track(...numbers(50));
    await window.start();
    await world.clock.advance(HOUR);
    fail(world, ids, "timed-out");
    window.poller.attended = true;
    await world.clock.advance(DAY);
    // 5, 10, 20 … minutes after one another.
    assert.ok(world.calls.length - 50 < 12, `${world.calls.length - 50} calls`);
  });

  it("do not begin what was at its end anew because a person's check failed", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    world.answers.set(id, () => refused(-20, "final"));
    await window.start();
    await world.clock.advance(DAY);
    fail(world, [id], "unreachable");
    await window.record({ type: "agreed", id });
    assert.equal((await window.poller.check(id, never)).kind, "answered");
    fail(world, [id], undefined);
    await world.clock.advance(DAY);
    assert.equal(world.calls.length, 2);
    assert.deepEqual(outages(window, world.clock.now()), []);
  });

  it("wait for the sandbox without a call, and go on at once when it runs", async () => {
    const world = new World();
    let isRunning = false;
    const isOpen = (ca: CaName) => ca !== "sandbox" || isRunning;
    const window = world.window({ isOpen });
    const account = { ...ACCOUNT, id: "toy", host: "", ca: "sandbox" } as const;
    await window.record({ type: "account-set", account }, ...numbers(5).map((each) => order(each, "sandbox", "toy")));
    await window.start();
    await world.clock.advance(DAY);
    assert.equal(world.calls.length, 0);
    isRunning = true;
    window.poller.retry();
    await settle();
    assert.equal(world.calls.length, 5);
  });

  it("go on at once after the sandbox ended in the middle and was started again", async () => {
    const world = new World();
    let isRunning = true;
    const window = world.window({ isOpen: (ca) => ca !== "sandbox" || isRunning });
    const account = { ...ACCOUNT, id: "toy", host: "", ca: "sandbox" } as const;
    const tracked = numbers(5).map((each) => order(each, "sandbox", "toy"));
    await window.record({ type: "account-set", account }, ...tracked);
    await window.start();
    fail(
      world,
      tracked.map(({ id }) => id),
      "sandbox-stopped",
    );
    window.onAsked = () => (isRunning = false);
    await world.clock.advance(HOUR);
    const before = world.calls.length;
    assert.equal(before, 6, "one call finds out");
    fail(
      world,
      tracked.map(({ id }) => id),
      undefined,
    );
    window.onAsked = () => undefined;
    isRunning = true;
    window.poller.retry();
    await settle();
    assert.equal(new Set(world.calls.slice(before).map(({ id }) => id)).size, 5);
  });
});
