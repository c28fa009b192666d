import assert from "node:assert/strict";
import { HOUR } from "../orders/doubles";
import { Desk, ONE, TWO, type DeskWindow } from "./desk";

describe("accounts of one login", () => {
  let desk: Desk;
  let window: DeskWindow;
  const run = (ms = 4 * HOUR) => desk.world.clock.advance(ms);

  beforeEach(async () => {
    desk = new Desk();
    window = desk.open();
    await window.window.start();
  });

  it("share one password: a wrong one is one failed sign-in, and the right one entered at either mends both", async () => {
    await window.enter(ONE, "wrong");
    await window.accounts.set(TWO);
    await window.track(20);
    await run();
    assert.deepEqual([desk.failed, window.isFrozen], [["wrong"], true]);
    await window.enter(TWO, "right");
    await run();
    assert.deepEqual([desk.failed, window.isFrozen, window.isWell], [["wrong"], false, true]);
  });

  it("whose passwords version 0.1 kept apart fail once, whichever is wrong", async () => {
    desk.keyring.stored.set("password:one", "wrong");
    desk.keyring.stored.set("password:two", "right");
    await window.accounts.set(ONE);
    await window.accounts.set(TWO);
    await window.track(20);
    await run();
    assert.deepEqual(desk.failed, ["wrong"]);
    await window.enter(TWO, "right");
    await run(24 * HOUR);
    assert.deepEqual([desk.failed, window.isWell], [["wrong"], true]);
    assert.deepEqual([...desk.keyring.stored.keys()].sort(), ["login:sectigo/alice", "password:one"]);
  });

  it("fail once when the password is changed at the CA, and never again once it is changed in one of them", async () => {
    await window.enter(ONE, "right");
    await window.accounts.set(TWO);
    await window.track(20);
    await run();
    desk.right = "rotated";
    await run(8 * HOUR);
    assert.deepEqual(desk.failed, ["right"]);
    await window.enter(TWO, "rotated");
    await run(24 * HOUR);
    assert.deepEqual([desk.failed, window.isWell], [["right"], true]);
  });

  it("do not fail at all when the change is entered before anything is asked", async () => {
    await window.enter(ONE, "right");
    await window.accounts.set(TWO);
    await window.track(20);
    await run();
    desk.right = "rotated";
    await window.enter(TWO, "rotated");
    await run(24 * HOUR);
    assert.deepEqual([desk.failed, window.isWell], [[], true]);
  });

  it("do not blame the new password for a refusal of the old one that comes after it was entered", async () => {
    await window.enter(ONE, "wrong");
    await window.accounts.set(TWO);
    desk.during = async () => void (await window.accounts.set(TWO, { text: "right", keep: true }));
    await window.track(20);
    await run(HOUR);
    assert.deepEqual([desk.failed, window.isFrozen, window.isWell], [["wrong"], false, true]);
  });

  it("stay frozen over a restart, and are asked with the new password alone in all windows", async () => {
    await window.enter(ONE, "wrong");
    await window.track(20);
    await run();
    const again = await window.restart();
    const other = desk.open();
    await other.window.start();
    await run(24 * HOUR);
    assert.deepEqual([desk.failed, again.isFrozen, other.isFrozen], [["wrong"], true, true]);
    await other.enter(ONE, "right");
    await run(24 * HOUR);
    assert.deepEqual([desk.failed, again.isFrozen, again.isWell], [["wrong"], false, true]);
  });

  it("leave a password of one window alone where another one was entered in the other", async () => {
    await window.enter(ONE, "wrong", false);
    await window.track(20);
    await run();
    const other = desk.open();
    await other.window.start();
    await other.enter(ONE, "right", true);
    await run();
    assert.deepEqual([desk.failed, other.isWell], [["wrong"], true]);
    // The first window finds the new one in the keyring, although it has the old one in its memory.
    other.window.dispose();
    await run(24 * HOUR);
    assert.deepEqual([desk.failed, window.isWell], [["wrong"], true]);
  });

  it("are not asked by a window that has another password than the one that counts", async () => {
    await window.enter(ONE, "old", true);
    const other = desk.open();
    await other.window.start();
    await other.enter(ONE, "right", false);
    other.window.dispose();
    await window.track(4);
    await run(24 * HOUR);
    assert.deepEqual(desk.sent, []);
    const reasons = window.window.results.map(({ result }) => result.kind);
    assert.ok(reasons.length > 0 && reasons.every((kind) => kind === "no-secret"));
  });

  it("are not asked again for a password that is entered a second time, and it is said before", async () => {
    await window.enter(ONE, "wrong");
    await window.track(4);
    await run();
    assert.equal(await window.accounts.stateOf(ONE, "wrong"), "refused");
    assert.equal(await window.accounts.stateOf(TWO, "wrong"), "refused");
    assert.equal(await window.accounts.stateOf(ONE, "right"), "other");
    await window.enter(ONE, "wrong");
    await window.enter(ONE, "wrong", false);
    await run(24 * HOUR);
    assert.deepEqual(desk.failed, ["wrong"]);
    const again = await window.restart();
    assert.equal(await again.accounts.stateOf(ONE, "wrong"), "other");
  });

  it("know in their window what was refused before, until the CA takes it", async () => {
    await window.track(4);
    for (const text of ["wrong", "wrong too"]) {
      await window.enter(ONE, text);
      await run();
      await window.accounts.noteJudged(ONE, true);
    }
    for (const text of ["wrong", "wrong too"]) assert.equal(await window.accounts.stateOf(TWO, text), "refused");
    desk.right = "wrong";
    await window.enter(TWO, "wrong");
    await run();
    await window.accounts.noteJudged(TWO, false);
    assert.deepEqual([desk.failed, window.isWell], [["wrong", "wrong too"], true]);
    assert.equal(await window.accounts.stateOf(ONE, "wrong"), "stored");
    assert.equal(await window.accounts.stateOf(ONE, "wrong too"), "refused");
  });

  it("say that a stored password is stored, and keep it proved when it is entered again", async () => {
    await window.enter(ONE, "right");
    await window.track(4);
    await run();
    assert.equal(await window.accounts.stateOf(ONE, "right"), "stored");
    await window.enter(ONE, "right");
    assert.equal(window.window.book.login("sectigo/alice").proved, true);
  });

  it("may be tried once with what was refused, after a person's word: one more failure, and no third", async () => {
    await window.enter(ONE, "wrong");
    await window.track(20);
    await run();
    await window.accounts.tryOnce(ONE);
    await run(24 * HOUR);
    assert.deepEqual([desk.failed, window.isFrozen], [["wrong", "wrong"], true]);
    desk.right = "wrong";
    await window.accounts.tryOnce(ONE);
    await run(24 * HOUR);
    assert.deepEqual([desk.failed.length, window.isFrozen, window.isWell], [2, false, true]);
  });

  it("use no password of which the journal does not know", async () => {
    await window.enter(ONE, "right");
    await window.track(4);
    window.window.journal.failure = new Error("disk full");
    await assert.rejects(window.accounts.set(ONE, { text: "other", keep: true }), /disk full/);
    desk.sent.length = 0;
    await run(24 * HOUR);
    assert.deepEqual(desk.sent, []);
  });

  it("keep the password of the other when one of them is removed", async () => {
    await window.enter(ONE, "right");
    await window.accounts.set(TWO);
    await window.accounts.remove(ONE.id);
    assert.equal(await window.accounts.hasPassword(TWO), true);
    await window.accounts.remove(TWO.id);
    assert.equal(desk.keyring.stored.size, 0);
  });
});
