import type { Keyring } from "../../../src/editor/window/secret-store";

/** A keyring in memory, which several windows may share. */
export class TestKeyring implements Keyring {
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
