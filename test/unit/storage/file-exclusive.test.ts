import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants, existsSync } from "node:fs";
import { mkdir, open, readdir, rm, stat, writeFile, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { EXCLUSIVELY, FileExclusive } from "../../../src/storage/file-exclusive";
import { userExclusive } from "../../../src/storage/user-exclusive";
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

  const answers: readonly (readonly [NodeJS.Platform, string, "held" | "failed"])[] = [
    ["darwin", "EAGAIN", "held"],
    ["darwin", "EWOULDBLOCK", "held"],
    ["darwin", "EINTR", "held"],
    ["darwin", "EOPNOTSUPP", "failed"],
    ["darwin", "EACCES", "failed"],
    ["freebsd", "EAGAIN", "held"],
    ["win32", "EBUSY", "held"],
    ["win32", "EPERM", "failed"],
  ];
  for (const [platform, code, meaning] of answers) {
    it(`has ${meaning} where ${platform} says ${code}, and leaves no note`, async () => {
      const answersSo = () => Promise.reject(Object.assign(new Error(code), { code }));
      const exclusive = new FileExclusive("key", [{ within: folder(), way: ["a"] }], answersSo, platform);
      if (meaning === "held") assert.equal(await exclusive.take(), undefined);
      else await assert.rejects(exclusive.take(), { code });
      assert.deepEqual(await readdir(path.join(folder(), "a")), []);
    });
  }

  it("waits for nothing in the system: macOS and the BSDs would otherwise, until it is free", async () => {
    const asked: number[] = [];
    for (const platform of ["darwin", "freebsd", "win32"] as const) {
      const openFile: typeof open = async (file, flags, mode) => {
        asked.push(Number(flags));
        return open(file, constants.O_RDWR | constants.O_CREAT, mode);
      };
      (await new FileExclusive("key", [{ within: folder(), way: ["a"] }], openFile, platform).take())?.dispose();
    }
    const [made, waitsNot] = [constants.O_RDWR | constants.O_CREAT, (constants.O_NONBLOCK as number | undefined) ?? 0];
    assert.deepEqual(asked, [made | 0x20 | waitsNot, made | 0x20 | waitsNot, made | 0x10000000]);
  });

  it("is given back where the note cannot be removed", async () => {
    const openFile = openingAs(EXCLUSIVELY.others, "EAGAIN");
    const make = () => new FileExclusive("key", [{ within: folder(), way: ["a"] }], openFile, "darwin");
    const taken = await make().take();
    await rm(path.join(folder(), "a", "key.holder"));
    await mkdir(path.join(folder(), "a", "key.holder"));
    taken?.dispose();
    let again = await make().take();
    while (!again) {
      await make().released(1_000, new AbortController().signal);
      again = await make().take();
    }
    again.dispose();
  });

  it("is what every system but Linux has", () => {
    const platforms = ["linux", "darwin", "win32", "freebsd"] as const;
    assert.deepEqual(
      platforms.filter((platform) => userExclusive("a", [], platform) instanceof FileExclusive),
      ["darwin", "win32", "freebsd"],
    );
  });

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

// Linux has no such open: there the lock is another one.
(process.platform === "linux" ? describe.skip : describe)("exclusive by a file, as the system itself has it", () => {
  const folder = useFolder();
  const make = () => new FileExclusive("key", [{ within: folder(), way: ["a"] }]);

  async function takeAgain(): Promise<void> {
    let taken = await make().take();
    while (!taken) {
      await make().released(1_000, new AbortController().signal);
      taken = await make().take();
    }
    taken.dispose();
  }

  it("is one's at a time in a process", async () => {
    const taken = await make().take();
    assert.ok(taken);
    assert.equal(await make().take(), undefined);
    assert.equal((await make().holder())?.pid, process.pid);
    taken.dispose();
    await takeAgain();
  });

  it("is one's at a time among processes, and comes back from one that is killed", async () => {
    (await make().take())?.dispose();
    await takeAgain();
    const [file, sign] = ["key.lock", "sign"].map((name) => JSON.stringify(path.join(folder(), "a", name)));
    const flags = constants.O_RDWR | (process.platform === "win32" ? EXCLUSIVELY.win32 : EXCLUSIVELY.others);
    // The lock may be on its way back still.
    const script = `const fs = require("node:fs");
      const take = () => {
        try {
          fs.openSync(${file}, ${flags});
          fs.writeFileSync(${sign}, "");
        } catch { setTimeout(take, 10); }
      };
      take();
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ["-e", script], { stdio: "ignore" });
    try {
      while (!existsSync(path.join(folder(), "a", "sign"))) await make().released(1_000, new AbortController().signal);
      for (let time = 0; time < 20; time++) assert.equal(await make().take(), undefined);
    } finally {
      child.kill("SIGKILL");
    }
    await once(child, "exit");
    await takeAgain();
  });
});
