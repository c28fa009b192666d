import * as vscode from "vscode";
import { CA_HOSTS } from "../../api/product";
import { Arguments } from "../base/arguments";
import { commandId } from "../base/contributions";
import { askModally, showInformation } from "../base/messages";
import { runMultiStepInput } from "../base/multi-step-input";
import type { Program } from "../window/program";
import {
  hostNameStep,
  hostStep,
  keepStep,
  labelStep,
  loginNameStep,
  passwordStep,
  sameLoginStep,
  SameLoginError,
  type AccountDraft,
} from "./account-steps";
import { chooseAccount } from "./choices";
import { editAccount, saveAccount } from "./edit-account";
import { localize } from "../base/localize";

/**
 * Adds an account; fields given by the argument (never the password) are not asked for, but a server other than the
 * CA's is shown and confirmed, and named again when asking for the password. Says afterwards what comes next.
 */
export async function addAccount(program: Program, argument: unknown): Promise<{ account: string } | undefined> {
  const added = await askAccount(program, argument);
  if (added?.isNew === true) void offerOrders(added.account);
  return added && { account: added.account };
}

/** Asks for an account and adds it, for a command that goes on with it. */
export async function askAccount(
  program: Program,
  argument: unknown,
): Promise<{ readonly account: string; readonly isNew: boolean } | undefined> {
  const { collector } = program;
  const given = new Arguments(argument);
  const { accounts } = collector;
  const host = given.text("host");
  const draft: AccountDraft = {
    host: host === undefined ? CA_HOSTS[0] : "",
    ca: "sectigo",
    loginName: "",
    label: "",
    password: undefined,
    keep: true,
  };
  try {
    const done = await runMultiStepInput(localize("Add Account"), [
      hostStep(draft, host),
      hostNameStep(draft, host),
      loginNameStep(draft, given.text("loginName")),
      sameLoginStep(draft, accounts),
      passwordStep(draft, accounts),
      keepStep(draft),
      labelStep(draft, given.text("label")),
    ]);
    return done ? { ...(await saveAccount(collector, draft)), isNew: true } : undefined;
  } catch (error) {
    if (!(error instanceof SameLoginError)) throw error;
    await editAccount(program, { account: error.account });
    return { account: error.account, isNew: false };
  }
}

async function offerOrders(account: string): Promise<void> {
  const find = localize("Find Orders…");
  const track = localize("Track Order…");
  const chosen = await showInformation(localize("Account added. Find its orders now?"), find, track);
  if (chosen === find) await vscode.commands.executeCommand(commandId("findOrders"), { account });
  if (chosen === track) await vscode.commands.executeCommand(commandId("trackOrder"));
}

/** Removes an account and its password, once a person has agreed. Its orders stay, without an account. */
export async function removeAccount({ collector }: Program, argument: unknown): Promise<{ removed: boolean }> {
  const account = await chooseAccount(collector, new Arguments(argument), localize("Choose an account to remove"));
  if (account === undefined) return { removed: false };
  const orders = [...collector.book.orders()].filter((order) => order.account === account.id).length;
  const remove = localize("Remove");
  const stay = localize("Its orders ({0}) stay, but are not checked until you give them another account.", orders);
  const question = localize("Remove the account “{0}” and its password?", account.label);
  const chosen = await askModally(question, orders === 0 ? [] : [stay], remove);
  if (chosen !== remove) return { removed: false };
  await collector.accounts.remove(account.id);
  return { removed: true };
}
