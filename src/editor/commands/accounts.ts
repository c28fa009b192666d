import * as vscode from "vscode";
import { CA_HOSTS } from "../../api/product";
import { Arguments } from "../base/arguments";
import type { Collector } from "../window/collector";
import { askModally, showPick, showWarning } from "../base/messages";
import type { Program } from "../window/program";
import { runMultiStepInput, type InputStep } from "../base/multi-step-input";
import {
  hostNameStep,
  hostStep,
  keepStep,
  labelStep,
  loginNameStep,
  newPasswordStep,
  passwordStep,
  type AccountDraft,
} from "./account-steps";
import { chooseAccount } from "./choices";

/** What can be changed about an account. */
const CHANGES = ["password", "loginName", "label"] as const;
type Change = (typeof CHANGES)[number];

/**
 * Adds an account; fields given by the argument (never the password) are not asked for, but a server other than the
 * CA's is shown and confirmed, and named again when asking for the password.
 */
export async function addAccount({ collector }: Program, argument: unknown): Promise<{ account: string } | undefined> {
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
  const done = await runMultiStepInput(vscode.l10n.t("Add Account"), [
    hostStep(draft, host),
    hostNameStep(draft, host),
    loginNameStep(draft, given.text("loginName")),
    passwordStep(draft, accounts),
    keepStep(draft),
    labelStep(draft, given.text("label")),
  ]);
  return done ? save(collector, draft) : undefined;
}

/** Changes one field of an account: the argument's `change`, or what a person picks. */
export async function editAccount({ collector }: Program, argument: unknown): Promise<{ account: string } | undefined> {
  const given = new Arguments(argument);
  const change = given.choice("change", CHANGES);
  // A row of the tree names an order; its account is meant.
  const ofOrder =
    given.text("account") === undefined ? collector.book.get(given.text("order") ?? "")?.account : undefined;
  const account =
    ofOrder !== undefined
      ? collector.book.account(ofOrder)
      : await chooseAccount(collector, given, vscode.l10n.t("Which account?"));
  if (account === undefined) return undefined;
  const title = vscode.l10n.t("Edit Account “{0}”", account.label);
  // Whoever comes from a row or heading that cannot sign in wants to change the password.
  const isLocked = account.frozen !== undefined || !(await collector.accounts.hasPassword(account));
  const isNamed = given.text("account") !== undefined || ofOrder !== undefined;
  const chosen = change ?? (isNamed && isLocked ? "password" : await chooseChange(title));
  if (chosen === undefined) return undefined;
  const draft: AccountDraft = { ...account, password: undefined, keep: !collector.accounts.isOfWindow(account) };
  const done = await runMultiStepInput(title, await stepsFor(chosen, draft, collector));
  return done ? save(collector, draft) : undefined;
}

function chooseChange(title: string): Promise<Change | undefined> {
  return showPick({
    title,
    placeholder: vscode.l10n.t("What do you want to change?"),
    choices: [
      { label: vscode.l10n.t("Password"), value: "password" },
      { label: vscode.l10n.t("Login Name"), value: "loginName" },
      { label: vscode.l10n.t("Name"), description: vscode.l10n.t("your own name for the account"), value: "label" },
    ],
  });
}

async function stepsFor(
  change: Change,
  draft: AccountDraft,
  { accounts, book }: Collector,
): Promise<readonly InputStep[]> {
  switch (change) {
    case "password": {
      const account = draft.id === undefined ? undefined : book.account(draft.id);
      const isStored = account !== undefined && (await accounts.hasPassword(account));
      // A password that replaces another is kept where that one was.
      return [newPasswordStep(draft, accounts), ...(isStored ? [] : [keepStep(draft)])];
    }
    case "loginName":
      return [loginNameStep(draft, undefined), passwordStep(draft, accounts), keepStep(draft)];
    case "label":
      return [labelStep(draft, undefined)];
  }
}

export async function removeAccount({ collector }: Program, argument: unknown): Promise<{ removed: boolean }> {
  const account = await chooseAccount(collector, new Arguments(argument), vscode.l10n.t("Choose an account to remove"));
  if (account === undefined) return { removed: false };
  const orders = [...collector.book.orders()].filter((order) => order.account === account.id).length;
  const remove = vscode.l10n.t("Remove");
  const stay = vscode.l10n.t("Its orders ({0}) stay, but are not checked until you give them another account.", orders);
  const question = vscode.l10n.t("Remove the account “{0}” and its password?", account.label);
  const chosen = await askModally(question, orders === 0 ? [] : [stay], remove);
  if (chosen !== remove) return { removed: false };
  await collector.accounts.remove(account.id);
  return { removed: true };
}

async function save(collector: Collector, draft: AccountDraft): Promise<{ account: string }> {
  const { id, password, keep, host, ca, loginName, label } = draft;
  const saved = await collector.accounts.set(
    { host, ca, loginName, label, ...(id !== undefined && { id }) },
    password === undefined ? undefined : { text: password, keep },
  );
  if (!saved.kept) {
    void showWarning(
      vscode.l10n.t(
        "The editor's secret storage did not accept the password, so it is kept for this window only. Check that a keyring is set up on this computer.",
      ),
    );
  }
  return { account: saved.id };
}
