import { PSEUDO } from "../words/pseudo";
import assert from "node:assert/strict";
import { answerText, MAX_ANSWER } from "../../../src/editor/public/agent-answer";
import {
  checkOrderForAgent,
  listOrders,
  MAX_AGENT_ORDERS,
  requestedTitle,
  type AgentOrders,
  type ToolCollector,
} from "../../../src/editor/public/order-tools";
import { nextCheck } from "../../../src/orders/checking/schedule";
import { stateOf } from "../../../src/orders/presentation/state";
import { settle } from "../orders/doubles";
import { ACCOUNT, issued, order, refused, World, type Window } from "../orders/world";

const SIGNAL = new AbortController().signal;

describe("the tools for agents", () => {
  let world: World;
  let window: Window;
  let collector: ToolCollector;

  beforeEach(() => {
    world = new World();
    window = world.window();
    collector = {
      orderIds: function* () {
        for (const { id } of window.book.orders()) yield id;
      },
      facts: (id, locale) => {
        const found = window.book.get(id);
        if (!found) return undefined;
        const circumstances = window.book.circumstances(found, "everything");
        const now = world.clock.now();
        const check = nextCheck(found, circumstances, now, 0);
        const state = stateOf(found, circumstances, check, { secretMissing: false }, now, locale ?? PSEUDO);
        return { order: found, check, state, account: window.book.account(ACCOUNT.id) };
      },
      check: (id, signal) => window.poller.check(id, signal),
    };
  });
  afterEach(() => window.dispose());

  /** Asks, while time goes by. */
  const check = async (input: unknown) => {
    const asking = checkOrderForAgent(collector, input, SIGNAL);
    await world.clock.advance(1);
    const { answer } = await asking;
    await settle();
    return answer;
  };

  it("tell nothing, and ask nothing, where nothing was ever tracked", async () => {
    assert.deepEqual(listOrders(undefined, {}), { counts: {}, orders: [] });
    assert.equal((await checkOrderForAgent(undefined, { order: order("1").id }, SIGNAL)).answer.asked, false);
  });

  it("list orders by what they wait for, narrowed by state and words", async () => {
    const [first = ""] = await window.track("1", "2", "3");
    world.answers.set(first, () => issued("shop.example", world.clock.now(), 100));
    await check({ order: first });
    assert.deepEqual(listOrders(collector, {}).counts, { ready: 1, waiting: 2 });
    const ready = listOrders(collector, { group: "ready" });
    assert.deepEqual(
      ready.orders.map(({ id, title, group }) => [id, title, group]),
      [[first, { untrusted: "shop.example" }, "ready"]],
    );
    assert.match(ready.orders[0]?.notAfter ?? "", /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.deepEqual(listOrders(collector, { text: "shop.example" }).counts, { ready: 1 });
    assert.deepEqual(listOrders(collector, { text: "none of these" }), { counts: {}, orders: [] });
  });

  it("say what speaks against a certificate, whatever its row says", async () => {
    const [id = ""] = await window.track("1");
    world.answers.set(id, () => issued("shop.example", world.clock.now(), 100));
    await check({ order: id });
    const { leaf = "", ...collected } = window.book.get(id)?.certificates[0] ?? {};
    const doubts = [{ kind: "names", message: "It lacks [x](command:y)." }] as const;
    await window.record(
      { type: "collected", id, leaf, ...collected, doubts } as never,
      { type: "saved", id, leaf, profile: "nginx", files: [] },
      { type: "revocation", id, leaf, state: "revoked" },
    );
    const [told] = listOrders(collector, {}).orders;
    assert.deepEqual(told?.concerns, { untrusted: ["It was revoked.", "It lacks [x] (command:y)."] });
  });

  it("say what to do about an order that the CA stopped", async () => {
    const [id = ""] = await window.track("1");
    const certificateStatus = "PRE-SIGN FAILED: [x](command:y)";
    world.answers.set(id, () => ({ kind: "pending", detail: { certificateStatus } }));
    await check({ order: id });
    const [told] = listOrders(collector, { group: "trouble" }).orders;
    assert.deepEqual(told?.words, { untrusted: "Not issued: PRE-SIGN FAILED: [x] (command:y)" });
    assert.match(String(told.advice?.untrusted), /Fix what it names/);
  });

  it("tell no more than is paid for, and say how much there is", async () => {
    const long = "x".repeat(5_000);
    const numbers = Array.from({ length: MAX_AGENT_ORDERS + 7 }, (_, index) => String(1000 + index));
    const ids = await window.track(...numbers);
    await window.record(...ids.map((id) => ({ type: "renamed" as const, id, label: long })));
    const { orders, ordersLeftOff, counts } = listOrders(collector, {});
    const all = { waiting: MAX_AGENT_ORDERS + 7 };
    assert.deepEqual([orders.length, ordersLeftOff, counts], [MAX_AGENT_ORDERS, 7, all]);
    const text = answerText(listOrders(collector, {}));
    assert.ok(Buffer.byteLength(text) <= MAX_ANSWER);
    const told = JSON.parse(text) as AgentOrders;
    assert.equal(told.orders.length + (told.ordersLeftOff ?? 0), MAX_AGENT_ORDERS + 7);
    assert.deepEqual(told.orders, orders.slice(0, told.orders.length));
    assert.ok(told.orders.length > 10);
  });

  it("check an order once, and no sooner again than the CA allows", async () => {
    const [id = ""] = await window.track("1");
    assert.equal(requestedTitle(collector, { order: id }), "1");
    const first = await check({ order: id });
    assert.deepEqual([first.asked, first.why, first.order?.group], [true, undefined, "waiting"]);
    const second = await check({ order: id });
    assert.equal(second.asked, false);
    assert.match(second.why ?? "", /^Not now: waiting for the CA\./);
    assert.equal(world.calls.length, 1);
  });

  it("say what stands in the way, and send nothing", async () => {
    const [id = ""] = await window.track("1");
    window.options.passwords = false;
    assert.match((await check({ order: id })).why ?? "", /sign in again/);
    assert.equal(world.calls.length, 0);
    window.options.passwords = true;
    world.answers.set(id, () => refused(-16, "sign-in"));
    assert.equal((await check({ order: id })).asked, true);
    assert.match((await check({ order: id })).why ?? "", /refused this account's sign-in/);
    assert.equal(world.calls.length, 1);
    assert.match((await check({ order: "sectigo~ssl~order~99" })).why ?? "", /No such order/);
  });

  const wrong: readonly unknown[] = [
    "all",
    { group: "all" },
    { group: 1 },
    { text: {} },
    { text: "x".repeat(201) },
    { txt: "" },
  ];
  for (const input of wrong) {
    it(`refuse the input ${JSON.stringify(input).slice(0, 40)}`, () => {
      assert.throws(() => listOrders(collector, input), { code: "argument" });
    });
  }
});
