import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeFileAtomic } from "../../../src/storage/atomic-file";
import { Blobs } from "../../../src/storage/blobs";
import { useFolder } from "./folder";

describe("atomic file", () => {
  const folder = useFolder();
  const file = () => path.join(folder(), "fullchain.pem");
  const bytes = Buffer.from("new");

  it("writes a new file, and never over one that is there", async () => {
    await writeFileAtomic(file(), bytes, { overwrite: false });
    await assert.rejects(writeFileAtomic(file(), Buffer.from("x"), { overwrite: false }), { code: "file-exists" });
    assert.equal(await readFile(file(), "utf8"), "new");
    assert.deepEqual(await readdir(folder()), ["fullchain.pem"]);
  });

  it("lets one of two writers at once have a new name", async () => {
    const results = await Promise.allSettled(
      ["a", "b"].map((text) => writeFileAtomic(file(), Buffer.from(text), { overwrite: false })),
    );
    const winner = results.findIndex((result) => result.status === "fulfilled");
    assert.equal(results.filter((result) => result.status === "fulfilled").length, 1);
    assert.equal(await readFile(file(), "utf8"), ["a", "b"][winner]);
  });

  it("replaces a file when it may, with its permissions, through a link", async () => {
    const target = path.join(folder(), "live.pem");
    await writeFile(target, "old");
    await chmod(target, 0o640);
    await symlink("live.pem", file());
    await writeFileAtomic(file(), bytes, { overwrite: true });
    assert.equal(await readFile(target, "utf8"), "new");
    assert.equal((await stat(target)).mode & 0o777, 0o640);
    assert.equal(await readlink(file()), "live.pem");
  });

  const modes: [string, number | undefined, number][] = [
    ["a private key", 0o600, 0o600],
    ["anything else", undefined, 0o644],
  ];
  for (const [what, mode, expected] of modes) {
    it(`gives ${what} the right permissions`, async () => {
      await writeFileAtomic(file(), bytes, { overwrite: false, ...(mode !== undefined && { mode }) });
      assert.equal((await stat(file())).mode & 0o777, expected);
    });
  }

  it("leaves nothing behind when it fails", async () => {
    await mkdir(file());
    await assert.rejects(writeFileAtomic(file(), bytes, { overwrite: true }), { name: "StorageError" });
    await assert.rejects(writeFileAtomic(path.join(folder(), "none", "a.pem"), bytes, { overwrite: false }), {
      code: "folder-missing",
    });
    assert.deepEqual(await readdir(folder()), ["fullchain.pem"]);
  });
});

describe("blobs", () => {
  const folder = useFolder();
  const der = Buffer.from("not really DER");
  const name = createHash("sha256").update(der).digest("hex");

  it("keeps bytes by their hash, once", async () => {
    const blobs = new Blobs(path.join(folder(), "certificates"));
    assert.equal(await blobs.put(der), name);
    assert.equal(await blobs.put(der), name);
    assert.deepEqual(Buffer.from(await blobs.get(name)), der);
    assert.deepEqual(await readdir(path.join(folder(), "certificates")), [`${name}.der`]);
  });

  it("tells missing from damaged, and mends what is collected again", async () => {
    const blobs = new Blobs(folder());
    await assert.rejects(blobs.get(name), { code: "blob-missing" });
    await assert.rejects(blobs.get("../../etc/passwd"), { code: "blob-missing" });
    await blobs.put(der);
    await writeFile(path.join(folder(), `${name}.der`), "not really der");
    await assert.rejects(blobs.get(name), { code: "blob-damaged" });
    await blobs.put(der);
    assert.deepEqual(Buffer.from(await blobs.get(name)), der);
  });
});
