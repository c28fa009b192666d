import type { Phrase } from "../../words/phrase";
import type { OrderReport } from "../../api/services/service-result";
import { reportOf } from "../../api/services/service-values";
import type { Book } from "../journal/book";
import { loginKey } from "../model/login-key";
import type { Account, CaName, LoginKey, Order, OrderId } from "../model/order";
import { policyOf } from "../model/policy";
import type { ReportedRow } from "../model/reported";
import { MutableDisposable } from "../mutable-disposable";
import type { Clock, Disposable } from "../ports";
import { backoffOf } from "./backoff";
import {
  isReportable,
  nextBatch,
  reportDue,
  reportedRowOf,
  reportEvents,
  reportObjection,
  type ReportBatch,
} from "./reports";
import type { ServiceAsk } from "./service-ask";

/** ms for which this window skips a login after it could not call for a reason of its own. */
const SKIP = 60_000;
/** The longest sleep, in ms: a suspended computer's timers are late, and the clock may have been set. */
const LONGEST_SLEEP = 15 * 60_000;
/** ms after a change of the book before it is looked at: changes come in bursts. */
const DEBOUNCE = 50;

/** Orders that are looked at in one go: a few ms of the editor's thread. */
const SLICE = 1_000;

/** What watching by report needs. */
export interface ReportWatchParts {
  readonly book: Book;
  readonly ask: ServiceAsk;
  readonly clock: Clock;
  /** Whether there are background checks at all. */
  readonly isOn: () => boolean;
  /** Whether calls to a CA can be made at all: the sandbox's cannot while it is not running. */
  readonly isOpen: (ca: CaName) => boolean;
  /** Called once when reports begin to rest; see {@link reportObjection}. */
  readonly rested: (account: Account, objection: Phrase | string) => void;
}

/**
 * Asks the CA for reports about the orders of those logins for which a person switched that on, one call at a time.
 * Every window has one; the lock decides which one calls, and the journal tells the others how far the round is.
 */
export class ReportWatch implements Disposable {
  private readonly timer = new MutableDisposable();
  private readonly changes = new MutableDisposable();
  private readonly ending = new AbortController();
  private readonly running = new Set<CaName>();
  /** Logins that this window skips, and until when. Epoch ms. */
  private readonly skipped = new Map<LoginKey, number>();
  private readonly rounds = new Map<LoginKey, Round>();
  private started = false;

  constructor(private readonly parts: ReportWatchParts) {}

  start(): void {
    if (this.started || this.ending.signal.aborted) return;
    this.started = true;
    this.changes.value = this.parts.book.onDidChange(({ logins, accounts, structure }) => {
      if (logins.size === 0 && accounts.size === 0 && !structure) return;
      this.timer.value = this.parts.clock.after(DEBOUNCE, () => this.wake());
    });
    this.wake();
  }

  /** Looks again at what is due: after a setting or secret changed, or the sandbox started. */
  retry(): void {
    this.skipped.clear();
    this.wake();
  }

  dispose(): void {
    this.started = false;
    this.changes.dispose();
    this.timer.dispose();
    this.ending.abort();
  }

  private wake(): void {
    if (!this.started || !this.parts.isOn()) return;
    const now = this.parts.clock.now();
    let next = Infinity;
    for (const account of this.accounts()) {
      const due = this.dueOf(account, now);
      if (due <= now) void this.run(account.ca);
      else next = Math.min(next, due);
    }
    const sleep = Math.min(next - now, LONGEST_SLEEP);
    this.timer.value = next === Infinity ? undefined : this.parts.clock.after(sleep, () => this.wake());
  }

  /** Calls for one login after the other while anything is due. */
  private async run(ca: CaName): Promise<void> {
    if (this.running.has(ca)) return;
    this.running.add(ca);
    try {
      for (let account = this.nextDue(ca); account !== undefined; account = this.nextDue(ca)) await this.call(account);
    } finally {
      this.running.delete(ca);
    }
    this.wake();
  }

  private async call(account: Account): Promise<void> {
    const { ask, clock } = this.parts;
    const round = await this.roundOf(account);
    let batch: ReportBatch | undefined;
    let isEmpty = false;
    const question = { service: "WebHostReport", account: account.id, values: {} } as const;
    const result = await ask(question, "schedule", this.ending.signal, {
      again: (login) => {
        // Under the lock, a call without an answer is one whose process died: of this one, the next might, too.
        const silent = login.unansweredAt;
        if (silent !== undefined && Math.abs(clock.now() - silent) < policyOf(account).retry) return undefined;
        const isDue = (reportDue(login, policyOf(account), clock.now()) ?? Infinity) <= clock.now();
        batch = isDue ? nextBatch([...round.orders.keys()], login, policyOf(account), clock.now()) : undefined;
        isEmpty = isDue && batch === undefined;
        return batch && { ...question, values: reportOf(batch.numbers) };
      },
      store: (answer) => {
        if (batch === undefined || answer.kind !== "report") return { events: [] };
        const { began, through } = batch;
        round.began = began;
        const ids = batch.numbers.flatMap((number) => round.orders.get(number) ?? []);
        const orders = ids.flatMap((id) => this.parts.book.get(id) ?? []);
        const events = reportEvents(orders, rowsOf(answer.report));
        return { events, round: { began, ...(through !== undefined && { through }) } };
      },
    });
    // What was journaled says when the next call is due; the rest, this window has to remember.
    const isLost = result.kind === "not-recorded" && result.asked;
    if (isEmpty || isLost) this.skip(account, policyOf(account).report);
    else if (result.kind === "gone" ? this.dueOf(account, clock.now()) <= clock.now() : result.kind !== "answered")
      this.skip(account, SKIP);
    const objection = this.objectionTo(account);
    // While they rest nothing is due, so this is the one call after which they do.
    if (batch !== undefined && objection !== undefined) this.parts.rested(account, objection);
  }

  private objectionTo(account: Account): Phrase | string | undefined {
    const login = this.parts.book.login(loginKey(account.ca, account));
    return reportObjection(login, policyOf(account), this.parts.clock.now());
  }

  private skip(account: Account, ms: number): void {
    const longest = policyOf(account).report;
    this.skipped.set(loginKey(account.ca, account), this.parts.clock.now() + Math.min(ms, longest));
  }

  /** The orders of a login that a round asks for, found once and a slice at a time: there may be tens of thousands. */
  private async roundOf(account: Account): Promise<Round> {
    const { book, clock } = this.parts;
    const key = loginKey(account.ca, account);
    const known = this.rounds.get(key);
    if (known?.began !== undefined && known.began === book.login(key).report?.round?.began) return known;
    const orders = new Map<string, OrderId[]>();
    let looked = 0;
    for (const order of book.orders()) {
      if (++looked % SLICE === 0) await new Promise<void>((resolve) => clock.after(0, resolve));
      if (order.reference.kind !== "orderNumber" || !this.isOf(order, account)) continue;
      if (!isReportable(order, clock.now())) continue;
      const { value } = order.reference;
      orders.set(value, [...(orders.get(value) ?? []), order.id]);
    }
    const round: Round = { orders };
    this.rounds.set(key, round);
    return round;
  }

  private isOf(order: Order, account: Account): boolean {
    if (order.ca !== account.ca || order.account === undefined) return false;
    if (order.account === account.id) return true;
    const owner = this.parts.book.account(order.account);
    return owner !== undefined && loginKey(owner.ca, owner) === loginKey(account.ca, account);
  }

  private nextDue(ca: CaName): Account | undefined {
    if (!this.started || !this.parts.isOn()) return undefined;
    const now = this.parts.clock.now();
    return this.accounts().find((account) => account.ca === ca && this.dueOf(account, now) <= now);
  }

  /** One account of each login. */
  private accounts(): Account[] {
    const byLogin = new Map<LoginKey, Account>();
    for (const account of this.parts.book.accounts()) {
      const key = loginKey(account.ca, account);
      if (!byLogin.has(key)) byLogin.set(key, account);
    }
    return [...byLogin.values()];
  }

  private dueOf(account: Account, now: number): number {
    const login = this.parts.book.login(loginKey(account.ca, account));
    const policy = policyOf(account);
    const due = reportDue(login, policy, now);
    if (due === undefined || !this.parts.isOpen(account.ca)) return Infinity;
    return Math.max(due, backoffOf(login, policy, now)?.until ?? 0, this.skipped.get(login.key) ?? 0);
  }
}

/** The orders that a round asks for, by number; a number may be tracked as several products. */
interface Round {
  readonly orders: ReadonlyMap<string, readonly OrderId[]>;
  /** When its first call was made, once it was. Epoch ms. */
  began?: number;
}

/** The rows of a report by order number, without what nobody needs of them. */
function rowsOf({ rows }: OrderReport): ReadonlyMap<string, ReportedRow> {
  return new Map(rows.map((row) => [row.orderNumber, reportedRowOf(row)]));
}
