import assert from "node:assert/strict";
import type { CaName, Order } from "../../../src/orders/model/order";
import { DAY, HOUR, MINUTE } from "../orders/doubles";
import { issued, order, PENDING, refused } from "../orders/world";
import { Desk, ONE, TWO, type DeskWindow } from "./desk";

const WRONG = { ...ONE, host: "ca.exmaple", ca: "other:ca.exmaple" } as const;
const RIGHT = { ...ONE, host: "ca.example", ca: "other:ca.example" } as const;
const unresolved = Object.assign(new Error("It was not found."), { code: "unresolved" });
const lost = Object.assign(new Error("No answer came."), { code: "timed-out" });

describe("an account whose host is corrected", () => {
  let desk: Desk;
  let window: DeskWindow;
  let called: CaName[];
  /** What each CA answers. */
  let answers: Map<CaName, (each: Order) => unknown>;
  const run = (ms = HOUR) => desk.world.clock.advance(ms);

  beforeEach(async () => {
    desk = new Desk();
    window = desk.open();
    called = [];
    answers = new Map([[WRONG.ca, () => Promise.reject(unresolved)]]);
    const collect = desk.world.collect.bind(desk.world);
    desk.world.collect = async (call, signal) => {
      called.push(call.order.ca);
      const answer = answers.get(call.order.ca);
      return answer === undefined
        ? collect(call, signal)
        : ((await answer(call.order)) as Awaited<ReturnType<typeof collect>>);
    };
    await window.window.start();
    await window.enter(WRONG, "right");
  });

  const track = (...numbers: string[]) =>
    window.window.record(...numbers.map((number) => order(number, WRONG.ca, ONE.id)));
  const orders = () => [...window.window.book.orders()];
  const move = () => window.accounts.set(RIGHT);

  it("takes its orders along, which are asked there with its password at once", async () => {
    await track("1", "2", "3");
    await run();
    assert.ok(called.every((ca) => ca === WRONG.ca));
    assert.deepEqual(desk.sent, []);
    assert.equal(window.accounts.movingWith(WRONG), 3);
    await move();
    called.length = 0;
    await run(MINUTE / 2);
    assert.deepEqual(called, [RIGHT.ca, RIGHT.ca, RIGHT.ca]);
    assert.deepEqual([desk.sent, desk.failed], [["right", "right", "right"], []]);
    assert.deepEqual(
      new Set(orders().map(({ ca, answer }) => `${ca} ${answer?.outcome.kind}`)),
      new Set([`${RIGHT.ca} pending`]),
    );
    assert.deepEqual([...desk.keyring.stored.keys()], [`login:${RIGHT.ca}/alice`]);
  });

  it("asks at once what may have reached the wrong host, too", async () => {
    answers.set(WRONG.ca, () => Promise.reject(lost));
    await track("1");
    await run();
    assert.equal(called.length, 1);
    await move();
    await run(MINUTE / 2);
    assert.deepEqual(called, [WRONG.ca, RIGHT.ca]);
  });

  it("asks nothing again that was answered where it was", async () => {
    const held = issued("a.example", desk.world.clock.now(), 90);
    answers.set(WRONG.ca, ({ reference }) => {
      const number = "value" in reference ? reference.value : "";
      return number === "1" ? PENDING : number === "2" ? refused(-20, "final") : held;
    });
    await track("1", "2", "3");
    await run();
    assert.equal(called.length, 3);
    const before = orders();
    await move();
    await run(HOUR);
    assert.equal(called.length, 3);
    assert.deepEqual(
      orders().map(({ id, answer, certificates, trackedAt }) => ({ id, answer, certificates, trackedAt })),
      before.map(({ id, answer, certificates, trackedAt }) => ({ id, answer, certificates, trackedAt })),
    );
    await run(2 * HOUR);
    assert.deepEqual(called.slice(3), [RIGHT.ca], "the pending one, when it is due");
  });

  it("is not frozen by what another host refused, and has to prove itself: one failed sign-in", async () => {
    await window.enter(WRONG, "wrong");
    answers.set(WRONG.ca, () => refused(-16, "sign-in"));
    await track("1", "2");
    await run();
    assert.equal(window.isFrozen, true);
    await move();
    assert.equal(window.isFrozen, false);
    await run(DAY);
    assert.deepEqual([desk.failed, window.isFrozen], [["wrong"], true]);
  });

  it("leaves the password to another account of the same login, and takes the one of that host's", async () => {
    await window.accounts.set({ ...WRONG, id: TWO.id });
    const there = { ...RIGHT, id: "three" };
    await window.accounts.set(there, { text: "theirs", keep: true });
    desk.right = "theirs";
    await track("1");
    await move();
    await run(MINUTE);
    assert.deepEqual(desk.sent, ["theirs"]);
    assert.equal(desk.keyring.stored.size, 2);
    assert.equal(await window.accounts.hasPassword({ ...WRONG, id: TWO.id }), true);
  });

  it("takes codes along where it is the only account, and none where it is not", async () => {
    const byCode = (ca: CaName) => ({
      type: "tracked" as const,
      id: `${ca.replace(":", "_3a")}~ccc~code~1`,
      ca,
      product: "ccc" as const,
      reference: { kind: "collectionCode" as const },
    });
    await window.window.record(byCode(WRONG.ca));
    assert.equal(window.accounts.movingWith(WRONG), 1);
    await window.accounts.set({ ...WRONG, id: TWO.id, loginName: "bob" });
    assert.equal(window.accounts.movingWith(WRONG), 0);
    await window.accounts.remove(TWO.id);
    await move();
    assert.deepEqual(
      orders().map(({ ca }) => ca),
      [RIGHT.ca],
    );
    // What is at Sectigo is there whether an account is or not.
    await window.window.record(byCode("sectigo"));
    await window.accounts.set(ONE);
    assert.equal(window.accounts.movingWith(ONE), 0);
  });

  it("keeps its password in one window where the person wanted that, after a restart as well", async () => {
    await window.enter(WRONG, "right", false);
    await track("1");
    await move();
    assert.equal(desk.keyring.stored.size, 0);
    await run(MINUTE);
    assert.deepEqual(desk.sent, ["right"]);
    const again = await window.restart();
    assert.equal(again.accounts.isKeptApart(RIGHT), true);
  });

  it("never takes a password to the sandbox or from it", async () => {
    const toy = { ...ONE, host: "", ca: "sandbox" } as const;
    await window.accounts.set(toy);
    assert.equal(await window.accounts.hasPassword(toy), false);
    await window.enter(toy, "open");
    await window.accounts.set(RIGHT);
    assert.equal(await window.accounts.hasPassword(RIGHT), false);
  });

  it("is the same for a window that reads it later, and its orders are found by their numbers", async () => {
    await track("1");
    await run();
    await move();
    await run();
    const late = desk.open().window;
    await late.book.refresh();
    assert.deepEqual([...late.book.orders()], orders());
    const name = { ca: RIGHT.ca, product: "ssl", reference: { kind: "orderNumber", value: "1" } } as const;
    const [moved] = orders();
    for (const { book } of [window.window, late]) assert.equal(book.idOf(name), moved?.id);
    // The same number tracked by name, which an earlier version would do.
    const twin = order("1", RIGHT.ca, ONE.id);
    await window.window.record(twin);
    assert.deepEqual(
      window.window.book.twinsOf(twin.id).map(({ id }) => id),
      [moved?.id],
    );
    assert.deepEqual(
      window.window.book.twinsOf(moved?.id ?? "").map(({ id }) => id),
      [twin.id],
    );
    assert.equal(window.window.book.idOf(name), twin.id);
  });

  it("reads lines with names that are too long for an id, and with ids of nobody's", async () => {
    const reference = { kind: "orderNumber", value: "9".repeat(190) } as const;
    const long = {
      type: "tracked",
      id: "x",
      ca: "other:a.example",
      product: "ssl",
      reference,
      account: ONE.id,
    } as const;
    await window.window.record(long);
    assert.equal(window.window.book.get("x")?.ca, "other:a.example");
    assert.deepEqual(window.window.book.twinsOf("x"), []);
  });
});
