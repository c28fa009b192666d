import assert from "node:assert/strict";
import path from "node:path";
import type { OrderId } from "../../src/orders/model/order";
import { SegmentJournal } from "../../src/storage/journal";
import { accounts, track, useDesk, type WindowProcess } from "./windows";

describe("a wrong password, with several processes", function () {
  this.timeout(60_000);

  const desk = useDesk(100, "wrong");

  const frozen = (window: WindowProcess) =>
    window.until((messages) => messages.some((message) => message.kind === "frozen"));

  /** A person clicks: the answer is that the login is frozen. */
  async function assertFrozen(window: WindowProcess, ids: readonly OrderId[]): Promise<void> {
    for (const id of ids) {
      window.check(id);
      await window.until((messages) => messages.some((message) => message.kind === "checked" && message.id === id));
    }
    const results = window.messages.flatMap((message) => (message.kind === "checked" ? [message.result] : []));
    assert.deepEqual(new Set(results), new Set(["frozen"]));
  }

  it("is one failed sign-in: 500 orders due, one login in two accounts, four windows, a restart and clicks", async () => {
    const ids = await track(desk.folder, accounts("alice", "alice"), 500);
    const four = Array.from({ length: 4 }, () => desk.open());
    await Promise.all(four.map(frozen));
    for (const window of four) await assertFrozen(window, ids.slice(0, 4));
    await Promise.all(four.map((window) => window.end()));
    const after = desk.open();
    await frozen(after);
    await assertFrozen(after, ids.slice(4, 8));
    assert.equal(desk.server.failedLogins, 1);
  });

  it("is one failed sign-in when the process is killed after its request left, and one more after a person's consent", async () => {
    const ids = await track(desk.folder, accounts("alice", "alice"), 500);
    const all = Array.from({ length: 4 }, () => desk.open());
    const killed = new Promise<number>((resolve) => {
      desk.server.arrived = ({ window }) => {
        desk.server.arrived = () => undefined;
        process.kill(window, "SIGKILL");
        resolve(window);
      };
    });
    const dead = await killed;
    const living = all.filter((window) => window.pid !== dead);
    assert.equal(living.length, 3);
    await Promise.all(living.map(frozen));
    for (const window of living) await assertFrozen(window, ids.slice(0, 4));
    assert.equal(desk.server.failedLogins, 1);

    const before = living.map((window) => window.messages.length);
    const journal = new SegmentJournal(path.join(desk.folder, "orders"));
    await journal.append([{ type: "thawed", login: "sectigo/alice", why: "try-once" }], "durable");
    await journal.close();
    await Promise.all(
      living.map((window, index) =>
        window.until((messages) => messages.slice(before[index]).some((message) => message.kind === "frozen")),
      ),
    );
    assert.equal(desk.server.failedLogins, 2);
  });

  it("would be seen to fail twice if 'asked' were not on the disk before the call", async () => {
    await track(desk.folder, accounts("alice", "alice"), 500);
    const first = desk.open({ mutation: "late-disk" });
    const arrived = new Promise<void>((resolve) => (desk.server.arrived = () => resolve()));
    await arrived;
    await first.end();
    await frozen(desk.open());
    assert.equal(desk.server.failedLogins, 2);
  });
});
