import { loginKey } from "../../orders/model/login-key";
import type { Account, Login } from "../../orders/model/order";
import { timeWords } from "../../orders/presentation/time-words";
import { Arguments } from "../base/arguments";
import { localize, locale } from "../base/localize";
import { showInformation } from "../base/messages";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { chooseAccount, tellDeadEnd, type DeadEnd } from "./choices";
import { offerUndo } from "./offer-undo";

/** Whether reports decide which orders of an account are asked about. */
export interface WatchedByReport {
  readonly account: string;
  readonly on: boolean;
}

/** Lets a report every three hours tell which orders of an account are asked about. */
export async function watchByReport(program: Program, argument: unknown): Promise<WatchedByReport | undefined> {
  const { collector } = program;
  const suits = (account: Account): boolean => canWatchByReport(collector, account);
  const title = localize("Watch by Report");
  const account = await choose(program, argument, title, suits, noneToWatch(collector));
  if (account === undefined) return undefined;
  if (collector.services.isWatched(account)) {
    void showInformation(localize("“{0}” is watched by report already.", account.label));
    return { account: account.id, on: true };
  }
  if (!loginOf(collector, account).proved) {
    void tellDeadEnd({
      words: localize("“{0}” has not signed in yet. Test its sign-in first.", account.label),
      next: { label: localize("Test Sign-In…"), command: "testSignIn", argument: { account: account.id } },
    });
    return undefined;
  }
  if (isWithoutReports(collector, account)) {
    void tellDeadEnd({
      words: localize("The CA refused “{0}” its last report. Test its sign-in first.", account.label),
      next: { label: localize("Test Sign-In…"), command: "testSignIn", argument: { account: account.id } },
    });
    return undefined;
  }
  await collector.services.setWatched(account, true);
  const done = localize(
    "The CA's report now watches all orders of “{0}”, in one call every three hours.",
    account.label,
  );
  void offerUndo(collector, done, () => collector.services.setWatched(account, false));
  return { account: account.id, on: true };
}

/** Undoes {@link watchByReport}. */
export async function stopWatchingByReport(program: Program, argument: unknown): Promise<WatchedByReport | undefined> {
  const { collector } = program;
  const isOn = (account: Account): boolean => collector.services.isWatched(account);
  const none = { words: localize("No account is watched by report.") };
  const account = await choose(program, argument, localize("Stop Watching by Report"), isOn, none);
  if (account === undefined) return undefined;
  if (!isOn(account)) {
    void showInformation(localize("“{0}” is not watched by report.", account.label));
    return { account: account.id, on: false };
  }
  await collector.services.setWatched(account, false);
  const done = localize("The orders of “{0}” are checked one by one again.", account.label);
  void offerUndo(collector, done, () => collector.services.setWatched(account, true));
  return { account: account.id, on: false };
}

/** Whether reports could decide that, and do not yet. */
export function canWatchByReport(collector: Collector, account: Account): boolean {
  const isOff = loginOf(collector, account).proved && !collector.services.isWatched(account);
  return isOff && !isWithoutReports(collector, account);
}

/** Whether the CA's last word about reports is that this account gets none. */
function isWithoutReports(collector: Collector, account: Account): boolean {
  const outcome = loginOf(collector, account).services?.WebHostReport?.outcome;
  return outcome?.kind === "refused" && (outcome.after === "sign-in" || outcome.after === "not-enabled");
}

/** What a person is offered after a report worked. */
export function watchOfferWords(): string {
  return localize("The CA's report can watch all orders of this account, in one call every three hours.");
}

function choose(
  { collector }: Program,
  argument: unknown,
  title: string,
  suits: (account: Account) => boolean,
  none: DeadEnd,
): Promise<Account | undefined> {
  const state = (account: Account): string =>
    collector.services.objectionTo(account) === undefined
      ? stateWords(loginOf(collector, account))
      : localize("the last report was refused, orders are checked one by one");
  return chooseAccount(collector, new Arguments(argument), title, suits, none, state);
}

function noneToWatch(collector: Collector): DeadEnd {
  const { book, services } = collector;
  if (book.accounts().every((account) => services.isWatched(account)))
    return { words: localize("All accounts are watched by report already.") };
  return {
    words: book.accounts().some((account) => isWithoutReports(collector, account))
      ? localize("The CA refused the last report of each account that is not watched yet.")
      : localize("No account has signed in yet."),
    next: { label: localize("Test Sign-In…"), command: "testSignIn" },
  };
}

function stateWords({ report }: Login): string {
  if (report?.on !== true) return localize("orders are checked one by one");
  const { completedAt } = report;
  return completedAt === undefined
    ? localize("watched by report")
    : localize("watched by report, last at {0}", timeWords(completedAt, Date.now(), locale));
}

function loginOf({ book }: Collector, account: Account): Login {
  return book.login(loginKey(account.ca, account));
}
