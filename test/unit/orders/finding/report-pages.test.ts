import assert from "node:assert/strict";
import type { ServiceAskResult } from "../../../../src/orders/checking/service-ask";
import { findRows, MAX_FOUND, type AskRows, type FoundRows } from "../../../../src/orders/finding/report-pages";
import { answered, ReportServer, rowOf, type Reading } from "./report-server";

const never = new AbortController().signal;
const find = (ask: AskRows, signal = never): Promise<FoundRows> => findRows(ask, () => undefined, signal);
const numbers = ({ rows }: FoundRows): string[] => rows.map(({ orderNumber }) => orderNumber);
const first = (count: number): string[] => Array.from({ length: count }, (_, place) => rowOf(place).orderNumber);

const FAILED: ServiceAskResult = { kind: "failed", code: "refused", message: "The server refused the connection." };

describe("the pages of a report", () => {
  const sizes = [0, 1, 2, 99, 100, 101, 102, 199, 200, 201, 250, 3_000];
  const readings: readonly (readonly [name: string, reading: Omit<Reading, "orders">])[] = [
    ["rows counted from 0", { base: 0 }],
    ["rows counted from 1", { base: 1 }],
    ["from 0, the last one left out", { base: 0, isOpen: true }],
    ["from 1, the last one left out", { base: 1, isOpen: true }],
    ["from 0, no count", { base: 0, count: "none" }],
    ["from 1, no count", { base: 1, count: "none" }],
    ["from 0, the count of the page", { base: 0, count: "of the page" }],
    ["from 1, the count of the page", { base: 1, count: "of the page" }],
    ["from 0, at most 100 rows", { base: 0, cap: 100 }],
    ["from 1, at most 40 rows", { base: 1, cap: 40 }],
    ["from 0, at most 40 rows, no count", { base: 0, cap: 40, count: "none" }],
  ];
  for (const [name, reading] of readings)
    for (const orders of sizes)
      it(`bring each of ${orders} orders once: ${name}`, async () => {
        const server = new ReportServer({ ...reading, orders });
        const found = await find(server.ask);
        assert.deepEqual(numbers(found), first(orders));
        assert.deepEqual(found.end, { kind: "complete" });
        // One more than needed at most, to see that nothing comes.
        const page = (reading.cap ?? 100) - (reading.cap === 40 ? 1 : 0);
        assert.ok(server.asked.length <= Math.ceil(orders / (page - 1)) + 1, `${server.asked.length} calls`);
      });

  it("are asked for by hundreds, each with the last row of the one before", async () => {
    const server = new ReportServer({ orders: 250, base: 0 });
    const found = await find(server.ask);
    assert.deepEqual(server.asked, [
      { first: 0, last: 100 },
      { first: 100, last: 200 },
      { first: 200, last: 300 },
    ]);
    assert.equal(found.count, 250);
  });

  it("tell how far they are", async () => {
    const told: (readonly [number, number | undefined])[] = [];
    await findRows(new ReportServer({ orders: 250 }).ask, (...each) => told.push(each), never);
    assert.deepEqual(told, [
      [0, undefined],
      [101, 250],
      [201, 250],
    ]);
  });

  const holes: readonly (readonly number[])[] = [[0], [99, 100, 101], [100, 200], [249]];
  for (const unnamed of holes)
    it(`bring all others where rows without a number are: ${unnamed.join(", ")}`, async () => {
      const found = await find(new ReportServer({ orders: 250, unnamed }).ask);
      const others = first(250).filter((_, place) => !unnamed.includes(place));
      assert.deepEqual([numbers(found), found.end.kind], [others, "complete"]);
    });

  it("end where a server gives the same page again and again", async () => {
    for (const count of [undefined, 101, 3_000]) {
      let calls = 0;
      const page = Array.from({ length: 101 }, (_, place) => rowOf(place));
      const found = await find(() => {
        calls += 1;
        const report = { rows: page, skipped: 0, ...(count !== undefined && { count }) };
        return Promise.resolve(answered({ kind: "report", report }));
      });
      assert.deepEqual([numbers(found), found.end.kind, calls], [first(101), "complete", 2]);
    }
  });

  it("end at once where a server gives all of them whatever was asked", async () => {
    const rows = Array.from({ length: 3_000 }, (_, place) => rowOf(place));
    const server = new ReportServer({ orders: 0 });
    const found = await find((range) => {
      server.asked.push(range);
      return Promise.resolve(answered({ kind: "report", report: { rows, skipped: 0, count: 3_000 } }));
    });
    assert.equal(numbers(found).length, 3_000);
    assert.ok(server.asked.length <= 2);
  });

  it("begin with 1 where a server refuses to begin with 0, and with nothing else", async () => {
    const server = new ReportServer({ orders: 250, base: 1 });
    const found = await find((range, signal) => {
      if (range.first > 0) return server.ask(range, signal);
      return Promise.resolve({ kind: "refused", code: -4, message: "Invalid value" });
    });
    assert.deepEqual([numbers(found), server.asked[0]], [first(250), { first: 1, last: 101 }]);
    const refused: ServiceAskResult = { kind: "refused", code: -3, message: "" };
    assert.deepEqual(await find(() => Promise.resolve(refused)), {
      rows: [],
      end: { kind: "failed", result: refused },
    });
  });

  it("keep what came before one that fails, and say why", async () => {
    const server = new ReportServer({ orders: 3_000 });
    const found = await find((range, signal) =>
      server.asked.length === 2 ? Promise.resolve(FAILED) : server.ask(range, signal),
    );
    assert.deepEqual(numbers(found), first(201));
    assert.deepEqual([found.end, found.count], [{ kind: "failed", result: FAILED }, 3_000]);
  });

  it("keep what came before a person cancelled, between two of them or during one", async () => {
    for (const isDuring of [false, true]) {
      const controller = new AbortController();
      const server = new ReportServer({ orders: 3_000 });
      const found = await find(async (range, signal) => {
        if (server.asked.length === 2) {
          controller.abort();
          if (isDuring) return { kind: "cancelled" };
        }
        return server.ask(range, signal);
      }, controller.signal);
      assert.deepEqual([numbers(found).length, found.end.kind], [isDuring ? 201 : 301, "cancelled"]);
    }
  });

  it("are not asked for once a person cancelled", async () => {
    const server = new ReportServer({ orders: 3_000 });
    const found = await find(server.ask, AbortSignal.abort());
    assert.deepEqual([server.asked, found], [[], { rows: [], end: { kind: "cancelled" } }]);
  });

  it("are bounded: by orders, and by calls", async () => {
    const many = await find(new ReportServer({ orders: 30_000 }).ask);
    assert.deepEqual([numbers(many).length, many.end, many.count], [MAX_FOUND, { kind: "bounded" }, 30_000]);
    const few = new ReportServer({ orders: 30_000, cap: 3 });
    assert.deepEqual((await find(few.ask)).end, { kind: "bounded" });
    assert.equal(few.asked.length, 250);
  });
});
