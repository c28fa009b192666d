import assert from "node:assert/strict";
import { KEYRING_TIMEOUT, SecretStore, type Keyring } from "../../../src/editor/window/secret-store";
import type { Clock, StoredPassword } from "../../../src/orders/ports";
import type { Account } from "../../../src/orders/model/order";
import { TestKeyring } from "./test-keyring";

const ACCOUNT: Account = { id: "a", label: "A", loginName: "a", host: "ca.example", ca: "other:ca.example" };

const broken: Keyring = {
  get: () => Promise.reject(new Error("keyring holds hunter2")),
  store: () => Promise.reject(new Error("cannot store hunter2")),
  delete: () => Promise.reject(new Error("cannot delete hunter2")),
};

const never = new Promise<never>(() => undefined);
const silent: Keyring = { get: () => never, store: () => never, delete: () => never };

const patient: Clock = { now: () => 0, after: () => ({ dispose: () => undefined }) };

function storeOver(keyring: Keyring, demo?: string, clock = patient): { store: SecretStore; used: string[] } {
  const used: string[] = [];
  return {
    used,
    store: new SecretStore(
      keyring,
      (secret) => used.push(secret),
      () => Promise.resolve(demo),
      clock,
    ),
  };
}

describe("SecretStore", () => {
  const hunter: StoredPassword = { text: "hunter2", credential: "one" };

  it("keeps a password in the keyring alone, and tells the log what to mask", async () => {
    const keyring = new TestKeyring();
    const { store, used } = storeOver(keyring);
    assert.equal(await store.setPassword(ACCOUNT, hunter, true), true);
    assert.deepEqual([...keyring.stored.values()], [JSON.stringify({ credential: "one", text: "hunter2" })]);
    assert.deepEqual(await storeOver(keyring).store.password(ACCOUNT), hunter);
    assert.deepEqual(used, ["hunter2"]);
    await store.forgetPassword(ACCOUNT, true);
    assert.equal(await store.password(ACCOUNT), undefined);
  });

  it("keeps one password for all accounts of a login, until the last of them goes", async () => {
    const keyring = new TestKeyring();
    const { store } = storeOver(keyring);
    const twin = { ...ACCOUNT, id: "b", label: "B" };
    await store.setPassword(ACCOUNT, hunter, true);
    assert.deepEqual(await store.password(twin), hunter);
    await store.forgetPassword(ACCOUNT, false);
    assert.deepEqual(await store.password(twin), hunter);
    assert.equal(await store.password({ ...twin, loginName: "b" }), undefined);
    assert.equal(await store.password({ ...twin, ca: "other:elsewhere.example" }), undefined);
  });

  it("keeps a password for this window, and takes a former one out of the keyring", async () => {
    const keyring = new TestKeyring();
    const { store } = storeOver(keyring);
    await store.setPassword(ACCOUNT, { text: "old", credential: "one" }, true);
    await store.setPassword(ACCOUNT, { text: "new", credential: "two" }, false);
    assert.equal((await store.password(ACCOUNT))?.text, "new");
    assert.equal(store.isOfWindow(ACCOUNT), true);
    assert.equal(keyring.stored.size, 0);
    assert.equal(await storeOver(keyring).store.password(ACCOUNT), undefined);
  });

  it("gives the credential that counts and no other, wherever it is", async () => {
    const keyring = new TestKeyring();
    const { store } = storeOver(keyring);
    await store.setPassword(ACCOUNT, { text: "here", credential: "one" }, false);
    await storeOver(keyring).store.setPassword(ACCOUNT, { text: "elsewhere", credential: "two" }, true);
    assert.equal((await store.password(ACCOUNT, "one"))?.text, "here");
    assert.equal((await store.password(ACCOUNT, "two"))?.text, "elsewhere");
    assert.equal(await store.password(ACCOUNT, "three"), undefined);
  });

  it("reads what version 0.1 kept, as long as nothing was entered since", async () => {
    const keyring = new TestKeyring();
    keyring.stored.set("password:a", "former");
    const { store } = storeOver(keyring);
    assert.deepEqual(await store.password(ACCOUNT), { text: "former", credential: "" });
    assert.equal(await store.password(ACCOUNT, "one"), undefined);
    await store.setPassword(ACCOUNT, hunter, true);
    assert.deepEqual(await store.password(ACCOUNT), hunter);
    assert.equal(keyring.stored.has("password:a"), false);
  });

  for (const kept of ["", "null", "[]", "{}", '{"text":1,"credential":"x"}', "hunter2", '{"text":"x"']) {
    it(`takes ${JSON.stringify(kept)} in the keyring for none`, async () => {
      const keyring = new TestKeyring();
      keyring.stored.set("login:other:ca.example/a", kept);
      assert.equal(await storeOver(keyring).store.password(ACCOUNT), undefined);
    });
  }

  it("holds what a broken keyring does not take for this window, and says so without the secret", async () => {
    const { store } = storeOver(broken);
    assert.equal(await store.setPassword(ACCOUNT, hunter, true), false);
    assert.deepEqual(await store.password(ACCOUNT), hunter);
    await assert.rejects(store.setCollectionCode("order", "hunter2"), (error: Error & { code?: string }) => {
      assert.equal(error.code, "keyring");
      assert.doesNotMatch(String(error.stack), /hunter2/);
      return true;
    });
  });

  it("takes a keyring that does not answer for one that has nothing, and waits for it once", async () => {
    const waits: number[] = [];
    const impatient: Clock = {
      now: () => 0,
      after(ms, task) {
        waits.push(ms);
        queueMicrotask(task);
        return { dispose: () => undefined };
      },
    };
    assert.equal(await storeOver(silent, "demo", impatient).store.password(ACCOUNT), undefined);
    assert.deepEqual(waits, [KEYRING_TIMEOUT]);
  });

  it("knows the sandbox's password, unless another was entered", async () => {
    const { store } = storeOver(new TestKeyring(), "demo");
    assert.equal((await store.password(ACCOUNT))?.text, "demo");
    await store.setPassword(ACCOUNT, { text: "mine", credential: "one" }, true);
    assert.equal((await store.password(ACCOUNT))?.text, "mine");
  });

  it("tells what is to be masked: what is kept, what is read, what is the sandbox's own, and what was only typed", async () => {
    const { store, used } = storeOver(new TestKeyring(), "demo-1");
    store.noteTyped("typed-1");
    await store.password(ACCOUNT);
    await store.setPassword(ACCOUNT, { text: "kept-1", credential: "a" }, true);
    await store.setCollectionCode("sandbox~ccc~code~1", "code-1");
    assert.deepEqual(used, ["typed-1", "demo-1", "kept-1", "code-1"]);
  });

  it("remembers what was refused while the window is open, by login", () => {
    const { store } = storeOver(new TestKeyring());
    assert.equal(store.wasRefused(ACCOUNT), false);
    store.noteRefused(ACCOUNT, hunter);
    assert.deepEqual(
      [store.wasRefused(ACCOUNT), store.wasRefused({ ...ACCOUNT, id: "b" } as Account, "hunter2")],
      [true, true],
    );
    assert.deepEqual(
      [store.wasRefused(ACCOUNT, "hunter3"), store.wasRefused({ ...ACCOUNT, loginName: "b" })],
      [false, false],
    );
    store.noteAccepted(ACCOUNT, hunter);
    assert.equal(store.wasRefused(ACCOUNT), false);
  });
});
