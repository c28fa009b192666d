import assert from "node:assert/strict";
import type { ServiceResult } from "../../src/api/services/service-result";
import { POLICY } from "../../src/orders/model/policy";
import type { OrderEvent } from "../../src/orders/journal/events";
import { DAY, HOUR, MINUTE, START } from "../unit/orders/doubles";
import { ACCOUNT_SET, issued, LOGIN, order, PENDING, World, type Window } from "../unit/orders/world";

/** Order numbers in one call: the CA's page takes 32,767 characters. */
const PER_CALL = 2_978;

/** A CA that issues some of many orders while time passes, and what is found of it. */
class Watched {
  readonly world = new World();
  private readonly numbers: readonly string[];
  /** When each order is issued; the others wait for ever. Epoch ms. */
  private readonly issues = new Map<string, number>();
  readonly found = new Map<string, number>();

  /** @param lasting ms in which the changes happen, evenly and so that each of them can be found */
  constructor(count: number, changes: number, lasting: number) {
    this.numbers = Array.from({ length: count }, (_, index) => String(1_000_000_000 + index));
    for (let index = 0; index < changes; index++) {
      // All over the time, so that the mean is that of the schedule and not of these moments.
      const at = START + 10 * MINUTE + ((index + 0.5) / changes) * (lasting - 20 * MINUTE);
      this.issues.set(this.numbers[Math.floor((index * count) / changes)] ?? "", at);
    }
    const { world } = this;
    world.latency = 2_000;
    world.services = ({ values }) => Promise.resolve(this.report(values.orderNumber?.split(",") ?? []));
    world.answers.get = (id) => {
      const number = id.split("~").at(-1) ?? "";
      if (!this.isIssued(number)) return () => PENDING;
      return () => {
        this.found.set(number, this.found.get(number) ?? world.clock.now());
        return issued(`${number}.example`, START, 90);
      };
    };
  }

  /** Windows on orders that were all asked about just now, with reports switched on. */
  async open(windows: number): Promise<readonly Window[]> {
    const [first, ...others] = Array.from({ length: windows }, () => this.world.window());
    assert.ok(first);
    const asked: OrderEvent[] = this.numbers.flatMap((number) => {
      const tracked = order(number);
      const of = { id: tracked.id, login: LOGIN } as const;
      return [
        tracked,
        { type: "asked", ...of, why: "schedule", question: "everything" },
        { ...of, type: "answered", outcome: { kind: "pending" }, inRow: 1, failures: 0, proves: true },
      ];
    });
    await first.book.record([ACCOUNT_SET, ...asked, { type: "report-watch", login: LOGIN, on: true }]);
    await Promise.all([first, ...others].map((window) => window.start()));
    return [first, ...others];
  }

  /** How much later than it was issued each order was found, ms. */
  delays(): number[] {
    return [...this.issues].map(([number, at]) => (this.found.get(number) ?? Infinity) - at);
  }

  private isIssued(number: string): boolean {
    return (this.issues.get(number) ?? Infinity) <= this.world.clock.now();
  }

  private report(numbers: readonly string[]): ServiceResult {
    const rows = numbers.map((orderNumber) => ({
      ...{ orderNumber, domains: [`${orderNumber}.example`] },
      ...(this.isIssued(orderNumber) ? { status: "Valid", serialNumber: "01" } : { status: "Awaiting Validation" }),
    }));
    return { kind: "report", report: { rows, count: rows.length, skipped: 0 } };
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

describe("watching by report", function () {
  this.timeout(0);

  it("finds each change of 50,000 orders with 17 reports in three hours and one call for the order", async () => {
    const [orders, changes] = [50_000, 30];
    const watched = new Watched(orders, changes, 3 * HOUR);
    const [window] = await watched.open(1);
    await watched.world.clock.advance(3 * HOUR + 30 * MINUTE);
    window?.dispose();

    const { calls, serviceCalls, mostInFlight } = watched.world;
    assert.equal(mostInFlight, 1);
    assert.equal(calls.length, changes);
    // Two rounds: at the beginning, and after three hours.
    const perRound = Math.ceil(orders / PER_CALL);
    assert.equal(serviceCalls.length, 2 * perRound);
    for (const { at } of serviceCalls) {
      const within = serviceCalls.filter((other) => other.at >= at && other.at < at + POLICY.ca.report - MINUTE);
      assert.ok(within.length <= perRound, `${within.length} reports in three hours`);
    }
    // The best that asking each order every three hours could do is half of that on average.
    const late = mean(watched.delays()) - POLICY.ca.wait / 2;
    assert.ok(late <= MINUTE, `${late / 1_000} s later than the best schedule`);
  });

  it("takes eight calls a day for as many orders as one takes, in however many windows", async () => {
    const watched = new Watched(3_000, 20, 20 * HOUR);
    const windows = await watched.open(2);
    await watched.world.clock.advance(DAY - MINUTE);
    for (const window of windows) window.dispose();
    const { calls, serviceCalls, mostInFlight } = watched.world;
    assert.deepEqual([calls.length, serviceCalls.length, mostInFlight], [20, 8 * 2, 1]);
  });

  it("falls back to the usual pace while reports fail, and goes on when they do not", async () => {
    const watched = new Watched(40, 40, 20 * HOUR);
    const { world } = watched;
    const good = world.services;
    const [window] = await watched.open(1);
    await world.clock.advance(HOUR);
    world.services = () => Promise.resolve({ kind: "refused", code: -14, message: "no", after: "later" });
    await world.clock.advance(8 * HOUR);
    const asked = world.calls.length;
    // Each order once or twice in the hours that no report speaks for it.
    assert.ok(asked >= 40 && asked <= 80, String(asked));
    world.services = good;
    await world.clock.advance(15 * HOUR);
    window?.dispose();
    assert.ok(Math.max(...watched.delays()) <= 2 * POLICY.ca.wait);
    assert.deepEqual(window?.objections, []);
  });

  it("rests and says so once where the account is not enabled, and goes on once a person's report worked", async () => {
    const watched = new Watched(40, 0, DAY);
    const { world } = watched;
    const good = world.services;
    const windows = await watched.open(2);
    await world.clock.advance(HOUR);
    world.services = () => Promise.resolve({ kind: "refused", code: -16, message: "not enabled", after: "sign-in" });
    const before = world.serviceCalls.length;
    await world.clock.advance(DAY);
    assert.equal(world.serviceCalls.length - before, 1);
    assert.deepEqual(
      windows.flatMap(({ objections }) => objections),
      ["not enabled"],
    );
    world.services = good;
    const values = { orderNumber: "1000000000" };
    const question = { service: "WebHostReport", account: ACCOUNT_SET.account.id, values } as const;
    void windows[0]?.serviceAsk(question, "person", new AbortController().signal);
    await world.clock.advance(2 * HOUR);
    for (const window of windows) window.dispose();
    assert.equal(world.serviceCalls.length - before, 3);
  });
});
