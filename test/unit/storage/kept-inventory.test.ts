import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { readBounded } from "../../../src/storage/bounded-read";
import { fileStampOf } from "../../../src/storage/file-stamp";
import { KeptInventory, type KnownFile } from "../../../src/storage/kept-inventory";
import { useFolder } from "./folder";

const HASH = "0123456789abcdef".repeat(4);
const certificate: KnownFile["facts"] = {
  ...{ kind: "certificate", leaf: HASH, name: "a.example", names: ["a.example"], notAfter: 1, keyIdentity: HASH },
  ...{ chain: 2, isFirst: true, others: 0, isCa: false, isDamaged: false },
};
const files = new Map<string, KnownFile>([
  ["file:///w/a.pem", { stamp: "1/2", facts: certificate }],
  ["file:///w/b.pem", { stamp: "1/2", facts: { kind: "damaged" } }],
]);

describe("what is kept of files of the workspace", () => {
  const folder = useFolder();
  const at = (name: string): string => path.join(folder(), name);

  it("comes back as it was, in a folder that is made for it", async () => {
    await new KeptInventory(at("new")).keep(files);
    assert.deepEqual(await new KeptInventory(at("new")).read(), files);
  });

  it("is nothing without a folder, at first, and once it is damaged", async () => {
    await new KeptInventory(undefined).keep(files);
    assert.equal((await new KeptInventory(undefined).read()).size, 0);
    assert.equal((await new KeptInventory(at("none")).read()).size, 0);
    const json = (value: unknown): string => JSON.stringify(value);
    for (const text of ["", "{", "[]", json({ version: 2, files: {} }), json({ version: 1, files: [1] })]) {
      await writeFile(at("inventory.json"), text);
      assert.equal((await new KeptInventory(folder()).read()).size, 0, text);
    }
    await truncate(at("inventory.json"), 64 * 1024 ** 2);
    assert.equal((await new KeptInventory(folder()).read()).size, 0);
  });

  it("leaves out what is not of its shape, field by field", async () => {
    const kept = new KeptInventory(folder());
    const wrong = new Map<string, KnownFile>([["a", { stamp: "x".repeat(201), facts: certificate }]]);
    for (const [field, value] of Object.entries(certificate)) {
      const others = [field === "kind" ? "key" : typeof value === "string" ? "x".repeat(301) : "1", null, undefined];
      for (const each of field === "notAfter" ? others.slice(0, 2) : others) {
        const facts = { ...certificate, [field]: each } as KnownFile["facts"];
        wrong.set(`${field} ${String(each)}`, { stamp: "1", facts });
      }
    }
    await kept.keep(wrong);
    assert.deepEqual([...(await kept.read()).keys()], []);
    await kept.keep(new Map([...wrong, ["b", { stamp: "1", facts: certificate }]]));
    assert.deepEqual([...(await kept.read()).keys()], ["b"]);
  });

  it("stays as it was where it cannot be written", async () => {
    await writeFile(at("file"), "");
    await new KeptInventory(path.join(at("file"), "below")).keep(files);
    assert.equal(await readFile(at("file"), "utf8"), "");
  });
});

describe("the stamp of a file", () => {
  const folder = useFolder();

  it("changes with its bytes, though size and time stay", async () => {
    const file = path.join(folder(), "a.pem");
    const then = new Date("2026-01-01T00:00:00Z");
    await writeFile(file, "one");
    await utimes(file, then, then);
    const before = await fileStampOf(file);
    assert.ok(typeof before === "object");
    assert.deepEqual(await fileStampOf(file), before);
    // Until the file system's clock has gone on.
    let after = before;
    while (after.changedAt === before.changedAt) {
      await writeFile(file, "two");
      await utimes(file, then, then);
      const found = await fileStampOf(file);
      assert.ok(typeof found === "object");
      after = found;
    }
    assert.notEqual(after.stamp, before.stamp);
  });

  it("tells what is not there from what cannot be seen", async () => {
    await writeFile(path.join(folder(), "file"), "");
    assert.equal(await fileStampOf(path.join(folder(), "none")), "missing");
    // On Windows there is simply nothing below a file.
    const below = process.platform === "win32" ? "missing" : "unreadable";
    assert.equal(await fileStampOf(path.join(folder(), "file", "below")), below);
    await mkdir(path.join(folder(), "x.pem"));
    const found = await fileStampOf(path.join(folder(), "x.pem"));
    assert.ok(typeof found === "object" && !found.isFile);
  });
});

describe("reading within bounds", () => {
  const folder = useFolder();
  const at = (name: string): string => path.join(folder(), name);

  it("reads a file whole, up to its bound", async () => {
    for (const size of [0, 1, 4096, 65_536, 65_537, 200_000]) {
      await writeFile(at("file"), Buffer.alloc(size, 7));
      assert.deepEqual(await readBounded(at("file"), size), Buffer.alloc(size, 7), String(size));
      if (size > 0) assert.equal(await readBounded(at("file"), size - 1), undefined, String(size));
    }
  });

  it("waits for no pipe, and reads no file of the kernel without an end", async function () {
    if (process.platform !== "linux") this.skip();
    execFileSync("mkfifo", [at("pipe")]);
    await assert.rejects(readBounded(at("pipe"), 10), { code: "not-a-file" });
    await assert.rejects(readBounded("/dev/zero", 10), { code: "not-a-file" });
    await assert.rejects(readBounded(folder(), 10));
    await symlink("/proc/self/smaps", at("long"));
    assert.equal(await readBounded(at("long"), 1_000), undefined);
    await symlink("/proc/self/status", at("status"));
    assert.match(String(await readBounded(at("status"), 100_000)), /^Name:/);
  });
});
