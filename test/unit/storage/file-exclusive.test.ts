import assert from "node:assert/strict";
import { constants } from "node:fs";
import { open, readdir, stat, writeFile, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { EXCLUSIVELY, FileExclusive } from "../../../src/storage/file-exclusive";
import { useFolder } from "./folder";

describe("exclusive by a file", () => {
  const folder = useFolder();

  /** The system's open, with the exclusiveness of another system added: who asks for it is alone, or gets its error. */
  function openingAs(flag: number, held: string): typeof open {
    const opened = new Set<unknown>();
    return async (file, flags, mode) => {
      assert.equal(Number(flags) & flag, flag);
      assert.equal(mode, 0o600);
      if (opened.has(file)) throw Object.assign(new Error("held"), { code: held });
      opened.add(file);
      const handle = await open(file, Number(flags) & ~flag, mode);
      const close = handle.close.bind(handle);
      return Object.assign(handle, {
        close: async () => {
          await close();
          opened.delete(file);
        },
      }) satisfies FileHandle;
    };
  }

  const systems = [
    ["win32", EXCLUSIVELY.win32, "EBUSY"],
    ["darwin", EXCLUSIVELY.others, "EAGAIN"],
  ] as const;
  for (const [platform, flag, held] of systems) {
    const openFile = openingAs(flag, held);
    const make = () => new FileExclusive("key", [{ within: folder(), way: ["a", "b"] }], openFile, platform);

    it(`is one's at a time, and tells whose, as on ${platform}`, async () => {
      const before = Date.now();
      assert.equal(await make().holder(), undefined);
      const taken = await make().take();
      assert.ok(taken?.isWanted);
      assert.equal(await make().take(), undefined);
      const holder = await make().holder();
      assert.ok(holder && holder.since >= before && holder.since <= Date.now());
      assert.deepEqual({ ...holder, since: 0 }, { pid: process.pid, since: 0, isStopped: false });
      taken.dispose();
      let again = await make().take();
      while (!again) {
        await make().released(1_000, new AbortController().signal);
        again = await make().take();
      }
      again.dispose();
    });

    it(`fails with any other error, as on ${platform}`, async () => {
      const fails = () => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));
      const failing = new FileExclusive("key", [{ within: folder(), way: ["a"] }], fails, platform);
      await assert.rejects(failing.take(), { code: "ENOSPC" });
    });
  }

  it("names the bits of the systems", () => {
    assert.deepEqual(EXCLUSIVELY, { win32: 0x10000000, others: 0x20 | constants.O_NONBLOCK });
  });

  it("lies where nobody else looks, and says so when it cannot", async () => {
    const places = [{ within: folder(), way: ["a"] }];
    const openFile = openingAs(EXCLUSIVELY.win32, "EBUSY");
    const taken = await new FileExclusive("key", places, openFile, "win32").take();
    assert.deepEqual((await readdir(path.join(folder(), "a"))).sort(), ["key.holder", "key.lock"]);
    if (process.geteuid) assert.equal((await stat(path.join(folder(), "a"))).mode & 0o777, 0o700);
    taken?.dispose();
    await writeFile(path.join(folder(), "c"), "");
    await assert.rejects(new FileExclusive("key", [{ within: folder(), way: ["c"] }], openFile, "win32").take(), {
      code: "no-private-folder",
    });
  });

  const notes = ["", "{}", '{"pid":"1","since":0}', '{"pid":4194304999,"since":0}', '{"pid":-1,"since":0}', "null"];
  it("tells nobody of a note that is torn, or of a process that is gone", async () => {
    const places = [{ within: folder(), way: ["a"] }];
    const openFile = openingAs(EXCLUSIVELY.win32, "EBUSY");
    const exclusive = new FileExclusive("key", places, openFile, "win32");
    const taken = await exclusive.take();
    for (const note of notes) {
      await writeFile(path.join(folder(), "a", "key.holder"), note);
      assert.equal(await exclusive.holder(), undefined, note);
    }
    taken?.dispose();
  });
});
