import assert from "node:assert/strict";
import type { OrderRow } from "../../../src/orders/presentation/arrange";
import type { OrderEvent } from "../../../src/orders/journal/events";
import type { OrderId, Outcome } from "../../../src/orders/model/order";
import { nextCheck } from "../../../src/orders/checking/schedule";
import { OrderStatusStore, type OrderRowChange } from "../../../src/orders/presentation/order-status-store";
import { stateOf } from "../../../src/orders/presentation/state";
import { DAY, settle } from "./doubles";
import { ACCOUNT, ACCOUNT_SET, issued, LOGIN, order, refused, World, type Window } from "./world";

describe("order statuses", () => {
  let world: World;
  let window: Window;
  let statuses: OrderStatusStore;
  let ids: OrderId[];
  let background: "everything" | "off";
  /** Looks at orders since the last time it was emptied. */
  const looks: OrderId[] = [];
  const told: (readonly OrderRowChange[])[] = [];

  function look(id: OrderId): OrderRow | undefined {
    looks.push(id);
    const found = window.book.get(id);
    if (!found) return undefined;
    const circumstances = window.book.circumstances(found, background);
    const check = nextCheck(found, circumstances, world.clock.now(), 0);
    const state = stateOf(found, circumstances, check, { secretMissing: false }, world.clock.now());
    return { order: found, check, state, account: window.book.account(ACCOUNT.id) };
  }

  const ask = async (id: OrderId) => {
    const asking = window.poller.check(id, new AbortController().signal);
    await world.clock.advance(1);
    await asking;
    await settle();
  };

  beforeEach(async () => {
    world = new World();
    background = "everything";
    window = world.window();
    ids = await window.track("1", "2", "3");
    statuses = new OrderStatusStore(window.book, look, world.clock);
    statuses.onDidChange((turns) => told.push(turns));
    looks.length = told.length = 0;
  });
  afterEach(() => window.dispose());

  it("know what is there at the start, and what comes and goes", async () => {
    assert.deepEqual([...statuses.rows.keys()], ids);
    await window.record(order("4"), { type: "forgotten", id: ids[0] ?? "" });
    assert.deepEqual(
      told.flat().map(({ before, after }) => [before?.state.group, after?.state.group]),
      [
        [undefined, "waiting"],
        ["waiting", undefined],
      ],
    );
    assert.deepEqual([...statuses.rows.keys()], [...ids.slice(1), order("4").id]);
  });

  it("look at the one order that was asked, and at all of a login that was refused", async () => {
    await ask(ids[0] ?? "");
    assert.deepEqual(new Set(looks), new Set([ids[0]]));
    looks.length = 0;
    world.answers.set(ids[1] ?? "", () => refused(-16, "sign-in"));
    await ask(ids[1] ?? "");
    assert.deepEqual(new Set(looks), new Set(ids));
    assert.deepEqual(
      [...statuses.rows.values()].map(({ state }) => state.status),
      ["frozen", "frozen", "frozen"],
    );
    looks.length = 0;
    await window.record({ type: "thawed", login: LOGIN, why: "credentials" });
    assert.deepEqual(new Set(looks), new Set(ids));
  });

  const ofLogin: readonly (readonly [what: string, event: (id: OrderId) => OrderEvent])[] = [
    [
      "the CA's limit of calls is reached",
      (id) => answeredWith(id, { kind: "refused", code: -35, ...said, after: "hours" }),
    ],
    [
      "a server asks to wait",
      (id) => answeredWith(id, { kind: "not-understood", ...said, code: "503", retryAfter: 60 }),
    ],
    ["a call fails", (id) => answeredWith(id, { kind: "failed", ...said, code: "dns" }, 1)],
    ["one call is allowed", () => ({ type: "thawed", login: LOGIN, why: "try-once" })],
  ];
  for (const [what, event] of ofLogin)
    it(`look at all of a login when ${what}`, async () => {
      await window.record(event(ids[0] ?? ""));
      assert.deepEqual(new Set(looks), new Set(ids));
    });

  it("look at one order when it is answered as ever", async () => {
    await window.record(answeredWith(ids[0] ?? "", { kind: "pending" }));
    assert.deepEqual(new Set(looks), new Set([ids[0]]));
  });

  it("tell when a check changed by a setting, though the state is the same", () => {
    statuses.refresh();
    told.length = 0;
    background = "off";
    statuses.refresh(({ id }) => id === ids[1]);
    assert.deepEqual(
      told.flat().map(({ id, before, after }) => [id, before?.check.reason, after?.check.reason]),
      [[ids[1], "never-asked", "off"]],
    );
  });

  it("look at all when all checks pause, and at those of an account that changes", async () => {
    await window.record({ type: "checks-paused" });
    assert.deepEqual(looks, ids);
    looks.length = 0;
    await window.record({ ...ACCOUNT_SET, account: { ...ACCOUNT, id: "other" } });
    assert.deepEqual(looks, []);
    await window.record({ ...ACCOUNT_SET, account: { ...ACCOUNT, label: "Other" } });
    assert.deepEqual(looks, ids);
  });

  it("tell what time changed, and nothing else", async () => {
    const id = ids[0] ?? "";
    world.answers.set(id, () => issued("a.example", world.clock.now(), 30));
    await ask(id);
    // The certificate has begun its last day but 29.
    statuses.refresh();
    told.length = 0;
    statuses.refresh();
    assert.equal(told.length, 0);
    world.clock.set(world.clock.now() + 31 * DAY);
    statuses.refresh(({ id: each }) => each !== id);
    assert.equal(told.length, 0);
    statuses.refresh();
    assert.deepEqual(
      told.flat().map(({ id: each, before, after }) => [each, before?.state.status, after?.state.status]),
      [[id, "new", "expired"]],
    );
  });

  it("look at thousands in slices, and tell once of each that changed", async () => {
    const more = await window.track(...Array.from({ length: 1_200 }, (_, index) => String(1_000 + index)));
    await world.clock.advance(10);
    looks.length = told.length = 0;
    background = "off";
    statuses.refresh();
    const first = looks.length;
    assert.ok(first > 0 && first < 1_203, String(first));
    const whole = statuses.whole();
    await world.clock.advance(10);
    await whole;
    assert.equal(looks.length, 1_203);
    assert.deepEqual(
      told.flat().map(({ id }) => id),
      [...ids, ...more],
    );
    assert.ok(told.every((changes) => changes.length <= first));
  });

  it("tell nobody after their end", async () => {
    statuses.dispose();
    await window.record({ type: "forgotten", id: ids[0] ?? "" });
    assert.equal(told.length, 0);
    assert.deepEqual(looks, []);
  });
});

const said = { message: "no", advice: "" };

function answeredWith(id: OrderId, outcome: Outcome, failures = 0): OrderEvent {
  return { type: "answered", id, login: LOGIN, outcome, inRow: 1, failures, proves: false };
}
