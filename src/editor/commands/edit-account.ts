import * as vscode from "vscode";
import { loginKey } from "../../orders/model/login-key";
import type { Account, OrderId } from "../../orders/model/order";
import { Arguments, ArgumentError } from "../base/arguments";
import { ORDERS_VIEW } from "../base/contributions";
import { showInformation, showWarning } from "../base/messages";
import { runMultiStepInput, type InputStep } from "../base/multi-step-input";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import {
  keepStep,
  labelStep,
  loginNameStep,
  newHostStep,
  newPasswordStep,
  passwordStep,
  sameLoginStep,
  SameLoginError,
  type AccountDraft,
} from "./account-steps";
import { accountChoice, noAccount, tellDeadEnd } from "./choices";
import { localize } from "../base/localize";
import { amount, phrase } from "../../words/phrase";

/** What can be changed about an account. */
const CHANGES = ["password", "keeping", "host", "loginName", "label"] as const;
type Change = (typeof CHANGES)[number];

/** An account that is being edited. */
interface Edit {
  account: Account | undefined;
  change: Change | undefined;
  draft: AccountDraft;
}

/** Changes one field of an account: the argument's `change`, what is wrong with it, or what a person picks. */
export function editAccount(program: Program, argument: unknown): Promise<{ account: string } | undefined> {
  return edit(program, argument, new Arguments(argument).choice("change", CHANGES));
}

/** Changes the password of an account, in one prompt. */
export function changePassword(program: Program, argument: unknown): Promise<{ account: string } | undefined> {
  return edit(program, argument, "password");
}

async function edit(
  program: Program,
  argument: unknown,
  change: Change | undefined,
): Promise<{ account: string } | undefined> {
  const { collector } = program;
  const accounts = collector.book.accounts();
  if (accounts.length === 0) {
    void tellDeadEnd(noAccount());
    return undefined;
  }
  const named = accountNamed(collector, new Arguments(argument)) ?? (accounts.length === 1 ? accounts[0] : undefined);
  const guessed = named === undefined ? await lockedOne(collector, accounts) : undefined;
  const account = named ?? guessed;
  const cause = change ?? (account && (await causeOf(collector, account)));
  const work: Edit = { account, change: cause, draft: draftOf(collector, account) };
  const first: InputStep = async (input) => {
    if (named !== undefined) return;
    const placeholder = localize("Which account?");
    work.account = await input.pick({ placeholder, choices: accounts.map(accountChoice) });
  };
  const second: InputStep = async (input) => {
    if (change === undefined) work.change = await input.pick(changesOf(work.account));
    work.draft = draftOf(collector, work.account);
  };
  // What was guessed can be taken back with Back.
  const answered = [...(guessed === undefined ? [] : [0]), ...(change === undefined && cause !== undefined ? [1] : [])];
  const title = (): string => titleOf(work);
  try {
    const done = await runMultiStepInput(
      title,
      (place) => [first, second, ...(place < 2 ? [] : stepsFor(work, collector))][place],
      answered,
    );
    return done && work.account !== undefined ? await save(collector, work.account, work) : undefined;
  } catch (error) {
    if (!(error instanceof SameLoginError)) throw error;
    return edit(program, { account: error.account }, undefined);
  }
}

/**
 * The account of the argument, or of the order that it names: a row of the tree names an order.
 * @throws ArgumentError when it names an unknown account
 */
function accountNamed({ book }: Collector, given: Arguments): Account | undefined {
  const id = given.text("account");
  if (id === undefined) return book.account(book.get(given.text("order") ?? "")?.account ?? "");
  const account = book.account(id);
  if (account === undefined) throw new ArgumentError(phrase("There is no account “{0}”.", id));
  return account;
}

/** The only account that cannot sign in, if there is one. */
async function lockedOne(collector: Collector, accounts: readonly Account[]): Promise<Account | undefined> {
  const locked = await Promise.all(
    accounts.map(async (each) => ((await isLocked(collector, each)) ? [each] : [])),
  ).then((found) => found.flat());
  return locked.length === 1 ? locked[0] : undefined;
}

async function isLocked({ accounts }: Collector, account: Account): Promise<boolean> {
  return account.frozen !== undefined || !(await accounts.hasPassword(account));
}

/** Failures that a wrong host causes, where a call has never succeeded. */
const WRONG_HOST: ReadonlySet<string> = new Set([
  ...["unresolved", "refused", "unreachable", "timed-out", "not-https", "redirected", "tls"],
  ...["certificate-name", "certificate-untrusted", "certificate-expired"],
]);

/** What is wrong with an account, which is then what a person wants to change. */
async function causeOf(collector: Collector, account: Account): Promise<Change | undefined> {
  const login = collector.book.login(loginKey(account.ca, account));
  const isHost = !login.proved && WRONG_HOST.has(login.failure?.code ?? "") && account.ca !== "sandbox";
  if (isHost) return "host";
  return (await isLocked(collector, account)) ? "password" : undefined;
}

function draftOf({ accounts }: Collector, account: Account | undefined): AccountDraft {
  const keep = account === undefined || !accounts.isKeptApart(account);
  const empty = { host: "", ca: "sectigo", loginName: "", label: "" } as const;
  return { ...(account ?? empty), password: undefined, keep };
}

function titleOf({ account, change }: Edit): string {
  if (account === undefined) return localize("Edit Account");
  if (change === "password") return localize("Password of “{0}”", account.label);
  if (change === "host") return localize("Host of “{0}”", account.label);
  return localize("Edit Account “{0}”", account.label);
}

function changesOf(account: Account | undefined) {
  const host = { label: localize("Host"), description: account?.host ?? "", value: "host" } as const;
  return {
    placeholder: localize("What do you want to change?"),
    choices: [
      { label: localize("Password"), value: "password" } as const,
      { label: localize("Where the Password Is Kept"), value: "keeping" } as const,
      ...(account?.ca === "sandbox" ? [] : [host]),
      { label: localize("Login Name"), description: account?.loginName ?? "", value: "loginName" } as const,
      { label: localize("Name"), description: account?.label ?? "", value: "label" } as const,
    ],
  };
}

function stepsFor({ account, change, draft }: Edit, { accounts }: Collector): readonly InputStep[] {
  switch (change) {
    case "password":
      return [newPasswordStep(draft, accounts)];
    case "keeping":
      return [newPasswordStep(draft, accounts), keepStep(draft)];
    case "host":
      return [
        newHostStep(draft, account === undefined ? 0 : accounts.movingWith(account)),
        sameLoginStep(draft, accounts),
      ];
    case "loginName":
      return [
        loginNameStep(draft, undefined),
        sameLoginStep(draft, accounts),
        passwordStep(draft, accounts),
        keepStep(draft),
      ];
    case "label":
      return [labelStep(draft, undefined)];
    case undefined:
      return [];
  }
}

/** Saves what was changed, and says what follows from it. */
async function save(collector: Collector, before: Account, { change, draft }: Edit): Promise<{ account: string }> {
  if (change === "host" && draft.host === before.host) return { account: before.id };
  const isSame = change === "password" && (await collector.accounts.stateOf(before, draft.password ?? "")) === "stored";
  const held = heldBack(collector, before);
  const saved = await saveAccount(collector, draft);
  const again = held.filter((id) => collector.facts(id)?.check.due !== undefined).length;
  if (isSame) void showInformation(localize("This is the password that was stored already."));
  else if (change === "password") void tell(localize("Password changed."), again);
  else if (change === "host") void tell(localize("Host changed."), again);
  return saved;
}

/** The orders that wait because their account cannot sign in, or does not reach its CA. */
function heldBack(collector: Collector, account: Account): OrderId[] {
  const login = loginKey(account.ca, account);
  return [...collector.orderIds()].filter((id) => {
    const facts = collector.facts(id);
    if (facts === undefined || facts.state.archived || collector.book.loginOf(facts.order)?.key !== login) return false;
    const { state, check, order } = facts;
    const hasFailed = order.answer?.outcome.kind === "failed" || check.plan.reason === "unreachable";
    return state.status === "frozen" || state.status === "sign-in" || hasFailed;
  });
}

async function tell(what: string, again: number): Promise<void> {
  const show = localize("Show Orders");
  const checked =
    again === 1 ? localize("1 order is checked again.") : localize("{0} orders are checked again.", amount(again));
  const chosen = await (again === 0
    ? showInformation(what)
    : showInformation(localize("{0} {1}", what, checked), show));
  if (chosen === show) await vscode.commands.executeCommand(`${ORDERS_VIEW}.focus`);
}

/** Saves what a person entered, and says if the keyring did not take the password. */
export async function saveAccount(collector: Collector, draft: AccountDraft): Promise<{ account: Account["id"] }> {
  const { id, password, keep, host, ca, loginName, label } = draft;
  const saved = await collector.accounts.set(
    { host, ca, loginName, label, ...(id !== undefined && { id }) },
    password === undefined ? undefined : { text: password, keep },
  );
  if (!saved.kept) {
    void showWarning(
      localize("The password is kept for this window only: the editor's secret storage did not accept it."),
    );
  }
  return { account: saved.id };
}
