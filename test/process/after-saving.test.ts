import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Book } from "../../src/orders/journal/book";
import type { Order } from "../../src/orders/model/order";
import { LONGEST_TASK, taskStanding } from "../../src/orders/model/task-standing";
import { SegmentJournal } from "../../src/storage/journal";
import type { Deployment } from "./deployer";

const ID = "sectigo~ssl~order~1";
const LEAF = "ab".repeat(32);

describe("a process that is killed after saving", function () {
  this.timeout(30_000);

  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "certificate-collector-task-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Saves and runs the task up to a line, dies there, and leaves what the next process reads. */
  async function killed(before: Deployment["before"], leaf = LEAF): Promise<Order> {
    const deployment: Deployment = { folder, id: ID, leaf, before };
    const child = fork(path.join(__dirname, "deployer.js"), [JSON.stringify(deployment)]);
    await once(child, "message");
    child.kill("SIGKILL");
    await once(child, "close");
    const journal = new SegmentJournal(path.join(folder, "orders"));
    const book = new Book(journal, (aside) => assert.deepEqual(aside, []));
    await book.refresh();
    await journal.close();
    return book.get(ID) ?? assert.fail("the order is gone");
  }

  it("between saving and the task leaves an order whose task has not run", async () => {
    assert.equal(taskStanding(await killed("task-started"), Date.now()), "due");
  });

  it("in the task leaves one that may be running elsewhere, and whose end was not seen once that is past", async () => {
    const order = await killed("task-ended");
    assert.equal(taskStanding(order, Date.now()), "running");
    assert.equal(taskStanding(order, Date.now() + LONGEST_TASK), "unseen");
  });

  it("after the task leaves one that is done, until it is saved again", async () => {
    assert.equal(taskStanding(await killed("nothing"), Date.now()), "ended");
    assert.equal(taskStanding(await killed("task-started", "cd".repeat(32)), Date.now()), "due");
    // The end of the first task says nothing about the second.
    const order = await killed("task-ended", "cd".repeat(32));
    assert.equal(order.taskRun?.endedAt, undefined);
    assert.equal(taskStanding(await killed("nothing", "cd".repeat(32)), Date.now()), "ended");
  });
});
