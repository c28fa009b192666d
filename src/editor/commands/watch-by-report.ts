import * as vscode from "vscode";
import { loginKey } from "../../orders/model/login-key";
import type { Account, Login } from "../../orders/model/order";
import { timeWords } from "../../orders/presentation/time-words";
import { Arguments } from "../base/arguments";
import { locale } from "../base/localize";
import { showInformation } from "../base/messages";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { chooseAccount, type DeadEnd } from "./choices";
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
  const account = await choose(program, argument, suits, noneToWatch(collector));
  if (account === undefined) return undefined;
  const { proved, report } = loginOf(collector, account);
  if (report?.on === true) {
    void showInformation(vscode.l10n.t("“{0}” is watched by report already.", account.label));
    return { account: account.id, on: true };
  }
  if (!proved) {
    void showInformation(vscode.l10n.t("“{0}” has not signed in yet. Test its sign-in first.", account.label));
    return undefined;
  }
  await turn(collector, account, true);
  const done = vscode.l10n.t("One call every three hours now watches all orders of “{0}”.", account.label);
  void offerUndo(collector, done, () => turn(collector, account, false));
  return { account: account.id, on: true };
}

/** Undoes {@link watchByReport}. */
export async function stopWatchingByReport(program: Program, argument: unknown): Promise<WatchedByReport | undefined> {
  const { collector } = program;
  const isOn = (account: Account): boolean => loginOf(collector, account).report?.on === true;
  const none = { words: vscode.l10n.t("No account is watched by report.") };
  const account = await choose(program, argument, isOn, none);
  if (account === undefined) return undefined;
  if (!isOn(account)) {
    void showInformation(vscode.l10n.t("“{0}” is not watched by report.", account.label));
    return { account: account.id, on: false };
  }
  await turn(collector, account, false);
  const done = vscode.l10n.t("The orders of “{0}” are checked one by one again.", account.label);
  void offerUndo(collector, done, () => turn(collector, account, true));
  return { account: account.id, on: false };
}

/** Whether a person has not decided yet, and a report would work. */
export function canWatchByReport(collector: Collector, account: Account): boolean {
  const { proved, report } = loginOf(collector, account);
  return proved && report?.on !== true;
}

/** What a person is offered after a report worked. */
export function watchOfferWords(): string {
  return vscode.l10n.t("One call every three hours can watch all of this account's orders.");
}

function choose(
  { collector }: Program,
  argument: unknown,
  suits: (account: Account) => boolean,
  none: DeadEnd,
): Promise<Account | undefined> {
  const state = (account: Account): string => stateWords(loginOf(collector, account));
  return chooseAccount(collector, new Arguments(argument), vscode.l10n.t("Watch by Report"), suits, none, state);
}

function noneToWatch({ book }: Collector): DeadEnd {
  const isEachOn = book.accounts().every((account) => book.login(loginKey(account.ca, account)).report?.on === true);
  if (isEachOn) return { words: vscode.l10n.t("All accounts are watched by report already.") };
  return {
    words: vscode.l10n.t("No account has signed in yet."),
    next: { label: vscode.l10n.t("Test Sign-In…"), command: "testSignIn" },
  };
}

function stateWords({ report }: Login): string {
  if (report?.on !== true) return vscode.l10n.t("orders are checked one by one");
  const { completedAt } = report;
  return completedAt === undefined
    ? vscode.l10n.t("watched by report")
    : vscode.l10n.t("watched by report, last at {0}", timeWords(completedAt, Date.now(), locale));
}

function turn({ book }: Collector, account: Account, on: boolean): Promise<void> {
  return book.record([{ type: "report-watch", login: loginKey(account.ca, account), on }]);
}

function loginOf({ book }: Collector, account: Account): Login {
  return book.login(loginKey(account.ca, account));
}
