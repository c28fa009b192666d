import assert from "node:assert/strict";
import { chmod, chown, mkdir, readdir, rename, stat, symlink, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Exclusive } from "../../../src/storage/exclusive";
import type { FolderPlace } from "../../../src/storage/private-folder";
import { MAX_WAITING } from "../../../src/storage/socket-folder";
import { SocketExclusive } from "../../../src/storage/socket-exclusive";
import { useFolder } from "./folder";

const never = (): AbortSignal => new AbortController().signal;

(process.platform === "linux" ? describe : describe.skip)("exclusive by sockets", () => {
  const folder = useFolder();
  const place = (name: string): FolderPlace => ({ within: folder(), way: [name] });
  const one = (...names: readonly string[]): Exclusive => new SocketExclusive("key", names.map(place));

  /** Takes what must be free. */
  async function mustTake(exclusive: Exclusive) {
    const taken = await exclusive.take();
    assert.ok(taken);
    return taken;
  }

  /** The path of the socket that is held, and what lies beside it. */
  async function socketOf(name: string): Promise<{ path: string; beside: string[] }> {
    const [boot = ""] = await readdir(path.join(folder(), name));
    const within = path.join(folder(), name, boot, "key");
    const beside = await readdir(within);
    const generation = Math.max(...beside.map(Number).filter((number) => !Number.isNaN(number)));
    return { path: path.join(within, String(generation)), beside };
  }

  it("tells who holds it, and that nobody does", async () => {
    const before = Date.now();
    assert.equal(await one("a").holder(), undefined);
    const taken = await mustTake(one("a"));
    const holder = await one("a").holder();
    assert.ok(holder && holder.since >= before && holder.since <= Date.now());
    assert.deepEqual({ ...holder, since: 0 }, { pid: process.pid, since: 0, isStopped: false });
    taken.dispose();
    assert.equal(await one("a").holder(), undefined);
  });

  it("tells no number of a process of another container, which here is another process", async () => {
    const taken = await mustTake(one("a"));
    const { path: socket, beside } = await socketOf("a");
    const name = beside.find((each) => each.split(".").length === 5) ?? "";
    const parts = name.split(".");
    parts[3] = "4026000000";
    await rename(path.join(socket, "..", name), path.join(socket, "..", parts.join(".")));
    const holder = await one("a").holder();
    assert.deepEqual({ ...holder, since: 0 }, { since: 0, isStopped: false });
    taken.dispose();
  });

  it("leaves no more behind after a hundred holders than after two", async () => {
    for (let count = 0; count < 100; count++) (await mustTake(one("a"))).dispose();
    const taken = await mustTake(one("a"));
    const { beside } = await socketOf("a");
    assert.deepEqual(
      beside.filter((name) => !name.startsWith("101")),
      [],
    );
    taken.dispose();
  });

  it("keeps some connections and no more, whatever comes, and lets go all the same", async () => {
    const taken = await mustTake(one("a"));
    const { path: socket } = await socketOf("a");
    const errors: string[] = [];
    const all = Array.from({ length: 10 * MAX_WAITING }, () =>
      net
        .connect(socket)
        .on("error", ({ message }) => errors.push(message))
        .resume(),
    );
    const ended = await new Promise<number>((resolve) => {
      let count = 0;
      for (const each of all) each.on("close", () => ++count === 9 * MAX_WAITING && resolve(count));
    });
    assert.equal(ended, 9 * MAX_WAITING);
    const kept = all.filter((each) => !each.destroyed).length;
    assert.equal(kept, MAX_WAITING, `${kept} kept; ${errors.length} errors: ${[...new Set(errors)].join(", ")}`);
    assert.ok(taken.isWanted);
    assert.equal(await one("a").take(), undefined);

    // Who is one too many waits for the timer, and has its turn when the holder lets go.
    let waits = 0;
    const turn = (async () => {
      for (;;) {
        const mine = await one("a").take();
        if (mine) return mine;
        waits++;
        await one("a").released(1_000, never());
      }
    })();
    while (waits === 0) await sleep(1);
    taken.dispose();
    (await turn).dispose();
    assert.ok(waits < 20, `${waits}`);
  });

  const others: readonly (readonly [what: string, lay: (file: string) => Promise<unknown>])[] = [
    ["a file", (file) => writeFile(file, "")],
    ["a link to a folder", (file) => symlink(folder(), file)],
    ["a link to nowhere", (file) => symlink(path.join(folder(), "nowhere"), file)],
  ];
  for (const [what, lay] of others) {
    it(`goes on to the next place where ${what} lies in the first`, async () => {
      await lay(path.join(folder(), "a"));
      const taken = await mustTake(one("a", "b"));
      assert.equal(await one("a", "b").take(), undefined);
      assert.equal((await stat(path.join(folder(), "b"))).mode & 0o777, 0o700);
      taken.dispose();
    });
  }

  it("goes on to the next place where the folder of the first is missing, or its path is too long for a socket", async () => {
    const places: FolderPlace[] = [
      { within: path.join(folder(), "missing"), way: ["a"] },
      { within: folder(), way: ["x".repeat(90)] },
      place("b"),
    ];
    const taken = await mustTake(new SocketExclusive("key", places));
    await socketOf("b");
    assert.equal(await new SocketExclusive("key", places).take(), undefined);
    taken.dispose();
    assert.deepEqual((await readdir(folder())).sort(), ["b", "x".repeat(90)]);
  });

  it("says what to do when there is no place", async () => {
    await writeFile(path.join(folder(), "a"), "");
    await assert.rejects(one("a").take(), {
      code: "no-private-folder",
      message: new RegExp(`Make one of these folders your own and writable: ${path.join(folder(), "a")}\\.`),
    });
    await writeFile(path.join(folder(), "b"), "");
    await assert.rejects(one("a", "b").take(), { message: /\ba or [^ ]*b\.$/ });
    assert.equal(await one("a").holder(), undefined);
    await one("a").released(10_000, never());
  });

  it("respects who holds it in another place", async () => {
    const first = await mustTake(one("a", "b"));
    assert.equal(await one("b", "a").take(), undefined);
    assert.equal((await one("b", "a").holder())?.pid, process.pid);
    const released = one("b", "a").released(10_000, never());
    while (!first.isWanted) await sleep(1);
    first.dispose();
    await released;
    const second = await mustTake(one("b", "a"));
    assert.equal(await one("a", "b").take(), undefined);
    second.dispose();
    (await mustTake(one("a", "b"))).dispose();
  });

  it("goes on to the next place where the folder of the first is another user's", async function () {
    // Only root may give one away; for others the system says no to what they do in it.
    if (process.getuid?.() !== 0) this.skip();
    await mkdir(path.join(folder(), "a"), { mode: 0o700 });
    await chown(path.join(folder(), "a"), 65_534, 65_534);
    (await mustTake(one("a", "b"))).dispose();
    await socketOf("b");
    assert.deepEqual(await readdir(path.join(folder(), "a")), []);
  });

  it("closes a folder that was opened to others", async () => {
    (await mustTake(one("a"))).dispose();
    const file = path.join(folder(), "a");
    await chmod(file, 0o777);
    (await mustTake(one("a"))).dispose();
    assert.equal((await stat(file)).mode & 0o777, 0o700);
  });

  it("removes what former boots of this computer left, and nothing of other computers", async () => {
    (await mustTake(one("a"))).dispose();
    const within = path.join(folder(), "a");
    const [boot = ""] = await readdir(within);
    const [mark = ""] = (await readdir(path.join(within, boot))).filter((name) => name.startsWith("of-"));
    assert.notEqual(mark, "", "the system keeps a number of this computer");
    // As if the one boot had been another.
    await rename(path.join(within, boot), path.join(within, "former"));
    await mkdir(path.join(within, "other", "key"), { recursive: true });
    await writeFile(path.join(within, "other", "of-another"), "");
    (await mustTake(one("a"))).dispose();
    assert.deepEqual((await readdir(within)).sort(), [boot, "other"].sort());
  });
});
