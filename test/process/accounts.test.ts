import assert from "node:assert/strict";
import path from "node:path";
import { FileKeyring } from "./file-keyring";
import { accounts, track, useDesk, type WindowProcess } from "./windows";

/** ms the server takes for each answer. */
const HOLD = 100;

const [ONE, TWO] = accounts("alice", "alice") as [ReturnType<typeof accounts>[0], ReturnType<typeof accounts>[0]];

describe("one login in two accounts, with several processes", function () {
  this.timeout(60_000);

  const desk = useDesk(HOLD);

  const frozen = (window: WindowProcess) => window.until((messages) => messages.some(({ kind }) => kind === "frozen"));
  /** Until some calls were right, so that whatever had to fail has. */
  const well = (window: WindowProcess, calls = 10) =>
    window.until(() => desk.server.calls.length >= desk.server.failedLogins + calls);

  it("fails once for each password that is wrong, entered at either account, over windows and a restart", async () => {
    await track(desk.folder, [ONE, TWO], 200);
    const [first, second] = [desk.open(), desk.open()];
    await first.enter(ONE, "wrong");
    await Promise.all([first, second].map((window) => frozen(window)));
    await Promise.all([first, second].map((window) => window.end()));
    assert.equal(desk.server.failedLogins, 1);

    const [third, fourth] = [desk.open(), desk.open()];
    await Promise.all([third, fourth].map((window) => frozen(window)));
    await fourth.enter(TWO, "wrong too", false);
    await third.until((messages) => desk.server.failedLogins > 1 && messages.at(-1)?.kind === "frozen");
    assert.equal(desk.server.failedLogins, 2);

    await third.enter(TWO, "right");
    await well(third);
    assert.equal(desk.server.failedLogins, 2);
  });

  it("fails once when the password is changed at the CA and then in one account alone", async () => {
    await track(desk.folder, [ONE, TWO], 200);
    const [first, second] = [desk.open(), desk.open()];
    await first.enter(ONE, "right");
    await well(first, 5);
    desk.server.password = "rotated";
    await Promise.all([first, second].map((window) => frozen(window)));
    assert.equal(desk.server.failedLogins, 1);
    await second.enter(TWO, "rotated");
    await well(second, 20);
    assert.equal(desk.server.failedLogins, 1);
  });

  it("fails once when the right password is entered while the call with the wrong one is under way", async () => {
    await track(desk.folder, [ONE, TWO], 200);
    const [first, second] = [desk.open(), desk.open()];
    const arrived = new Promise<void>((resolve) => (desk.server.arrived = () => resolve()));
    await first.enter(ONE, "wrong");
    await arrived;
    await second.enter(TWO, "right");
    await well(second, 20);
    assert.equal(desk.server.failedLogins, 1);
  });

  it("fails once when version 0.1 kept two passwords, of which one is wrong, and the right one is entered", async () => {
    const keyring = new FileKeyring(path.join(desk.folder, "keyring"));
    await keyring.store(`password:${ONE.id}`, "wrong");
    await keyring.store(`password:${TWO.id}`, "right");
    await track(desk.folder, [ONE, TWO], 200);
    const [first, second] = [desk.open(), desk.open()];
    await Promise.all([first, second].map((window) => frozen(window)));
    assert.equal(desk.server.failedLogins, 1);
    await second.enter(TWO, "right");
    await well(second, 20);
    assert.equal(desk.server.failedLogins, 1);
  });
});
