import assert from "node:assert/strict";
import { constants } from "node:fs";
import promises, { chmod, mkdir, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { PATIENCE, removeFile, renameFile, untilFree, type BlockedClock } from "../../../src/storage/blocked-files";
import { EXCLUSIVELY } from "../../../src/storage/file-exclusive";
import { needs } from "../system";
import { useFolder } from "./folder";

/** A clock of a system: a wait passes at once, and whoever looks sees how long it was. */
class Clock implements BlockedClock {
  readonly waits: number[] = [];
  private time = 1_000;

  constructor(
    readonly platform: NodeJS.Platform,
    /** ms that each attempt takes */
    private readonly slowness = 0,
  ) {}

  now(): number {
    return (this.time += this.slowness);
  }

  wait(ms: number): Promise<void> {
    this.waits.push(ms);
    this.time += ms;
    return Promise.resolve();
  }

  get waited(): number {
    return this.waits.reduce((sum, ms) => sum + ms, 0);
  }
}

const failing = (code: string): Error => Object.assign(new Error(code), { code });

/** Fails so often, then gives a value. */
function blockedFor(times: number, code = "EBUSY"): { readonly work: () => Promise<string>; attempts: number } {
  const state = {
    attempts: 0,
    work: () => (++state.attempts > times ? Promise.resolve("done") : Promise.reject(failing(code))),
  };
  return state;
}

describe("a file that another program has open", () => {
  const folder = useFolder();

  for (const code of ["EPERM", "EBUSY", "EACCES"]) {
    it(`is waited for on Windows, which says ${code}`, async () => {
      const clock = new Clock("win32");
      const blocked = blockedFor(12, code);
      assert.equal(await untilFree(blocked.work, clock), "done");
      assert.deepEqual(clock.waits, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 100, 100]);
    });
  }

  const atOnce: readonly (readonly [NodeJS.Platform, string])[] = [
    ["linux", "EPERM"],
    ["darwin", "EBUSY"],
    ["linux", "EACCES"],
    ["win32", "ENOENT"],
    ["win32", "ENOSPC"],
    ["win32", "EEXIST"],
  ];
  for (const [platform, code] of atOnce) {
    it(`is no reason to wait on ${platform} for ${code}`, async () => {
      const clock = new Clock(platform);
      const blocked = blockedFor(1, code);
      await assert.rejects(untilFree(blocked.work, clock), { code });
      assert.deepEqual([blocked.attempts, clock.waits], [1, []]);
    });
  }

  it("is given up after a time", async () => {
    const clock = new Clock("win32", 300);
    const blocked = blockedFor(Infinity);
    await assert.rejects(untilFree(blocked.work, clock), { code: "EBUSY" });
    assert.ok(clock.waited < PATIENCE.ms && blocked.attempts > 20 && blocked.attempts < 40, `${blocked.attempts}`);
  });

  it("is given up after a number of attempts, should the clock stand still", async () => {
    const clock = new Clock("win32");
    clock.now = () => 0;
    const blocked = blockedFor(Infinity);
    await assert.rejects(untilFree(blocked.work, clock), { code: "EBUSY" });
    assert.equal(blocked.attempts, PATIENCE.attempts);
  });

  it("is given up at once where waiting is in vain, which is asked once", async () => {
    const clock = new Clock("win32");
    const blocked = blockedFor(3);
    await assert.rejects(
      untilFree(blocked.work, clock, () => Promise.resolve(true)),
      { code: "EBUSY" },
    );
    assert.equal(blocked.attempts, 1);
    let asked = 0;
    const notInVain = () => Promise.resolve(++asked === 0);
    assert.equal(await untilFree(blockedFor(3).work, clock, notInVain), "done");
    assert.equal(asked, 1);
  });

  it("is waited for with the errors alone that may pass", async () => {
    const clock = new Clock("win32");
    await assert.rejects(untilFree(blockedFor(1, "EPERM").work, clock, undefined, ["EBUSY"]), { code: "EPERM" });
    assert.equal(await untilFree(blockedFor(1, "EBUSY").work, clock, undefined, ["EBUSY"]), "done");
  });

  it("is renamed over another one, and removed", async () => {
    const [from, to] = ["from", "to"].map((name) => path.join(folder(), name)) as [string, string];
    await writeFile(from, "new");
    await writeFile(to, "old");
    await renameFile(from, to);
    assert.equal(await readFile(to, "utf8"), "new");
    await removeFile(to);
    await assert.rejects(stat(to), { code: "ENOENT" });
    await removeFile(to);
  });

  it("is waited for until the other one closes it, as the system itself has it", async function () {
    needs(this, "files that are held");
    const [from, to] = ["from", "to"].map((name) => path.join(folder(), name)) as [string, string];
    for (const act of ["rename over", "rename", "remove"] as const) {
      for (const [file, text] of [
        [from, "new"],
        [to, "old"],
      ] as const)
        await writeFile(file, text);
      const held = await open(act === "rename over" ? to : from, constants.O_RDWR | EXCLUSIVELY.win32);
      const clock = new Clock("win32");
      const wait = clock.wait.bind(clock);
      clock.wait = async (ms) => {
        await wait(ms);
        if (clock.waits.length === 3) await held.close();
      };
      if (act === "remove") await removeFile(from, clock);
      else await renameFile(from, to, undefined, clock);
      assert.equal(clock.waits.length, 3, act);
      assert.equal(await readFile(to, "utf8"), act === "remove" ? "old" : "new");
      await assert.rejects(stat(from), { code: "ENOENT" });
    }
  });

  it("is not replaced once it is another file than before: that is asked before each further attempt", async () => {
    const [from, to] = ["from", "to"].map((name) => path.join(folder(), name)) as [string, string];
    for (const file of [from, to]) await writeFile(file, file);
    const { rename } = promises;
    let attempts = 0;
    promises.rename = () => Promise.reject(Object.assign(new Error(`attempt ${++attempts}`), { code: "EBUSY" }));
    try {
      let asked = 0;
      const isStill = () => (++asked === 3 ? Promise.reject(new Error("changed")) : Promise.resolve());
      await assert.rejects(renameFile(from, to, isStill, new Clock("win32")), /^Error: changed$/);
      assert.deepEqual([attempts, asked], [3, 3]);
    } finally {
      promises.rename = rename;
    }
    assert.equal(await readFile(to, "utf8"), to);
  });

  it("is no folder and not read-only: those are never waited for", async () => {
    const clock = new Clock("win32");
    const [from, to] = ["from", "to"].map((name) => path.join(folder(), name)) as [string, string];
    await writeFile(from, "");
    await mkdir(to);
    await assert.rejects(renameFile(from, to, undefined, clock));
    await assert.rejects(removeFile(to, clock));
    await rm(to, { recursive: true });
    await writeFile(to, "", { mode: 0o400 });
    await renameFile(from, to, undefined, clock).catch(() => chmod(to, 0o600));
    assert.deepEqual(clock.waits, []);
  });
});

/** Where files are renamed or removed without waiting, and why that is right. */
const WITHOUT_WAITING: Readonly<Record<string, string>> = {
  "blocked-files.ts": "it is what waits",
  "boot.ts": "of Linux alone",
  "socket-folder.ts": "of Linux alone",
  "file-exclusive.ts": "nobody waits for a note",
};

describe("renames and removals of ours", () => {
  it("wait for files that are blocked, all but those with a reason not to", async () => {
    const files = (await readdir("src", { recursive: true })).filter((name) => name.endsWith(".ts"));
    assert.ok(files.length > 500);
    const found: string[] = [];
    for (const name of files) {
      const text = await readFile(path.join("src", name), "utf8");
      const imports = /^import \{([^}]*)\} from "node:fs(?:\/promises)?";$/gm;
      const taken = [...text.matchAll(imports)].flatMap(([, names = ""]) =>
        names.split(",").map((each) => each.trim()),
      );
      if (taken.some((each) => /^(?:rename|rm|rmdir|unlink)(?:Sync)?$/.test(each))) found.push(path.basename(name));
    }
    assert.deepEqual(found.sort(), Object.keys(WITHOUT_WAITING).sort());
  });
});
