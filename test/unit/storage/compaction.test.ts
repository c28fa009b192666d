import assert from "node:assert/strict";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { JournalLine } from "../../../src/orders/journal/events";
import { SegmentJournal } from "../../../src/storage/journal";
import { DAY, HOUR, START } from "../orders/doubles";
import { tracked } from "../orders/lines";
import { asideOf, linesOf, useFolder, writeForeignLine } from "./folder";

const { id } = tracked("1");
const asked = { type: "asked", id, login: "sectigo/a", why: "schedule", question: "everything" } as const;
const pending = {
  type: "answered",
  id,
  login: "sectigo/a",
  outcome: { kind: "pending" },
  inRow: 1,
  failures: 0,
  proves: true,
} as const;

describe("compaction", () => {
  const folder = useFolder();
  const opened: SegmentJournal[] = [];
  let now = START;
  const open = (where = folder()) => {
    const journal = new SegmentJournal(where, () => now);
    opened.push(journal);
    return journal;
  };
  beforeEach(() => void (now = START));
  afterEach(() => Promise.all(opened.splice(0).map((journal) => journal.close())));

  /** Two processes that wrote over three days. */
  async function fill(): Promise<void> {
    const [one, two] = [open(), open()];
    await one.append([tracked("1")], "durable");
    now += HOUR;
    for (let hours = 0; hours < 72; hours += 3) {
      await (hours % 2 ? one : two).append([asked, pending], "durable");
      now += 3 * HOUR;
    }
    await two.append([{ type: "renamed", id, label: "shop" }], "durable");
    await one.close();
    await two.close();
  }

  const types = (lines: readonly JournalLine[]) => lines.map((line) => line.type).sort();

  it("merges what is older than two rotations, and leaves the rest", async () => {
    await fill();
    now = START + 4 * DAY;
    const before = (await readdir(folder())).length;
    const merged = await open().compact();
    assert.ok(merged > 0 && merged < before);
    assert.equal((await readdir(folder())).length, before - merged + 1);
    assert.equal(await open().compact(), 0);
  });

  it("gives new readers the collapsed lines, and old readers nothing that changes their book", async () => {
    await fill();
    const old = open();
    const all = await linesOf(old);
    now = START + 30 * DAY;
    await open().compact();
    assert.deepEqual(types(await linesOf(open())), [
      "answered",
      "answered",
      "asked",
      "asked",
      "renamed",
      "tracked",
      "unchanged",
    ]);
    const again = await linesOf(old);
    const known = new Set(all.map((line) => line.line));
    assert.deepEqual(
      again.filter((line) => !known.has(line.line)).map((line) => line.type),
      ["unchanged"],
    );
    const history = await open().history(id);
    assert.deepEqual(
      history.map(({ line }) => line.type),
      ["tracked", "asked", "answered", "unchanged", "asked", "answered", "renamed"],
    );
  });

  it("keeps damaged lines and those of later versions as they are", async () => {
    await fill();
    const [name = ""] = await readdir(folder());
    const text = await readFile(path.join(folder(), name), "utf8");
    await writeFile(path.join(folder(), name), text.replace('"type":"asked"', '"type":"askee"'));
    now = START + 30 * DAY;
    await writeForeignLine(folder(), "20260302", { v: 1, type: "polished", id, at: now, line: `${"0".repeat(16)}:1` });
    now = START + 60 * DAY;
    const before = open();
    assert.deepEqual((await asideOf(before)).map(({ why }) => why).sort(), ["damaged", "later"]);
    await open().compact();
    const after = await asideOf(open());
    assert.deepEqual(after.map(({ why, order }) => [why, order]).sort(), [
      ["damaged", undefined],
      ["later", id],
    ]);
    // Who told of them before does not tell of them again because they stand in another file.
    assert.deepEqual(await asideOf(before), []);
  });

  it("loses nothing and gives nothing twice wherever it is killed", async () => {
    await fill();
    now = START + 30 * DAY;
    const whole = path.join(folder(), "whole");
    const sources = await readdir(folder());
    await mkdir(whole);
    for (const name of sources) await cp(path.join(folder(), name), path.join(whole, name));
    await open(whole).compact(0);
    const [merged = ""] = await readdir(whole);
    const expected = types(await linesOf(open(whole)));
    assert.ok(sources.length >= 4);

    const claimed = (name: string) => name.replace(".ndjson", ".claimed.ndjson");
    // What a kill leaves: some claimed; all claimed and a temporary file; merged there and some sources not removed.
    const kills: [string, (where: string) => Promise<void>][] = [
      [
        "while it claims",
        (where) => rename(path.join(where, sources[0] ?? ""), path.join(where, claimed(sources[0] ?? ""))),
      ],
      [
        "while it writes",
        async (where) => {
          for (const name of sources) await rename(path.join(where, name), path.join(where, claimed(name)));
          await writeFile(path.join(where, ".x.tmp"), (await readFile(path.join(whole, merged))).subarray(0, 300));
        },
      ],
      [
        "while it removes",
        async (where) => {
          await cp(path.join(whole, merged), path.join(where, merged));
          await rm(path.join(where, sources[1] ?? ""));
          await rename(path.join(where, sources[0] ?? ""), path.join(where, claimed(sources[0] ?? "")));
        },
      ],
    ];
    for (const [what, kill] of kills) {
      const where = path.join(folder(), what);
      await mkdir(where);
      for (const name of sources) await cp(path.join(folder(), name), path.join(where, name));
      const all = new Set((await linesOf(open(where))).map((line) => line.line));
      await kill(where);
      const after = await linesOf(open(where));
      assert.equal(new Set(after.map((line) => line.line)).size, after.length, `${what}: no line twice`);
      if (what !== "while it removes") assert.equal(after.length, all.size, what);
      await open(where).compact(0);
      assert.deepEqual(types(await linesOf(open(where))), expected, what);
      assert.equal((await readdir(where)).length, 1, what);
    }
  });

  it("does not take a line from a writer that was stopped in between", async () => {
    const writer = open();
    await writer.append([tracked("1")], "durable");
    await open().compact(-2 * DAY);
    await writer.append([{ type: "renamed", id, label: "late" }], "durable");
    assert.deepEqual(types(await linesOf(open())), ["renamed", "tracked"]);
  });
});
