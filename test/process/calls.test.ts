import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { HOSTS } from "./counting-server";
import { accounts, track, useDesk, type WindowProcess } from "./windows";

/** Answers that each of the eight windows gets at least. */
const CALLS_EACH = 20;
/** ms the server takes for each. */
const HOLD = 100;
/** Windows killed in the middle of a call. */
const KILLS = 3;

describe("calls of several processes", function () {
  this.timeout(170_000);

  const desk = useDesk(HOLD, "right");

  /** How often the order that was asked most was asked. */
  function mostForOneOrder(): number {
    const counts = new Map<string, number>();
    for (const { order } of desk.server.calls) counts.set(order, (counts.get(order) ?? 0) + 1);
    return Math.max(...counts.values());
  }

  it("never overlap, and ask no order twice within its wait, with holders killed and stopped", async () => {
    await track(desk.folder, accounts("alice", "bob"), 800);
    const eight = Array.from({ length: 8 }, () => desk.open());
    const proved = (of: WindowProcess) =>
      of.until(() => new Set(desk.server.calls.map((call) => call.login)).size === 2);
    await Promise.all(eight.map(proved));

    // A holder that is stopped mid-call keeps everybody waiting, and goes on where it was.
    for (const [index, window] of eight.entries()) {
      window.onCalling((count) => {
        if (count !== 5 + index) return false;
        window.signal("SIGSTOP");
        void sleep(3 * HOLD).then(() => window.signal("SIGCONT"));
        return true;
      });
    }
    const killed: WindowProcess[] = [];
    const openVictim = (): void => {
      const victim = desk.open();
      victim.onCalling((count) => {
        if (count < 2) return false;
        victim.signal("SIGKILL");
        killed.push(victim);
        if (killed.length < KILLS) openVictim();
        return true;
      });
    };
    openVictim();

    await Promise.all(eight.map((window) => window.until(() => window.answered >= CALLS_EACH)));
    assert.equal(killed.length, KILLS);
    assert.ok(desk.server.calls.length >= 8 * CALLS_EACH);
    assert.deepEqual([...new Set(desk.server.calls.map((call) => call.host))].sort(), [...HOSTS]);
    assert.equal(desk.server.overlaps, 0);
    assert.equal(mostForOneOrder(), 1);
  });

  it("lets a person's click go before hundreds of due orders in three other windows and its own", async () => {
    const ids = await track(desk.folder, accounts("alice", "bob"), 400);
    const all = Array.from({ length: 4 }, () => desk.open());
    await Promise.all(all.map((window) => window.until(() => window.answered >= 1)));
    const [clicked] = all;
    const id = ids.at(-1) ?? "";
    const before = desk.server.calls.length;
    clicked?.check(id);
    await clicked?.until((messages) => messages.some((message) => message.kind === "checked" && message.id === id));
    const order = desk.server.calls.findIndex((call) => id.endsWith(call.order)) - before;
    // One call may be under way and one be won by a neighbour while the click travels.
    assert.ok(order >= 0 && order <= 3, `it was call ${order} after the click`);
  });

  it("share each round of reports among orders that are due, and go on with that of a killed window", async () => {
    const of = accounts("alice", "alice");
    const on = { type: "report-watch", login: "sectigo/alice", on: true } as const;
    // Numbers of ten digits, of which a report takes 2,978.
    const ids = await track(desk.folder, of, 9_000, 1_000_000_000, on);
    const windows = Array.from({ length: 4 }, () => desk.open());
    const { server } = desk;
    const killed = new Promise<WindowProcess | undefined>((resolve) => {
      server.arrived = (call) => {
        if (call !== server.reports[1]) return;
        server.arrived = () => undefined;
        const victim = windows.find(({ pid }) => pid === call.window);
        victim?.signal("SIGKILL");
        resolve(victim);
      };
    });
    const victim = await killed;
    const survivor = windows.find((window) => window !== victim);
    await survivor?.until(() => server.reports.length >= 5);
    const after = server.calls.length + 10;
    await survivor?.until(() => server.calls.length >= after);

    const [first, lost, again, ...others] = server.reports;
    // Nobody heard what the killed window was told: it is asked once more.
    assert.equal(again?.order, lost?.order);
    assert.notEqual(again?.window, lost?.window);
    const asked = [first, again, ...others].flatMap((call) => call?.order.split(",") ?? []);
    assert.deepEqual(asked, ids.map((id) => id.split("~").at(-1)).sort());
    assert.equal(server.reports.length, 5);
    assert.deepEqual([server.overlaps, server.failedLogins, mostForOneOrder()], [0, 0, 1]);
  });

  it("would be seen to overlap without the lock", async () => {
    await track(desk.folder, accounts("alice", "bob").slice(0, 1), 400);
    // A login that has not proved itself would be frozen by the first call that is seen without its answer.
    const honest = desk.open();
    await honest.until(() => honest.answered >= 1);
    const seen = new Promise<void>((resolve) => (desk.server.arrived = () => desk.server.overlaps > 0 && resolve()));
    for (let opened = 0; opened < 4; opened++) desk.open({ mutation: "no-lock" });
    await seen;
  });

  it("would be seen to ask twice if 'asked' were not on the disk before the call", async () => {
    await track(desk.folder, accounts("alice", "bob"), 1);
    const first = desk.open({ mutation: "late-disk" });
    await new Promise<void>((resolve) => (desk.server.arrived = () => resolve()));
    await first.end();
    const second = desk.open();
    await second.until(() => second.answered >= 1);
    assert.equal(mostForOneOrder(), 2);
  });
});
