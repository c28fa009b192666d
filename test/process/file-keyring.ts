import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Keyring } from "../../src/editor/window/secret-store";

/** A keyring that the processes of one test share: a file for each key. */
export class FileKeyring implements Keyring {
  private writes = 0;

  /** @param folder made if it is not there */
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  get(key: string): Promise<string | undefined> {
    try {
      return Promise.resolve(readFileSync(this.fileOf(key), "utf8"));
    } catch {
      return Promise.resolve(undefined);
    }
  }

  store(key: string, value: string): Promise<void> {
    const temporary = `${this.fileOf(key)}.${process.pid}.${++this.writes}`;
    writeFileSync(temporary, value);
    renameSync(temporary, this.fileOf(key));
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    rmSync(this.fileOf(key), { force: true });
    return Promise.resolve();
  }

  private fileOf(key: string): string {
    return path.join(this.folder, encodeURIComponent(key));
  }
}
