import assert from "node:assert/strict";
import type { AskOptions, AskResult } from "../../../src/orders/checking/ask";
import { RequestQueue } from "../../../src/orders/checking/request-queue";
import type { AskReason, OrderId } from "../../../src/orders/model/order";
import { settle } from "./doubles";

const BUSY: AskResult = { kind: "busy" };
const ANSWERED: AskResult = { kind: "answered", answer: { at: 0, outcome: { kind: "pending" }, inRow: 1 } };
const never = new AbortController().signal;

interface Call {
  readonly id: OrderId;
  readonly why: AskReason;
  readonly signal: AbortSignal;
  /** Its turn of the CA's lock has come. */
  begin(): void;
  end(result: AskResult): Promise<void>;
}

/** A queue whose checks begin and end when a test says so. */
class Desk {
  readonly calls: Call[] = [];
  readonly settled: string[] = [];
  /** How often the queue said that nothing is due. */
  idle = 0;
  private due: OrderId[] = [];
  private readonly queue = new RequestQueue({
    ask: (id, why, signal, options) => this.ask(id, why, signal, options),
    nextDue: () => this.due[0],
    settled: (id, { kind }) => {
      this.due = this.due.filter((each) => each !== id);
      this.settled.push(`${id} ${kind}`);
    },
    idle: () => this.idle++,
  });

  /** What was asked, and for whom, in order. */
  get asked(): readonly string[] {
    return this.calls.map(({ id, why }) => `${id} ${why}`);
  }

  call(place: number): Call {
    return this.calls[place] ?? assert.fail(`there is no call ${place}`);
  }

  run(...due: OrderId[]): void {
    this.due = due;
    this.queue.run();
  }

  get isRunning(): boolean {
    return this.queue.isRunning;
  }

  end(): void {
    this.queue.end();
  }

  /** Wants an order checked. @returns the kind of what comes of it, once it has come */
  enqueue(id: OrderId, signal: AbortSignal = never): { kind?: string } {
    const got: { kind?: string } = {};
    void this.queue.enqueue(id, signal).then(({ kind }) => (got.kind = kind));
    return got;
  }

  private ask(id: OrderId, why: AskReason, signal: AbortSignal, options?: AskOptions): Promise<AskResult> {
    return new Promise((resolve) => {
      this.calls.push({
        ...{ id, why, signal },
        begin: () => options?.began?.(),
        end: async (result) => {
          resolve(result);
          await settle();
        },
      });
    });
  }
}

describe("the checks of a window at one CA", () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });

  it("go through what is due, one after the other, and say when nothing is left", async () => {
    desk.run("a", "b");
    desk.run("a", "b");
    assert.equal(desk.isRunning, true);
    await desk.call(0).end(ANSWERED);
    await desk.call(1).end(BUSY);
    assert.deepEqual(desk.asked, ["a schedule", "b schedule"]);
    assert.deepEqual(desk.settled, ["a answered", "b busy"]);
    assert.deepEqual([desk.isRunning, desk.idle], [false, 1]);
  });

  it("do one request after the other, beside the schedule", async () => {
    desk.run("a");
    const [one, two] = [desk.enqueue("b"), desk.enqueue("c")];
    assert.deepEqual(desk.asked, ["a schedule", "b person"]);
    await desk.call(1).end(BUSY);
    assert.deepEqual([one.kind, two.kind], ["busy", undefined]);
    await desk.call(2).end(ANSWERED);
    assert.equal(two.kind, "answered");
    assert.deepEqual(desk.asked, ["a schedule", "b person", "c person"]);
  });

  it("join requests for an order that waits, or is being checked", async () => {
    const first = desk.enqueue("a");
    const [waiting, joined, running] = [desk.enqueue("b"), desk.enqueue("b"), desk.enqueue("a")];
    await desk.call(0).end(BUSY);
    await desk.call(1).end(ANSWERED);
    assert.deepEqual(
      [first, running, waiting, joined].map(({ kind }) => kind),
      ["busy", "busy", "answered", "answered"],
    );
    assert.deepEqual(desk.asked, ["a person", "b person"]);
  });

  it("leave the schedule's turn for a person's, which comes sooner", async () => {
    desk.run("a");
    const got = desk.enqueue("a");
    assert.deepEqual(desk.asked, ["a schedule", "a person"]);
    assert.equal(desk.call(0).signal.aborted, true);
    await desk.call(0).end({ kind: "cancelled" });
    assert.equal(got.kind, undefined);
    await desk.call(1).end(ANSWERED);
    assert.equal(got.kind, "answered");
  });

  it("give a person the answer to the schedule's call that is under way", async () => {
    desk.run("a");
    desk.call(0).begin();
    const got = desk.enqueue("a");
    await desk.call(0).end(ANSWERED);
    assert.equal(got.kind, "answered");
    assert.deepEqual(desk.asked, ["a schedule"]);
  });

  it("ask again for a person who joined what made no call", async () => {
    desk.run("a");
    desk.call(0).begin();
    const got = desk.enqueue("a");
    await desk.call(0).end(BUSY);
    assert.equal(got.kind, undefined);
    assert.deepEqual(desk.asked, ["a schedule", "a person"]);
    await desk.call(1).end(BUSY);
    assert.equal(got.kind, "busy");
  });

  it("go on with the schedule's call when the person who joined it leaves", async () => {
    const controller = new AbortController();
    desk.run("a");
    desk.call(0).begin();
    const got = desk.enqueue("a", controller.signal);
    controller.abort();
    await settle();
    assert.equal(got.kind, "cancelled");
    assert.equal(desk.call(0).signal.aborted, false);
    await desk.call(0).end(BUSY);
    assert.deepEqual(desk.asked, ["a schedule"]);
  });

  it("end a person's call when the last who waits for it leaves, and not before", async () => {
    const [one, two] = [new AbortController(), new AbortController()];
    const got = [desk.enqueue("a", one.signal), desk.enqueue("a", two.signal)];
    one.abort();
    await settle();
    assert.deepEqual([got.map(({ kind }) => kind), desk.call(0).signal.aborted], [["cancelled", undefined], false]);
    two.abort();
    await settle();
    assert.deepEqual([got.map(({ kind }) => kind), desk.call(0).signal.aborted], [["cancelled", "cancelled"], true]);
  });

  it("join nobody to a call that is being cancelled", async () => {
    const controller = new AbortController();
    desk.enqueue("a", controller.signal);
    controller.abort();
    const got = desk.enqueue("a");
    await desk.call(0).end({ kind: "cancelled" });
    assert.equal(got.kind, undefined);
    await desk.call(1).end(ANSWERED);
    assert.equal(got.kind, "answered");
  });

  it("do not begin what nobody waits for any more", async () => {
    const controller = new AbortController();
    desk.enqueue("a");
    const got = [desk.enqueue("b", controller.signal), desk.enqueue("c", AbortSignal.abort())];
    controller.abort();
    await desk.call(0).end(ANSWERED);
    assert.deepEqual(
      got.map(({ kind }) => kind),
      ["cancelled", "cancelled"],
    );
    assert.deepEqual(desk.asked, ["a person"]);
  });

  it("end together, and no other begins", async () => {
    desk.run("a", "b");
    const got = [desk.enqueue("c"), desk.enqueue("d")];
    desk.end();
    await settle();
    assert.deepEqual(
      got.map(({ kind }) => kind),
      ["cancelled", "cancelled"],
    );
    assert.deepEqual(
      desk.calls.map(({ signal }) => signal.aborted),
      [true, true],
    );
    for (const call of desk.calls) await call.end({ kind: "cancelled" });
    const late = desk.enqueue("e");
    desk.run("e");
    await settle();
    assert.equal(late.kind, "cancelled");
    assert.deepEqual(desk.asked, ["a schedule", "c person"]);
    assert.deepEqual([desk.isRunning, desk.idle], [false, 0]);
  });

  it("answer a person who joined the schedule's call when all end", async () => {
    desk.run("a");
    desk.call(0).begin();
    const got = desk.enqueue("a");
    desk.end();
    await settle();
    assert.equal(got.kind, "cancelled");
    assert.deepEqual(desk.asked, ["a schedule"]);
  });
});
