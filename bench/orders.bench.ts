// 10,000 and 50,000 tracked orders: the heap, reading and folding the journal against JSON.parse of the same lines
// (both keep what they made), one change, and the calls and delay of the schedule:
// `node --expose-gc out/bench/orders.bench.js`. Ends with 1 when over a budget.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Book } from "../src/orders/journal/book";
import type { OrderEvent } from "../src/orders/journal/events";
import type { Order } from "../src/orders/model/order";
import { POLICY } from "../src/orders/model/policy";
import type { Circumstances } from "../src/orders/model/circumstances";
import { jitterOf, nextCheck } from "../src/orders/checking/schedule";
import { SegmentJournal } from "../src/storage/journal";
import { DAY, eventsOf, idOf, LOGIN, msSince, report } from "./order-lines";

/** How many are tracked, and bytes of heap for the book of all of them. */
const SIZES = [
  { orders: 10_000, heapBudget: 30 * 1024 * 1024 },
  { orders: 50_000, heapBudget: 110 * 1024 * 1024 },
] as const;
/** Times JSON.parse of the same lines. */
const LOAD_BUDGET = 3;
/** Calls a day for a waiting order. */
const CALLS_BUDGET = 8;
/** Orders of the schedule's test. */
const SCHEDULED = 10_000;
const HOUR = 3_600_000;

async function main(): Promise<boolean> {
  const good: boolean[] = [];
  for (const { orders, heapBudget } of SIZES) {
    const folder = await mkdtemp(path.join(os.tmpdir(), "orders-bench-"));
    try {
      await write(folder, orders);
      console.log(`${orders} orders`);
      good.push(await heap(folder, heapBudget), await load(folder), await change(folder));
      console.log();
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  good.push(schedule());
  return good.every(Boolean);
}

async function write(folder: string, orders: number): Promise<void> {
  const journal = new SegmentJournal(folder);
  let batch: OrderEvent[] = [];
  for (const event of eventsOf(orders)) {
    batch.push(event);
    if (batch.length < 10_000) continue;
    await journal.append(batch, "buffered");
    batch = [];
  }
  await journal.append(batch, "durable");
  await journal.close();
}

async function load(folder: string): Promise<boolean> {
  const texts = (await readdir(folder)).map((name) => readFile(path.join(folder, name), "utf8"));
  const text = (await Promise.all(texts)).join("");
  const lines = text.split("\n").slice(0, -1);
  let [read, parsed] = [Infinity, Infinity];
  // In turns, so that a slow moment of the machine meets both.
  for (let round = 0; round < 12; round++) {
    let started = process.cpuUsage();
    await new Book(new SegmentJournal(folder)).refresh();
    read = Math.min(read, msSince(started));
    started = process.cpuUsage();
    const values = lines.map((line): unknown => JSON.parse(line));
    parsed = Math.min(parsed, msSince(started));
    if (values.length !== lines.length) throw new Error("not parsed");
  }
  const ratio = read / parsed;
  const what = `${lines.length} lines, ${(text.length / 1e6).toFixed(1)} MB`;
  return report(
    "read and fold",
    `${read.toFixed(0)} ms`,
    `${ratio.toFixed(2)}× JSON.parse of ${what}`,
    ratio < LOAD_BUDGET,
  );
}

async function heap(folder: string, budget: number): Promise<boolean> {
  if (!global.gc) throw new Error("Run it with --expose-gc.");
  await new Promise(setImmediate);
  global.gc();
  const before = heapInUse();
  const book = new Book(new SegmentJournal(folder));
  await book.refresh();
  // The tree looks at every order once.
  let orders = 0;
  for (const order of book.orders()) orders += order.certificates.length > 0 ? 1 : 0;
  global.gc();
  const used = heapInUse() - before;
  // The last use of the book, which is collected after it.
  if (book.paused) throw new Error("paused");
  return report("heap of the book", `${(used / 1024 / 1024).toFixed(1)} MB`, `${orders} collected`, used < budget);
}

/** Bytes of objects and of buffers. */
function heapInUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** One change: what is written, what is told, and how long both take whatever the number of orders. */
async function change(folder: string): Promise<boolean> {
  const journal = new SegmentJournal(folder);
  const book = new Book(journal);
  await book.refresh();
  await new Promise(setImmediate);
  let told = 0;
  book.onDidChange((changed) => (told += changed.orders.size + (changed.structure ? 1_000 : 0)));
  const changes = 200;
  const sizeBefore = await sizeOf(folder);
  const started = process.hrtime.bigint();
  for (let index = 0; index < changes; index++) {
    await book.record([{ type: "renamed", id: idOf(index * 7), label: "shop" }], "buffered");
  }
  const ms = Number(process.hrtime.bigint() - started) / 1e6 / changes;
  await new Promise(setImmediate);
  const bytes = ((await sizeOf(folder)) - sizeBefore) / changes;
  await journal.close();
  return report(
    "one change",
    `${ms.toFixed(2)} ms`,
    `${bytes} bytes written, ${told / changes} row told`,
    told === changes,
  );
}

async function sizeOf(folder: string): Promise<number> {
  let size = 0;
  for (const name of await readdir(folder)) size += (await readFile(path.join(folder, name))).length;
  return size;
}

/**
 * Asks waiting orders for ten days by the schedule, and sees how long after its issue each is found. The best that the
 * three-hour wait allows is to ask every three hours exactly: half of that on average.
 */
function schedule(): boolean {
  const circumstances: Circumstances = { login: { key: LOGIN, proved: true }, background: "everything" };
  const days = 10;
  let calls = 0;
  let most = 0;
  let delay = 0;
  for (let index = 0; index < SCHEDULED; index++) {
    let order: Order = {
      id: idOf(index),
      product: "ssl",
      ca: "sectigo",
      account: "account-1",
      reference: { kind: "orderNumber", value: String(index) },
      trackedAt: 0,
      tags: [],
      certificates: [],
      paused: false,
      muted: false,
    };
    // Issued at a moment that no order's schedule knows of.
    const issued = DAY + ((index * 7_919) % (8 * DAY));
    let found: number | undefined;
    let ofOrder = 0;
    for (let now = 0; now < days * DAY; ofOrder++) {
      found ??= now >= issued ? now : undefined;
      order = {
        ...order,
        asked: { at: now, why: "schedule", question: "everything", answered: true },
        answer: { at: now, outcome: { kind: "pending" }, inRow: ofOrder + 1 },
      };
      now = nextCheck(order, circumstances, now, jitterOf(order)).due ?? Infinity;
    }
    calls += ofOrder;
    most = Math.max(most, ofOrder);
    delay += (found ?? Infinity) - issued;
  }
  const perDay = most / days;
  const mean = delay / SCHEDULED;
  const best = POLICY.ca.wait / 2;
  return [
    report(
      "calls a day",
      perDay.toFixed(2),
      `${(calls / SCHEDULED / days).toFixed(2)} on average`,
      perDay <= CALLS_BUDGET,
    ),
    report(
      "found after its issue",
      `${(mean / HOUR).toFixed(2)} h`,
      `${(mean / best).toFixed(3)}× the best possible under the wait`,
      mean / best < 1.1,
    ),
  ].every(Boolean);
}

main().then(
  (good) => {
    process.exitCode = good ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
