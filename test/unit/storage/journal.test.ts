import assert from "node:assert/strict";
import { appendFile, readdir, readFile, rename, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import type { JournalLine, OrderEvent } from "../../../src/orders/journal/events";
import type { AsideLine } from "../../../src/orders/ports";
import { SegmentJournal } from "../../../src/storage/journal";
import { hashOf, parseSegmentName } from "../../../src/storage/segment";
import { storageExists } from "../../../src/storage/storage-exists";
import { openStorage } from "../../../src/storage/storage";
import { DAY, START } from "../orders/doubles";
import { stateOf } from "../orders/lines";
import { needs } from "../system";
import { linesOf, useFolder, writeForeignLine } from "./folder";

const renamed = (label: string, id = "a"): OrderEvent => ({ type: "renamed", id, label });
const labels = (lines: readonly JournalLine[]) =>
  lines.map((line) => (line.type === "renamed" ? line.label : line.type));

describe("journal", () => {
  const folder = useFolder();
  const orders = () => path.join(folder(), "orders");
  const opened: SegmentJournal[] = [];
  const open = (now?: () => number) => {
    const journal = new SegmentJournal(orders(), now);
    opened.push(journal);
    return journal;
  };
  afterEach(() => Promise.all(opened.splice(0).map((journal) => journal.close())));

  it("gives what others appended, once, and leaves nothing behind while it is not used", async () => {
    const [one, two] = [open(), open()];
    assert.deepEqual(await linesOf(two), []);
    assert.deepEqual(await readdir(folder()), []);
    await one.append([renamed("1"), renamed("2")], "durable");
    assert.deepEqual(labels(await linesOf(two)), ["1", "2"]);
    assert.deepEqual(await linesOf(two), []);
    await one.append([renamed("3")], "buffered");
    await two.append([renamed("4")], "durable");
    assert.deepEqual(labels(await linesOf(two)), ["3"]);
    assert.deepEqual(labels(await linesOf(one)), ["4"]);
    assert.deepEqual(labels(await linesOf(open())).sort(), ["1", "2", "3", "4"]);
  });

  it("returns appended lines as readers will see them, in order, for many at once", async () => {
    const one = open();
    const appended = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        one.append([renamed(String(index))], index % 2 ? "durable" : "buffered"),
      ),
    );
    assert.deepEqual(plain(await linesOf(open())), plain(appended.flat()));
  });

  it("stamps a line that takes back another with the time it is written, for every reader", async () => {
    const one = open(() => START);
    const id = "a";
    await one.append([{ type: "opened", id }], "durable");
    const [line] = await one.append([{ type: "opened", id, at: 0 }], "durable");
    assert.deepEqual([line?.at, line?.t], [0, START]);
    const read = await linesOf(open());
    assert.deepEqual(
      read.map(({ at, t }) => [at, t]),
      [
        [START, undefined],
        [0, START],
      ],
    );
  });

  it("stamps a line later than all it has read, whatever the clock does", async () => {
    const ahead = open(() => START + DAY);
    await ahead.append([renamed("first")], "durable");
    const back = open(() => START);
    await linesOf(back);
    const [line] = await back.append([renamed("second")], "durable");
    assert.equal(line?.at, START);
    assert.equal(line.t, START + DAY + 1);
    const all = await linesOf(open());
    const fold = stateOf([
      {
        v: 1,
        at: START,
        line: `${"0".repeat(16)}:1`,
        type: "tracked",
        id: "a",
        ca: "sectigo",
        product: "ssl",
        reference: { kind: "collectionCode" },
      },
      ...all,
    ]);
    assert.equal(fold.orders[0]?.label, "second");
  });

  it("rotates daily", async () => {
    let now = START;
    const one = open(() => now);
    await one.append([renamed("1")], "durable");
    now += DAY;
    await one.append([renamed("2")], "durable");
    const names = await readdir(orders());
    assert.deepEqual(names.map((name) => parseSegmentName(name)?.day).sort(), ["20260131", "20260201"]);
    assert.deepEqual(labels(await linesOf(open())), ["1", "2"]);
  });

  it("survives a truncation at every byte: lines before it stand, the torn one is skipped", async () => {
    const one = open();
    await one.append([renamed("1"), renamed("2", "b"), renamed("3")], "durable");
    await one.close();
    const file = path.join(orders(), (await readdir(orders()))[0] ?? "");
    const bytes = await readFile(file);
    const ends = [...bytes.keys()].filter((index) => bytes[index] === 10);
    for (let length = bytes.length; length >= 0; length--) {
      await truncate(file, length);
      const whole = ends.filter((end) => end < length).length;
      assert.deepEqual(labels(await linesOf(open())), ["1", "2", "3"].slice(0, whole), `cut to ${length} bytes`);
    }
  });

  it("reads the rest of a torn line when it comes", async () => {
    const one = open();
    await one.append([renamed("1"), renamed("2")], "durable");
    await one.close();
    const file = path.join(orders(), (await readdir(orders()))[0] ?? "");
    const bytes = await readFile(file);
    const reader = open();
    await truncate(file, bytes.length - 20);
    assert.deepEqual(labels(await linesOf(reader)), ["1"]);
    await appendFile(file, bytes.subarray(bytes.length - 20));
    assert.deepEqual(labels(await linesOf(reader)), ["2"]);
  });

  it("sets aside a line in which any byte was changed, and no line becomes another's", async () => {
    const one = open();
    const [first, second, third] = await one.append([renamed("1"), renamed("2", "b"), renamed("3", "c")], "durable");
    await one.close();
    const file = path.join(orders(), (await readdir(orders()))[0] ?? "");
    const bytes = await readFile(file);
    const start = bytes.indexOf(10) + 1;
    const end = bytes.indexOf(10, start);
    for (let at = start; at <= end; at++) {
      for (const put of at % 2 ? [0x0a, 0x30] : [(bytes[at] ?? 0) ^ 1]) {
        const damaged = Buffer.from(bytes);
        damaged[at] = put;
        await writeFile(file, damaged);
        const expected = put === bytes[at] ? [first, second, third] : at === end ? [first] : [first, third];
        assert.deepEqual(
          plain(await linesOf(open())),
          plain(expected.flatMap((line) => line ?? [])),
          `byte ${at} became ${put}`,
        );
      }
    }
  });

  it("counts what it sets aside, of later versions too", async () => {
    const one = open();
    await one.append([renamed("1")], "durable");
    const file = path.join(orders(), (await readdir(orders()))[0] ?? "");
    await writeForeignLine(orders(), "20260131", {
      v: 1,
      type: "polished",
      id: "a",
      at: 1,
      line: `${"0".repeat(16)}:1`,
    });
    await appendFile(file, `garbage\n${"x".repeat(9_000_000)}\n`);
    await one.append([renamed("2")], "durable");
    const reader = open();
    const aside: AsideLine[] = [];
    const lines: JournalLine[] = [];
    await reader.read(
      (line) => lines.push(line),
      (line) => aside.push(line),
    );
    assert.deepEqual(labels(lines), ["1", "2"]);
    assert.deepEqual(
      aside.flatMap(({ why, order }) => (why === "later" ? [order] : [])),
      ["a"],
    );
    assert.ok(aside.filter(({ why }) => why === "damaged").length >= 2);
  });

  it("refuses a line that is too long and takes the others", async () => {
    const one = open();
    const results = await Promise.allSettled([
      one.append([renamed("1")], "durable"),
      one.append([renamed("x".repeat(300_000))], "durable"),
      one.append([renamed("2")], "durable"),
    ]);
    assert.deepEqual(
      results.map((result) => result.status),
      ["fulfilled", "rejected", "fulfilled"],
    );
    assert.deepEqual(labels(await linesOf(open())), ["1", "2"]);
    const history = await open().history("a");
    assert.deepEqual(
      history.map((each) => each.chained),
      [true, true],
    );
  });

  it("says so when the folder cannot be written, goes on reading, and writes again when it can", async () => {
    const one = open();
    await one.append([renamed("1")], "durable");
    const reader = open();
    await linesOf(reader);
    await rename(orders(), `${orders()}-away`);
    await writeFile(orders(), "a file where the folder was");
    await assert.rejects(open().append([renamed("2")], "durable"), { name: "StorageError" });
    await assert.rejects(linesOf(reader), { name: "StorageError" });
    await rename(orders(), `${orders()}-file`);
    await rename(`${orders()}-away`, orders());
    await one.append([renamed("3")], "durable");
    assert.deepEqual(labels(await linesOf(reader)), ["3"]);
  });

  it("chains on from the last line that was written, after one that was not", async () => {
    let now = START;
    const one = open(() => now);
    await one.append([renamed("1")], "durable");
    // A new day takes a new file, for which there is no folder.
    now += DAY;
    await rename(orders(), `${orders()}-away`);
    await writeFile(orders(), "a file where the folder was");
    await assert.rejects(one.append([renamed("2")], "durable"), { name: "StorageError" });
    await rename(orders(), `${orders()}-file`);
    await rename(`${orders()}-away`, orders());
    await one.append([renamed("3")], "durable");
    const history = await one.history("a");
    assert.deepEqual(labels(history.map(({ line }) => line)), ["1", "3"]);
    const [first, last] = history;
    assert.ok(first && last?.text.includes(`"prev":"${hashOf(first.text)}"`));
  });

  it("writes a line again when its segment was claimed before the line was in", async () => {
    const one = open();
    await one.append([renamed("1")], "durable");
    const [name = ""] = await readdir(orders());
    await rename(path.join(orders(), name), path.join(orders(), name.replace(".ndjson", ".claimed.ndjson")));
    await one.append([renamed("2")], "durable");
    const names = await readdir(orders());
    assert.equal(names.length, 2);
    // In the claimed one it may come too late; the second file makes sure.
    const second = names.find((each) => !each.includes("claimed")) ?? "";
    assert.match(await readFile(path.join(orders(), second), "utf8"), /"label":"2"/);
    assert.deepEqual([...new Set(labels(await linesOf(open())))], ["1", "2"]);
  });

  it("tells of another process' lines, and not of its own", async () => {
    const [one, two] = [open(), open()];
    await one.append([renamed("1")], "durable");
    await two.append([renamed("0")], "durable");
    let told = 0;
    let tell = (): void => undefined;
    const heard = new Promise<void>((resolve) => (tell = resolve));
    const watching = two.watch(() => {
      told++;
      tell();
    });
    await two.append([renamed("2")], "durable");
    await one.append([renamed("3")], "durable");
    await heard;
    assert.equal(told, 1);
    assert.deepEqual(labels(await linesOf(two)), ["1", "3"]);
    watching.dispose();
  });

  it("chains a writer's lines by their hashes, and shows where one is missing", async () => {
    const one = open();
    for (const label of ["1", "2", "3", "4"]) await one.append([renamed(label, label === "2" ? "b" : "a")], "durable");
    assert.deepEqual(
      (await one.history("a")).map((each) => each.chained),
      [true, true, true],
    );
    const file = path.join(orders(), (await readdir(orders()))[0] ?? "");
    const lines = (await readFile(file, "utf8")).split("\n");
    await writeFile(file, lines.filter((_, index) => index !== 2).join("\n"));
    assert.deepEqual(
      (await one.history("a")).map((each) => [labels([each.line])[0], each.chained]),
      [
        ["1", true],
        ["4", false],
      ],
    );
  });
});

/** Lines without what chains them. */
function plain(lines: readonly JournalLine[]): unknown[] {
  return lines.map((line) => ({ ...line, prev: undefined, hash: undefined }));
}

describe("storage", () => {
  const folder = useFolder();

  it("looks once and makes nothing while it was never used", async () => {
    const global = path.join(folder(), "global");
    assert.equal(await storageExists(global), false);
    const storage = openStorage(global, () => assert.fail("a lock makes its folder"));
    assert.deepEqual(await linesOf(storage.journal), []);
    assert.equal(await storage.compact(), 0);
    await storage.close();
    assert.deepEqual(await readdir(folder()), []);
  });

  it("keeps everything to this user", async function () {
    needs(this, "modes");
    const storage = openStorage(folder());
    await storage.journal.append([renamed("1")], "durable");
    await storage.blobs.put(Buffer.from("der"));
    for (const name of await readdir(folder(), { recursive: true })) {
      const { mode } = await stat(path.join(folder(), name));
      assert.equal(mode & 0o077, 0, name);
    }
    assert.equal(await storageExists(folder()), true);
    await storage.close();
  });
});
