// 50,000 tracked orders in a window: the longest stretch of the editor's thread for each thing that looks at all of
// them, beside JSON.parse of the journal, and what one change costs book, rows and poller, counted and in ms:
// `node out/bench/rows.bench.js`. Ends with 1 when over a budget.
import { Book } from "../src/orders/journal/book";
import type { JournalLine, OrderEvent } from "../src/orders/journal/events";
import type { OrderId } from "../src/orders/model/order";
import type { Clock, Disposable, Journal } from "../src/orders/ports";
import { Poller } from "../src/orders/checking/poller";
import { jitterOf, nextCheck } from "../src/orders/checking/schedule";
import { english, type Locale } from "../src/words/localize";
import type { Arrangement, OrderRow } from "../src/orders/presentation/arrange";
import { takeInventory, type ReadFile } from "../src/orders/presentation/inventory";
import { distinctTitles } from "../src/orders/presentation/distinct-titles";
import { Listing } from "../src/orders/presentation/listing";
import { seenWords } from "../src/orders/presentation/order-row";
import { OrderStatusStore } from "../src/orders/presentation/order-status-store";
import { RowTally } from "../src/orders/presentation/row-tally";
import { stateOf, titleOf } from "../src/orders/presentation/state";
import { warningsDue } from "../src/orders/presentation/warnings";
import { DAY, eventsOf, idOf, msSince, NOW, report } from "./order-lines";

const ORDERS = 50_000;
/** ms for which nothing may keep the editor's thread. */
const STRETCH_BUDGET = 200;
/** Orders that are looked at for one change of one order: for its row, and for when it is due. */
const LOOKS_BUDGET = 3;
/** What is measured several times counts by its fastest run: what it takes when nothing else wants the processor. */
const ROUNDS = 5;

const locale: Locale = { language: "en", localize: english };
const seen = (row: OrderRow) => seenWords(row, locale);
const THRESHOLDS = { days: [30, 14, 7, 1], shares: [33, 17, 8, 3] };
const PLAIN: Arrangement = { by: "state", sort: "due", filter: "", archived: false };

/** The lines in memory: what files cost is in the other benchmark. */
class Lines implements Journal {
  readonly lines: JournalLine[] = [];
  private taken = 0;

  append(events: readonly OrderEvent[]): Promise<readonly JournalLine[]> {
    const written = events.map((event) => this.stamp(event));
    this.lines.push(...written);
    this.taken += written.length;
    return Promise.resolve(written);
  }

  add(event: OrderEvent): void {
    this.lines.push(this.stamp(event));
  }

  read(take: (line: JournalLine) => void): Promise<void> {
    for (const line of this.lines.slice(this.taken)) take(line);
    this.taken = this.lines.length;
    return Promise.resolve();
  }

  history(): Promise<[]> {
    return Promise.resolve([]);
  }

  watch() {
    return { dispose: () => undefined };
  }

  private stamp(event: OrderEvent): JournalLine {
    const number = this.lines.length;
    return { v: 1, at: NOW - 30 * DAY + number, line: `0123456789abcdef:${number}`, ...event };
  }
}

/** A clock that stands still; what is to be done later is done by {@link turn}, each time measured. */
class Turns implements Clock {
  private readonly due = new Set<() => void>();
  longest = 0;

  now(): number {
    return NOW;
  }

  after(ms: number, callback: () => void) {
    // What waits for hours is not for this benchmark.
    if (ms < 1_000) this.due.add(callback);
    return { dispose: () => this.due.delete(callback) };
  }

  turn(): void {
    while (this.due.size > 0) {
      for (const callback of [...this.due]) {
        this.due.delete(callback);
        this.measure(callback);
      }
    }
  }

  measure(task: () => void): void {
    const started = process.cpuUsage();
    task();
    this.longest = Math.max(this.longest, msSince(started));
  }
}

async function main(): Promise<boolean> {
  const journal = new Lines();
  for (const event of eventsOf(ORDERS)) journal.add(event);
  const parse = parsing(journal.lines);
  const book = new Book(journal);
  await book.refresh();
  await new Promise(setImmediate);
  console.log(`${ORDERS} orders; JSON.parse of their ${journal.lines.length} lines: ${parse.toFixed(0)} ms\n`);

  const good: boolean[] = [];
  const stretch = (what: string, tasks: () => number, more = ""): void => {
    const ms = Math.min(...Array.from({ length: ROUNDS }, tasks));
    const ratio = `${(ms / parse).toFixed(3)}× JSON.parse${more}`;
    good.push(report(what, `${ms.toFixed(0)} ms`, ratio, ms < STRETCH_BUDGET));
  };
  const once = (task: () => unknown) => () => {
    const started = process.cpuUsage();
    task();
    return msSince(started);
  };
  const sliced = (make: (clock: Turns) => Disposable) => () => {
    const turns = new Turns();
    let made: Disposable | undefined;
    turns.measure(() => (made = make(turns)));
    turns.turn();
    made?.dispose();
    return turns.longest;
  };

  let looks = 0;
  const look = (id: OrderId): OrderRow | undefined => {
    looks++;
    const order = book.get(id);
    if (order === undefined) return undefined;
    const circumstances = book.circumstances(order, "everything");
    const check = nextCheck(order, circumstances, NOW, jitterOf(order));
    const state = stateOf(order, circumstances, check, { secretMissing: false }, NOW, locale);
    const account = order.account === undefined ? undefined : book.account(order.account);
    const twins = book.twinsOf(id);
    return { order, check, state, account, ...(twins.length > 0 && { twins }) };
  };
  const poller = (clock: Clock) =>
    new Poller({
      book,
      clock,
      // Asked for each order that is looked at.
      background: () => {
        looks++;
        return "everything";
      },
      ask: () => new Promise(() => undefined),
      asked: () => undefined,
    });

  stretch(
    "rows of all orders",
    sliced((turns) => new OrderStatusStore(book, look, turns)),
    ", the longest slice",
  );
  const clock = new Turns();
  const statuses = new OrderStatusStore(book, look, clock);
  clock.turn();
  stretch(
    "all rows looked at again",
    () => {
      clock.longest = 0;
      clock.measure(() => statuses.refresh());
      clock.turn();
      return clock.longest;
    },
    ", the longest slice",
  );
  const rows = () => statuses.rows.values();
  stretch(
    "when all orders are due",
    sliced((turns) => {
      const made = poller(turns);
      made.start();
      return made;
    }),
    ", the longest slice",
  );
  for (const by of ["state", "account", "tag"] as const) {
    stretch(
      `sections by ${by}`,
      once(() => new Listing(rows(), { ...PLAIN, by }, seen)),
    );
  }
  // Actions are computed once a day for each order.
  let day = NOW;
  for (const arrangement of [{ by: "month" }, { sort: "action" }] as const) {
    stretch(
      `next actions of another day, ${JSON.stringify(arrangement)}`,
      once(() => new Listing(rows(), { ...PLAIN, ...arrangement }, seen, (day += DAY))),
    );
    stretch(
      `the same day again, ${JSON.stringify(arrangement)}`,
      once(() => new Listing(rows(), { ...PLAIN, ...arrangement }, seen, day)),
    );
  }
  stretch(
    "sections, rows by name",
    once(() => new Listing(rows(), { ...PLAIN, sort: "name" }, seen)),
  );
  for (const filter of ["shop-4711", "expires", "nowhere"]) {
    stretch(
      `filter “${filter}”`,
      once(() => new Listing(rows(), { ...PLAIN, filter }, seen)),
    );
  }
  stretch(
    "counts of the view",
    once(() => new RowTally(rows())),
  );
  stretch(
    "warnings of expiry",
    once(() => [...rows()].flatMap(({ order }) => warningsDue(order, THRESHOLDS, NOW))),
  );
  const listing = new Listing(rows(), PLAIN, seen);
  const tally = new RowTally(rows());
  stretch(
    "titles of 500 drawn rows",
    once(() => {
      const drawn = listing.rows("done").slice(0, 500);
      distinctTitles(new Map(drawn.map(({ order }) => [order.id, { title: titleOf(order), kind: order.product }])));
    }),
  );

  const copies = Array.from({ length: 2_000 }, (_, index) => copy(`${index}/a.pem`));
  stretch(
    "2,000 files with one certificate",
    once(() => takeInventory(copies, book.orders(), NOW)),
  );

  poller(clock).start();
  clock.turn();
  statuses.onDidChange((changes) => {
    listing.put(changes.map(({ id, after }) => [id, after]));
    tally.take(changes);
  });
  looks = 0;
  const changes = 500;
  const started = process.cpuUsage();
  for (let index = 0; index < changes; index++) {
    await book.record([{ type: "renamed", id: idOf(index * 7), label: "shop" }]);
    await Promise.resolve();
    clock.turn();
  }
  const ms = msSince(started) / changes;
  const perChange = looks / changes;
  good.push(report("one change", `${ms.toFixed(2)} ms`, `${perChange} looks at orders`, perChange <= LOOKS_BUDGET));
  return good.every(Boolean);
}

/** A file with a certificate and its key, the same in all. */
const copy = (path: string): ReadFile => ({
  ...{ uri: `file:///${path}`, path, keys: ["key"] },
  facts: {
    ...{ kind: "certificate", leaf: "leaf", name: "a.example", names: ["a.example"], notAfter: NOW + DAY },
    ...{ keyIdentity: "key", chain: 1, isFirst: true, others: 0, isCa: false, isDamaged: false },
  },
});

function parsing(lines: readonly JournalLine[]): number {
  const texts = lines.map((line) => JSON.stringify(line));
  const runs = Array.from({ length: ROUNDS }, () => {
    const started = process.cpuUsage();
    const values = texts.map((text): unknown => JSON.parse(text));
    if (values.length !== texts.length) throw new Error("not parsed");
    return msSince(started);
  });
  return Math.min(...runs);
}

main().then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
