import assert from "node:assert/strict";
import { KEYRING_TIMEOUT, SecretStore, type Keyring } from "../../../src/editor/secret-store";
import type { Clock } from "../../../src/orders/ports";
import type { Account } from "../../../src/orders/order";

const ACCOUNT: Account = { id: "a", label: "A", loginName: "a", host: "ca.example", ca: "other:ca.example" };

class TestKeyring implements Keyring {
  readonly stored = new Map<string, string>();
  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.stored.get(key));
  }
  store(key: string, value: string): Promise<void> {
    this.stored.set(key, value);
    return Promise.resolve();
  }
  delete(key: string): Promise<void> {
    this.stored.delete(key);
    return Promise.resolve();
  }
}

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
  it("keeps a password in the keyring alone, and tells the log what to mask", async () => {
    const keyring = new TestKeyring();
    const { store, used } = storeOver(keyring);
    await store.setPassword("a", "hunter2", true);
    assert.deepEqual([...keyring.stored.values()], ["hunter2"]);
    assert.equal(await storeOver(keyring).store.password(ACCOUNT), "hunter2");
    assert.deepEqual(used, ["hunter2"]);
    await store.forgetPassword("a");
    assert.equal(await store.password(ACCOUNT), undefined);
  });

  it("keeps a password for this window, and takes a former one out of the keyring", async () => {
    const keyring = new TestKeyring();
    const { store } = storeOver(keyring);
    await store.setPassword("a", "old", true);
    await store.setPassword("a", "new", false);
    assert.equal(await store.password(ACCOUNT), "new");
    assert.equal(keyring.stored.size, 0);
    assert.equal(await storeOver(keyring).store.password(ACCOUNT), undefined);
  });

  it("holds what a broken keyring does not take for this window, and says so without the secret", async () => {
    const { store } = storeOver(broken);
    await assert.rejects(store.setPassword("a", "hunter2", true), (error: Error & { code?: string }) => {
      assert.equal(error.code, "keyring");
      assert.doesNotMatch(String(error.stack), /hunter2/);
      return true;
    });
    assert.equal(await store.password(ACCOUNT), "hunter2");
  });

  it("takes a keyring that does not answer for one that has nothing", async () => {
    const waits: number[] = [];
    const impatient: Clock = {
      now: () => 0,
      after(ms, task) {
        waits.push(ms);
        queueMicrotask(task);
        return { dispose: () => undefined };
      },
    };
    assert.equal(await storeOver(silent, undefined, impatient).store.password(ACCOUNT), undefined);
    assert.deepEqual(waits, [KEYRING_TIMEOUT]);
  });

  it("knows the sandbox's password, unless another was entered", async () => {
    const { store } = storeOver(new TestKeyring(), "demo");
    assert.equal(await store.password(ACCOUNT), "demo");
    await store.setPassword("a", "mine", true);
    assert.equal(await store.password(ACCOUNT), "mine");
  });
});
