import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { OrderId } from "../../src/orders/order";
import { SegmentJournal } from "../../src/storage/journal";
import { CountingServer } from "./counting-server";
import { accounts, track, WindowProcess, type WindowConfiguration } from "./windows";

describe("a wrong password, with several processes", function () {
  this.timeout(60_000);

  let folder: string;
  let server: CountingServer;
  let configuration: WindowConfiguration;
  const windows: WindowProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "certificate-collector-guard-"));
    server = await CountingServer.start(100, "right");
    configuration = { folder, lockName: randomUUID(), port: server.port, ca: server.ca, password: "wrong" };
  });
  afterEach(async () => {
    await Promise.all(windows.splice(0).map((window) => window.end()));
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function open(more: Partial<WindowConfiguration> = {}): WindowProcess {
    const window = new WindowProcess({ ...configuration, ...more });
    windows.push(window);
    return window;
  }

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
    const ids = await track(folder, accounts("alice", "alice"), 500);
    const four = Array.from({ length: 4 }, () => open());
    await Promise.all(four.map(frozen));
    for (const window of four) await assertFrozen(window, ids.slice(0, 4));
    await Promise.all(four.map((window) => window.end()));
    const after = open();
    await frozen(after);
    await assertFrozen(after, ids.slice(4, 8));
    assert.equal(server.failedLogins, 1);
  });

  it("is one failed sign-in when the process is killed after its request left, and one more after a person's consent", async () => {
    const ids = await track(folder, accounts("alice", "alice"), 500);
    const all = Array.from({ length: 4 }, () => open());
    const killed = new Promise<number>((resolve) => {
      server.arrived = ({ window }) => {
        server.arrived = () => undefined;
        process.kill(window, "SIGKILL");
        resolve(window);
      };
    });
    const dead = await killed;
    const living = all.filter((window) => window.pid !== dead);
    assert.equal(living.length, 3);
    await Promise.all(living.map(frozen));
    for (const window of living) await assertFrozen(window, ids.slice(0, 4));
    assert.equal(server.failedLogins, 1);

    const before = living.map((window) => window.messages.length);
    const journal = new SegmentJournal(path.join(folder, "orders"));
    await journal.append([{ type: "thawed", login: "sectigo/alice", why: "try-once" }], "durable");
    await journal.close();
    await Promise.all(
      living.map((window, index) =>
        window.until((messages) => messages.slice(before[index]).some((message) => message.kind === "frozen")),
      ),
    );
    assert.equal(server.failedLogins, 2);
  });

  it("would be seen to fail twice if 'asked' were not on the disk before the call", async () => {
    await track(folder, accounts("alice", "alice"), 500);
    const first = open({ mutation: "late-disk" });
    const arrived = new Promise<void>((resolve) => (server.arrived = () => resolve()));
    await arrived;
    await first.end();
    await frozen(open());
    assert.equal(server.failedLogins, 2);
  });
});
