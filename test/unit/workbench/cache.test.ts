import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { cached, cacheFolder } from "../../workbench/cache";

describe("the cache of downloads", () => {
  let cache: string;
  beforeEach(() => {
    cache = path.join(mkdtempSync(path.join(tmpdir(), "cache-")), "made", "on", "use");
  });
  afterEach(() => rmSync(path.resolve(cache, "..", "..", ".."), { recursive: true }));

  const write = (text: string) => (folder: string) => {
    writeFileSync(path.join(folder, "file"), text);
    return Promise.resolve();
  };

  it("is filled once", async () => {
    const folder = await cached(cache, "thing-1.2.3", write("first"));
    assert.equal(folder, path.join(cache, "thing-1.2.3"));
    assert.equal(await cached(cache, "thing-1.2.3", write("second")), folder);
    assert.equal(readFileSync(path.join(folder, "file"), "utf8"), "first");
  });

  it("shows nothing while it is being filled, nor after that failed", async () => {
    const failing = async (folder: string) => {
      await write("half")(folder);
      assert.equal(existsSync(path.join(cache, "thing-1.2.3")), false);
      throw new Error("the network went away");
    };
    await assert.rejects(cached(cache, "thing-1.2.3", failing), /network went away/);
    assert.deepEqual(readdirSync(cache), []);
  });

  it("knows what a killed run left half done", async () => {
    // No process has this id: Linux ends at 4194304, macOS at 99999.
    const half = path.join(cache, "thing-1.2.3.2147483646.9b2f4c1e-0000-4000-8000-000000000000.partial");
    const running = path.join(cache, `other-1.0.0.${process.pid}.9b2f4c1e-0000-4000-8000-000000000000.partial`);
    for (const folder of [half, running]) mkdirSync(folder, { recursive: true });
    await cached(cache, "thing-1.2.3", write("whole"));
    assert.deepEqual(readdirSync(cache).sort(), [path.basename(running), "thing-1.2.3"].sort());
  });

  it("keeps the first of two runs at the same time", async () => {
    let meet: () => void = () => undefined;
    const met = new Promise<void>((resolve) => (meet = resolve));
    const slow = cached(cache, "thing-1.2.3", async (folder) => {
      await met;
      await write("slow")(folder);
    });
    await cached(cache, "thing-1.2.3", write("fast"));
    meet();
    assert.equal(readFileSync(path.join(await slow, "file"), "utf8"), "fast");
    assert.deepEqual(readdirSync(cache), ["thing-1.2.3"]);
  });

  it("lies where the XDG specification says", () => {
    const home = path.join(homedir(), ".cache", "certificate-collector");
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/var/cache/me" }), path.join("/var/cache/me", "certificate-collector"));
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "relative" }), home);
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "" }), home);
    assert.equal(cacheFolder({}), home);
  });
});
