import * as vscode from "vscode";
import type { Account } from "../../orders/model/order";
import { Arguments } from "../base/arguments";
import { commandId } from "../base/contributions";
import { showInformation, withProgress } from "../base/messages";
import type { Program } from "../window/program";
import { chooseAccount } from "./choices";
import { withLockHolderShown } from "./lock-holder";
import { signInQuestion } from "./report-questions";
import { maySignIn } from "./service-consent";
import { serviceTrouble } from "./service-trouble";
import { canWatchByReport, watchOfferWords } from "./watch-by-report";
import { inSentences, localize } from "../base/localize";

/** What the CA said to a sign-in: `accepted`, or why it is not known. */
export interface SignInTest {
  readonly account: string;
  readonly outcome: string;
}

/** Asks the CA for a report without rows, which tells whether it accepts the sign-in of an account. */
export async function testSignIn(program: Program, argument: unknown): Promise<SignInTest | undefined> {
  const { collector } = program;
  const account = await chooseAccount(collector, new Arguments(argument), localize("Which account?"));
  if (account === undefined || !(await maySignIn(collector, account))) return undefined;
  const title = localize("Testing the sign-in of “{0}”", account.label);
  const result = await withProgress(title, (signal, progress) =>
    withLockHolderShown(
      collector,
      [account.ca],
      (words) => progress.report(words),
      () => collector.services.ask(signInQuestion(account.id), signal),
    ),
  );
  if (result.kind === "answered") void tellAccepted(program, account);
  else {
    const again = () => vscode.commands.executeCommand(commandId("testSignIn"), { account: account.id });
    void serviceTrouble(program, account, result, again);
  }
  return { account: account.id, outcome: result.kind === "answered" ? "accepted" : result.kind };
}

/** Says so, and what can be done with such a report. */
async function tellAccepted({ collector }: Program, account: Account): Promise<void> {
  const accepted = localize("The CA accepted the sign-in.");
  const hasOrders = [...collector.book.orders()].some((order) => order.account === account.id);
  const argument = { account: account.id };
  if (!hasOrders) {
    const find = localize("Find Orders…");
    if ((await showInformation(accepted, find)) === find)
      await vscode.commands.executeCommand(commandId("findOrders"), argument);
    return;
  }
  if (!canWatchByReport(collector, account)) return void showInformation(accepted);
  const watch = localize("Watch by Report");
  if ((await showInformation(inSentences(accepted, watchOfferWords()), watch)) === watch)
    await vscode.commands.executeCommand(commandId("watchByReport"), argument);
}
