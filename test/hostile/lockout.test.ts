import assert from "node:assert/strict";
import { loginKey } from "../../src/orders/model/login-key";
import type { JournalLine } from "../../src/orders/journal/events";
import type { Account } from "../../src/orders/model/order";
import { HOUR, MINUTE, settle } from "../unit/orders/doubles";
import { SIGN_IN_TEST } from "../../src/api/services/service-values";
import { PENDING, refused } from "../unit/orders/world";
import { Desk, NOT_SIGNED_IN, ONE, reportThatAllWait, TWO, type DeskWindow } from "../unit/editor/desk";

/** The same numbers for the same seed: a walk that fails can be walked again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const PASSWORDS = ["right", "wrong", "other", "rotated"];

/**
 * A CA, its windows and a person who does anything in any order. What counts is how often the CA refuses a login for
 * one change: each line that lets credentials go out, and each change at the CA itself, may cost one failed sign-in.
 * Once a login has proved itself, a service that refuses it does not count: it freezes nothing, and is not called by
 * schedule until a person has acted.
 */
class Walk {
  private readonly desk = new Desk();
  private readonly windows: DeskWindow[] = [];
  private readonly accounts: readonly Account[] = [ONE, TWO];
  private rotations = 0;
  private isFailing = false;
  private readonly failures = new Map<string, number>();
  /** Logins that a service refused although they had proved themselves, until a person acts. */
  private readonly resting = new Set<string>();
  /** Logins, each with a credential, that may be frozen: not proved, or refused by a collect call. */
  private readonly doubtful = new Set<string>();
  private linesSeen = 0;
  failed = 0;
  calls = 0;
  /** Calls of services by schedule, and those that were refused although the login had proved itself. */
  readonly reports = { asked: 0, refused: 0 };
  private readonly done: string[] = [];
  /** What broke the law. */
  readonly wrong: string[] = [];

  constructor(
    private readonly next: (below: number) => number,
    former: Readonly<Record<string, string>>,
  ) {
    const { desk } = this;
    for (const [key, value] of Object.entries(former)) desk.keyring.stored.set(key, value);
    const { keyring } = desk;
    const [get, store, remove] = [keyring.get.bind(keyring), keyring.store.bind(keyring), keyring.delete.bind(keyring)];
    const mayFail = <T>(work: () => Promise<T>): Promise<T> =>
      this.isFailing && this.next(2) === 0 ? Promise.reject(new Error("no keyring")) : work();
    keyring.get = (key) => mayFail(() => get(key));
    keyring.store = (key, value) => mayFail(() => store(key, value));
    keyring.delete = (key) => mayFail(() => remove(key));
    desk.world.collect = async ({ account, secrets, order: { ca } }) =>
      (await this.takes(loginKey(ca, account), secrets.password, true)) ? PENDING : refused(-16, "sign-in");
    desk.world.services = async ({ account, password, values }) =>
      (await this.takes(loginKey(account.ca, account), password, desk.hasServices))
        ? reportThatAllWait(values)
        : NOT_SIGNED_IN;
  }

  async begin(): Promise<void> {
    const window = await this.open();
    await window.track(8);
  }

  /** One thing that a person, the CA or the computer does. */
  async step(): Promise<void> {
    const window = this.windows[this.next(this.windows.length)] ?? (await this.open());
    const account = this.accounts[this.next(2)] ?? ONE;
    const what = this.next(20);
    this.done.push(`${what}`);
    switch (what) {
      case 0:
      case 1:
        await this.enter(window, account);
        return settle();
      case 2:
        if (window.window.book.account(account.id)?.frozen) await window.accounts.tryOnce(account).catch(noop);
        return;
      case 3:
        this.desk.right = PASSWORDS[this.next(PASSWORDS.length)] ?? "right";
        this.rotations++;
        return;
      case 4:
        window.window.dispose();
        this.windows.splice(this.windows.indexOf(window), 1);
        return void (await this.open());
      case 5:
        if (this.windows.length < 3) await this.open();
        return;
      case 6:
        this.isFailing = !this.isFailing;
        return;
      case 7:
        await window.accounts.remove(account.id).catch(noop);
        return;
      case 8:
        return void (await window.accounts.set(account).catch(noop));
      case 9: {
        // The login name is edited, and perhaps comes back.
        const loginName = ["alice", "bob"][this.next(2)] ?? "alice";
        return this.enter(window, { ...account, loginName });
      }
      case 10:
        this.desk.during = () => this.enter(window, account);
        return;
      case 11: {
        const ids = [...window.window.book.orders()].map(({ id }) => id);
        const id = ids[this.next(ids.length)] ?? "";
        await window.window.record({ type: "agreed", id }).catch(noop);
        const asking = window.window.poller.check(id, new AbortController().signal);
        await this.desk.world.clock.advance(MINUTE);
        return void (await asking);
      }
      case 12:
        this.desk.during = () => {
          for (const each of this.windows) each.window.journal.failure = FULL;
          return Promise.resolve();
        };
        return;
      case 13:
        window.window.journal.failure = FULL;
        return;
      case 14: {
        const question = { service: "WebHostReport", account: account.id, values: SIGN_IN_TEST } as const;
        const asking = window.window.serviceAsk(question, "person", new AbortController().signal);
        await this.desk.world.clock.advance(MINUTE);
        return void (await asking);
      }
      case 15:
      case 16: {
        const login = loginKey(account.ca, window.window.book.account(account.id) ?? account);
        this.resting.delete(login);
        return window.window.record({ type: "report-watch", login, on: this.next(4) > 0 }).catch(noop);
      }
      case 17:
        this.desk.hasServices = this.next(3) === 0;
        return;
      default:
        return this.desk.world.clock.advance(this.next(12) * HOUR);
    }
  }

  async end(): Promise<void> {
    await this.desk.world.clock.advance(48 * HOUR);
    for (const window of this.windows) window.window.dispose();
    this.judgeFreezes();
  }

  private async open(): Promise<DeskWindow> {
    const window = this.desk.open();
    this.windows.push(window);
    await window.window.start();
    return window;
  }

  /** As the commands do: what is known to be refused is not taken. */
  private async enter(window: DeskWindow, account: Account): Promise<void> {
    const text = PASSWORDS[this.next(PASSWORDS.length)] ?? "";
    if ((await window.accounts.stateOf(account, text)) === "refused") return;
    await window.accounts.set(account, { text, keep: this.next(3) > 0 }).catch(noop);
  }

  /** Whether the CA takes a login. */
  private async takes(login: string, password: string | undefined, isEnabled: boolean): Promise<boolean> {
    const { desk } = this;
    const { lines } = desk.world.shared;
    // One call is under way at a time: the last question says with which credential.
    const asked = lines.findLast((line) => isQuestion(line) && line.login === login);
    if (asked === undefined || !isQuestion(asked)) return assert.fail("not journaled");
    const { credential = "" } = asked;
    const before = lines.slice(0, lines.indexOf(asked)).filter((line) => isAbout(line, login, credential));
    const change = `${login} ${credential} ${before.filter(isThawed).length} ${this.rotations}`;
    const isProved = before.findLastIndex(proves) > before.findLastIndex(isThawed);
    this.judgeFreezes();
    this.doubtful[isProved ? "delete" : "add"](`${login} ${credential}`);
    const isByService = asked.type === "service-asked";
    if (isByService && asked.why === "schedule") {
      this.reports.asked++;
      if (!isProved) this.wrong.push(`not proved: ${change} after ${this.done.join(" ")}`);
      if (this.resting.has(login)) this.wrong.push(`refused there before: ${change} after ${this.done.join(" ")}`);
    }
    const isTaken = password === desk.right && isEnabled;
    this.calls++;
    const { during } = desk;
    desk.during = () => Promise.resolve();
    await during();
    if (isByService) this.resting.delete(login);
    if (isTaken) return true;
    this.failed++;
    if (isByService && isProved) {
      this.resting.add(login);
      this.reports.refused++;
      return false;
    }
    this.doubtful.add(`${login} ${credential}`);
    this.failures.set(change, (this.failures.get(change) ?? 0) + 1);
    // Not thrown here, where it would be one more call that failed.
    if ((this.failures.get(change) ?? 0) > 1) this.wrong.push(`${change} after ${this.done.join(" ")}`);
    return false;
  }

  /** Looks at what was frozen since the last call. */
  private judgeFreezes(): void {
    const { lines } = this.desk.world.shared;
    for (const line of lines.slice(this.linesSeen)) {
      if (line.type === "frozen" && !this.doubtful.has(`${line.login} ${line.credential ?? ""}`))
        this.wrong.push(`frozen: ${line.login} after ${this.done.join(" ")}`);
    }
    this.linesSeen = lines.length;
  }
}

const isQuestion = (line: JournalLine): line is Extract<JournalLine, { type: "asked" | "service-asked" }> =>
  line.type === "asked" || line.type === "service-asked";
const isThawed = ({ type }: JournalLine): boolean => type === "thawed";
const proves = (line: JournalLine): boolean => "proves" in line && line.proves;
const isAbout = (line: JournalLine, login: string, credential: string): boolean =>
  "login" in line && line.login === login && (line.credential ?? "") === credential;

const FULL = Object.assign(new Error("The disk is full."), { code: "disk-full" });
const noop = (): void => undefined;

describe("a login is refused once at most for each change of its credentials", () => {
  const formers: readonly Readonly<Record<string, string>>[] = [
    {},
    { "password:one": "wrong", "password:two": "right" },
    { "password:one": "right" },
  ];
  const seeds = Array.from({ length: 30 }, (_, index) => index + 1);
  it(`over ${seeds.length} walks of anything that a person, the CA and the computer do`, async function () {
    this.timeout(0);
    let [failed, calls, reports, refusedReports] = [0, 0, 0, 0];
    for (const seed of seeds) {
      const walk = new Walk(numbers(seed * 7919), formers[seed % formers.length] ?? {});
      await walk.begin();
      for (let step = 0; step < 60; step++) await walk.step();
      await walk.end();
      assert.deepEqual(walk.wrong, [], `seed ${seed}`);
      failed += walk.failed;
      calls += walk.calls;
      reports += walk.reports.asked;
      refusedReports += walk.reports.refused;
    }
    // They are walks on which much happens.
    assert.ok(failed > seeds.length && calls > 2 * failed, `${failed} of ${calls}`);
    assert.ok(3 * refusedReports > seeds.length && reports > seeds.length, `${refusedReports} and ${reports} reports`);
  });
});
