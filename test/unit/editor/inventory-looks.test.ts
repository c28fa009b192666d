import assert from "node:assert/strict";
import type { Uri } from "vscode";
import { ReadableFolders } from "../../../src/editor/inventory/readable-folders";
import { Settling } from "../../../src/editor/inventory/settling";
import { FakeClock } from "../orders/doubles";

describe("changes of files", () => {
  it("are told once they are over", async () => {
    const clock = new FakeClock();
    let told = 0;
    const settling = new Settling(clock, () => told++);
    for (let index = 0; index < 3; index++) {
      settling.changed();
      await clock.advance(900);
    }
    assert.equal(told, 0);
    await clock.advance(100);
    assert.deepEqual([told, clock.pending], [1, 0]);
    settling.changed();
    settling.dispose();
    await clock.advance(60_000);
    assert.equal(told, 1);
  });

  it("are told each ten seconds while there is no end of them", async () => {
    const clock = new FakeClock();
    const begun = clock.now();
    const told: number[] = [];
    const settling = new Settling(clock, () => told.push(clock.now() - begun));
    for (let at = 0; at < 25_000; at += 500) {
      settling.changed();
      await clock.advance(500);
    }
    await clock.advance(60_000);
    assert.deepEqual(told, [10_000, 20_000, 25_500]);
  });
});

describe("folders whose files are looked at", () => {
  const folder = (uri: string) => ({ uri: { scheme: uri.slice(0, uri.indexOf(":")), toString: () => uri } as Uri });
  const [here, later, remote] = ["file:///a", "file:///b", "remote://c"].map(folder);
  assert.ok(here && later && remote);
  const all = [here, later, remote];

  it("are those on this computer of a trusted workspace, before anybody asks", () => {
    const folders = new ReadableFolders();
    assert.deepEqual([folders.of(all, true), folders.of(all, false)], [[here, later], []]);
  });

  it("are those that a person asked for, and not what is added later", () => {
    const folders = new ReadableFolders();
    folders.ask([here]);
    assert.deepEqual(folders.of(all, false), [here]);
    folders.ask([here, remote]);
    assert.deepEqual([folders.of(all, false), folders.of(all, true)], [[here, remote], all]);
  });
});
