import assert from "node:assert/strict";
import { mkdir, readdir, stat, truncate, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeBeside } from "../../../src/storage/durable";
import { KeptKnowledge } from "../../../src/storage/kept-knowledge";
import { openStorage } from "../../../src/storage/storage";
import { useFolder } from "./folder";

describe("kept knowledge", () => {
  const folder = useFolder();
  const fileOf = (kind: string) => path.join(folder(), "knowledge", `${kind}.json`);

  it("is nothing at first, and makes no folder to look", async () => {
    const kept = new KeptKnowledge(folder());
    assert.equal(await kept.version("a"), undefined);
    await kept.takeBack("a");
    assert.deepEqual(await readdir(folder()), []);
  });

  it("is a file of each kind, for its owner alone, that other windows see at once", async () => {
    const [here, there] = [new KeptKnowledge(folder()), new KeptKnowledge(folder())];
    await here.keep("a", "one");
    await here.keep("b", "other");
    const first = await there.version("a");
    assert.ok(first !== undefined);
    assert.equal(await there.read("a"), "one");
    await here.keep("a", "two");
    assert.notEqual(await there.version("a"), first);
    assert.deepEqual([await there.read("a"), await there.read("b")], ["two", "other"]);
    if (process.platform !== "win32") assert.equal((await stat(fileOf("a"))).mode & 0o777, 0o600);
    await there.takeBack("a");
    assert.deepEqual([await here.version("a"), await here.read("b")], [undefined, "other"]);
  });

  it("is the old one until the new one is whole", async () => {
    const kept = new KeptKnowledge(folder());
    await kept.keep("a", "old");
    const before = await kept.version("a");
    // Whoever is killed between writing and renaming leaves this.
    await writeBeside(fileOf("a"), Buffer.from("new"), () => Promise.resolve(), 0o600);
    assert.equal((await readdir(path.dirname(fileOf("a")))).length, 2);
    assert.deepEqual([await kept.version("a"), await kept.read("a")], [before, "old"]);
    await kept.keep("a", "newer");
    assert.equal(await kept.read("a"), "newer");
  });

  it("is tidied of what a killed process left half written, once nobody writes it any more", async () => {
    const kept = new KeptKnowledge(folder());
    await kept.keep("a", "whole");
    const storage = openStorage(folder());
    const blob = await storage.blobs.put(Buffer.from("blob"));
    const half = (target: string) => writeBeside(target, Buffer.from("half"), () => Promise.resolve(), 0o600);
    const blobs = path.join(folder(), "certificates", "b");
    const [old, young, ofBlob] = [await half(fileOf("a")), await half(fileOf("a")), await half(blobs)];
    const days = (count: number) => new Date(Date.now() - count * 24 * 60 * 60_000);
    for (const each of [old, ofBlob, fileOf("a")]) await utimes(each, days(2), days(2));
    await utimes(young, days(0.9), days(0.9));
    await storage.compact();
    assert.deepEqual((await readdir(path.dirname(old))).sort(), [path.basename(young), "a.json"]);
    assert.deepEqual(await readdir(path.dirname(ofBlob)), [`${blob}.der`]);
    await storage.close();
  });

  it("is neither written nor read where it is too large", async () => {
    const kept = new KeptKnowledge(folder());
    await kept.keep("a", "old");
    await assert.rejects(kept.keep("a", " ".repeat(64 * 1024 * 1024 + 1)), { name: "StorageError" });
    assert.equal(await kept.read("a"), "old");
    await truncate(fileOf("a"), 64 * 1024 * 1024 + 1);
    await assert.rejects(kept.read("a"), /more than 64 MB/);
  });

  it("says why it cannot be kept", async () => {
    await writeFile(path.join(folder(), "knowledge"), "a file");
    const kept = new KeptKnowledge(folder());
    assert.equal(await kept.version("a"), undefined);
    await assert.rejects(kept.keep("a", "text"), { name: "StorageError" });
  });

  it("says that it is there where it cannot be read", async () => {
    await mkdir(fileOf("a"), { recursive: true });
    const kept = new KeptKnowledge(folder());
    assert.ok((await kept.version("a")) !== undefined);
    await assert.rejects(kept.read("a"), { name: "StorageError" });
  });
});
