import assert from "node:assert/strict";
import { ForgottenCodes, isCodeGone, UNDO_TIME } from "../../../src/editor/window/forgotten-codes";
import { SecretStore } from "../../../src/editor/window/secret-store";
import { DAY, settle } from "../orders/doubles";
import { order, World, type Window } from "../orders/world";
import { TestKeyring } from "./test-keyring";

const BY_CODE = {
  type: "tracked",
  id: "sectigo~ccc~code~1",
  ca: "sectigo",
  product: "ccc",
  reference: { kind: "collectionCode" },
} as const;
const WITH_CODE = order("2");

describe("the collection code of an order that is no longer tracked", () => {
  let world: World;
  let keyring: TestKeyring;
  let window: Window;
  let secrets: SecretStore;
  let codes: ForgottenCodes;
  const open = (): ForgottenCodes => new ForgottenCodes(window.book, secrets, world.clock);
  const stored = (): string[] => [...keyring.stored.keys()].sort();
  const keys = [BY_CODE.id, WITH_CODE.id].map((id) => `collectionCode:${id}`);

  beforeEach(async () => {
    world = new World();
    keyring = new TestKeyring();
    window = world.window();
    secrets = new SecretStore(
      keyring,
      () => undefined,
      () => Promise.resolve(undefined),
      world.clock,
    );
    await window.record(BY_CODE, WITH_CODE, { type: "code-entered", id: WITH_CODE.id });
    for (const id of [BY_CODE.id, WITH_CODE.id]) await secrets.setCollectionCode(id, "a-code");
    codes = open();
    codes.start();
  });
  afterEach(() => codes.dispose());

  it("stays while it is tracked, without a timer", async () => {
    await world.clock.advance(DAY);
    assert.deepEqual([stored(), world.clock.pending], [keys, 0]);
  });

  it("is deleted when Undo is gone, and not before", async () => {
    await window.record(...[BY_CODE, WITH_CODE].map(({ id }) => ({ type: "forgotten" as const, id })));
    const isGone = (): readonly boolean[] =>
      [...window.book.forgottenWithCode()].map((each) => isCodeGone(each, world.clock.now()));
    await world.clock.advance(UNDO_TIME - 1_000);
    assert.deepEqual([stored(), isGone()], [keys, [false, false]]);
    await world.clock.advance(2_000);
    assert.deepEqual([stored(), world.clock.pending, isGone()], [[], 0, [true, true]]);
  });

  it("stays with Undo, and can be deleted after that", async () => {
    await window.record({ type: "forgotten", id: BY_CODE.id });
    await window.record({ type: "restored", id: BY_CODE.id });
    await world.clock.advance(DAY);
    assert.deepEqual(stored(), keys);
    await window.record({ type: "forgotten", id: BY_CODE.id });
    await world.clock.advance(UNDO_TIME + 1_000);
    assert.deepEqual(stored(), [keys[1]]);
    await window.record({ type: "restored", id: BY_CODE.id });
    await secrets.setCollectionCode(BY_CODE.id, "another");
    await window.record({ type: "forgotten", id: BY_CODE.id });
    await world.clock.advance(UNDO_TIME + 1_000);
    assert.deepEqual(stored(), [keys[1]]);
  });

  it("is deleted at the next start, when the window closed or the keyring did not answer", async () => {
    await window.record({ type: "forgotten", id: BY_CODE.id });
    codes.dispose();
    await world.clock.advance(DAY);
    assert.deepEqual(stored(), keys);
    codes = open();
    codes.start();
    await settle();
    assert.deepEqual(stored(), [keys[1]]);
  });
});
