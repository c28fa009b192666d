import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { JournalLine } from "../../src/orders/journal/events";
import { SegmentJournal } from "../../src/storage/journal";
import { losePower } from "./power-loss";
import { Writers } from "./writers";

/** Compactions while four processes write. */
const COMPACTIONS = 1_000;

describe("a journal that several processes write", function () {
  this.timeout(150_000);

  let folder: string;
  let writers: Writers;
  const orders = () => path.join(folder, "orders");

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "certificate-collector-journal-"));
  });
  afterEach(async () => {
    await writers.killAll();
    await rm(folder, { recursive: true, force: true });
  });

  /** What a line says, by its place; every line must be one that some writer wrote, about its own order. */
  function labelsOf(lines: readonly JournalLine[]): Map<string, string> {
    const labels = new Map<string, string>();
    for (const line of lines) {
      assert.ok(line.type === "renamed");
      assert.equal(line.id, `order of ${line.label.split(" ")[0]}`, "torn into another order");
      assert.equal(labels.get(line.line) ?? line.label, line.label);
      labels.set(line.line, line.label);
    }
    return labels;
  }

  /** How many acknowledged lines are not there as they were acknowledged. */
  function lost(lines: readonly JournalLine[]): number {
    const there = labelsOf(lines);
    return [...writers.acknowledged].filter(([place, label]) => there.get(place) !== label).length;
  }

  it(`keeps every acknowledged line through ${COMPACTIONS} compactions with kills, for new readers and old`, async () => {
    writers = new Writers(folder);
    const four = Array.from({ length: 4 }, () => writers.start("writer"));
    let compactor = writers.start("compactor");
    const tail = new SegmentJournal(orders());
    const read: JournalLine[] = [];
    for (let kills = 0; writers.compactions < COMPACTIONS; kills++) {
      const next = Math.min(COMPACTIONS, writers.compactions + 40);
      await writers.until(() => writers.compactions >= next);
      await tail.read((line) => read.push(line));
      // Whoever is in the middle of something, by turns.
      const victim = four[kills % 5];
      await writers.kill(victim ?? compactor);
      if (victim) four[kills % 5] = writers.start("writer");
      else compactor = writers.start("compactor");
    }
    await writers.killAll();
    await tail.read((line) => read.push(line));
    assert.ok(writers.acknowledged.size > COMPACTIONS);
    assert.equal(lost(await linesOf(orders())), 0);
    assert.equal(lost(read), 0);
  });

  it("keeps every acknowledged line when the power goes", async () => {
    for (let times = 0; times < 10; times++) {
      writers = new Writers(folder, "noted");
      for (let started = 0; started < 2; started++) writers.start("writer");
      writers.start("compactor");
      await writers.until(() => writers.acknowledged.size >= 30 && writers.compactions >= 3);
      await writers.killAll();
      losePower(orders(), path.join(folder, "notes"));
      assert.equal(lost(await linesOf(orders())), 0);
      await rm(folder, { recursive: true });
    }
  });

  it("would be seen to lose lines then if fsync were taken out", async () => {
    writers = new Writers(folder, "taken out");
    writers.start("writer");
    await writers.until(() => writers.acknowledged.size >= 30);
    await writers.killAll();
    losePower(orders(), path.join(folder, "notes"));
    assert.ok(lost(await linesOf(orders())) > 0);
  });

  it("says that the disk is full, keeps what it acknowledged, and nothing of what it did not", async () => {
    writers = new Writers(folder);
    writers.start("writer", 10, 64);
    await assert.rejects(
      writers.until(() => false),
      /^Error: disk-full: Could not write the journal of orders: the disk is full\./,
    );
    const lines = await linesOf(orders());
    assert.equal(lost(lines), 0);
    assert.equal(lines.length, writers.acknowledged.size);
    assert.ok(lines.length > 0);
  });
});

/** All that stands in a journal. */
async function linesOf(folder: string): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  await new SegmentJournal(folder).read((line) => lines.push(line));
  return lines;
}
