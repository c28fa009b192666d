import * as vscode from "vscode";
import { CA_HOSTS } from "../../api/endpoints";
import { endpointUrl } from "../../api/request";
import type { Account, CaName } from "../../orders/order";
import { Arguments } from "../arguments";
import type { Collector } from "../collector";
import type { Program } from "../program";
import { askSteps, type Step } from "../steps";
import { accountHost, chooseAccount } from "./choices";
import { problemOf, valueProblem } from "./typed-value";
import { askModally, showWarning, type Choice } from "../messages";

/** Characters of an account's label, which is ours and none of the CA's. */
const LONGEST_LABEL = 64;

interface Draft {
  host: string;
  ca: CaName;
  loginName: string;
  label: string;
  password: string | undefined;
  keep: boolean;
}

/** Adds an account; fields that the argument gives (never the password) are not asked for. */
export async function addAccount({ collector }: Program, argument: unknown): Promise<{ account: string } | undefined> {
  const given = new Arguments(argument);
  const draft: Draft = { host: CA_HOSTS[0], ca: "sectigo", loginName: "", label: "", password: undefined, keep: true };
  const done = await askSteps(vscode.l10n.t("Add Account"), [
    hostStep(draft, given.text("host")),
    hostNameStep(draft),
    loginNameStep(draft, given.text("loginName")),
    passwordStep(draft, false),
    keepStep(draft),
    labelStep(draft, given.text("label")),
  ]);
  return done ? save(collector, draft) : undefined;
}

/** Changes an account: its password first of all, since that is what goes out of date. */
export async function editAccount({ collector }: Program, argument: unknown): Promise<{ account: string } | undefined> {
  const given = new Arguments(argument);
  // A row of the tree names an order; what is meant is its account.
  const ofOrder =
    given.text("account") === undefined ? collector.book.get(given.text("order") ?? "")?.account : undefined;
  const account =
    ofOrder !== undefined
      ? collector.book.account(ofOrder)
      : await chooseAccount(collector, given, vscode.l10n.t("Which account?"));
  if (account === undefined) return undefined;
  const draft: Draft = { ...account, password: undefined, keep: true };
  const done = await askSteps(vscode.l10n.t("Edit Account “{0}”", account.label), [
    passwordStep(draft, true),
    keepStep(draft),
    loginNameStep(draft, undefined),
    labelStep(draft, undefined),
  ]);
  return done ? save(collector, draft, account.id) : undefined;
}

export async function removeAccount({ collector }: Program, argument: unknown): Promise<{ removed: boolean }> {
  const account = await chooseAccount(collector, new Arguments(argument), vscode.l10n.t("Which account to remove?"));
  if (account === undefined) return { removed: false };
  const orders = [...collector.book.orders()].filter((order) => order.account === account.id).length;
  const remove = vscode.l10n.t("Remove");
  const stay = vscode.l10n.t("Its orders ({0}) stay, but are not checked until they have another account.", orders);
  const question = vscode.l10n.t("Remove the account “{0}” and its password?", account.label);
  const chosen = await askModally(question, orders === 0 ? [] : [stay], remove);
  if (chosen !== remove) return { removed: false };
  await collector.removeAccount(account.id);
  return { removed: true };
}

async function save(collector: Collector, draft: Draft, id?: Account["id"]): Promise<{ account: string }> {
  const { password, keep, host, ca, loginName, label } = draft;
  const saved = await collector.setAccount(
    { host, ca, loginName, label, ...(id !== undefined && { id }) },
    password === undefined ? undefined : { text: password, keep },
  );
  if (!saved.kept) {
    void showWarning(
      vscode.l10n.t(
        "The editor's secret storage did not take the password, so it is kept for this window only. Is a keyring set up on this computer?",
      ),
    );
  }
  return { account: saved.id };
}

function hostStep(draft: Draft, given: string | undefined): Step {
  return async (screen) => {
    if (given !== undefined) {
      setHost(draft, given);
      return;
    }
    const choices: Choice<string>[] = [
      { label: CA_HOSTS[0], description: vscode.l10n.t("Sectigo, the host of its documentation"), value: CA_HOSTS[0] },
      { label: CA_HOSTS[1], description: vscode.l10n.t("Sectigo, the same service"), value: CA_HOSTS[1] },
      { label: vscode.l10n.t("Sandbox"), description: vscode.l10n.t("A small CA on this computer"), value: "sandbox" },
      {
        label: vscode.l10n.t("Other host…"),
        description: vscode.l10n.t("A host name of your own CA partner"),
        value: "",
      },
    ];
    setHost(draft, await screen.pick({ placeholder: vscode.l10n.t("Where are the orders?"), choices }));
  };
}

function hostNameStep(draft: Draft): Step {
  return async (screen) => {
    if (draft.host !== "" || draft.ca === "sandbox") return;
    const host = await screen.input({
      prompt: vscode.l10n.t(
        "Host name, with a port where it is not 443. It must speak HTTPS; your password goes there.",
      ),
      placeholder: "secure.example.com",
      check: hostProblem,
    });
    setHost(draft, host.toLowerCase());
  };
}

function loginNameStep(draft: Draft, given: string | undefined): Step {
  return async (screen) => {
    draft.loginName =
      given ??
      (await screen.input({
        prompt: vscode.l10n.t("Login name, as the CA knows it. Upper and lower case matter."),
        value: draft.loginName,
        check: (text) => valueProblem("ssl", "loginName", text),
      }));
  };
}

function passwordStep(draft: Draft, optional: boolean): Step {
  return async (screen) => {
    const text = await screen.input({
      prompt: optional
        ? vscode.l10n.t("New password. Leave it empty to keep the one that is stored.")
        : vscode.l10n.t("Password. It goes into the editor's secret storage and to the CA, nowhere else."),
      secret: true,
      check: (text) => (optional && text === "" ? undefined : valueProblem("ssl", "loginPassword", text)),
    });
    draft.password = text === "" ? undefined : text;
  };
}

function keepStep(draft: Draft): Step {
  return async (screen) => {
    if (draft.password === undefined) return;
    draft.keep = await screen.pick({
      placeholder: vscode.l10n.t("Where should the password be kept?"),
      choices: [
        {
          label: vscode.l10n.t("Keep it in the secret storage"),
          description: vscode.l10n.t("Orders are checked automatically"),
          value: true,
        },
        {
          label: vscode.l10n.t("Only until this window closes"),
          description: vscode.l10n.t("You are asked for it again next time"),
          value: false,
        },
      ],
    });
  };
}

function labelStep(draft: Draft, given: string | undefined): Step {
  return async (screen) => {
    draft.label =
      given ??
      (await screen.input({
        prompt: vscode.l10n.t("A name for this account, for yourself."),
        value: draft.label === "" ? accountHost(draft) : draft.label,
        check: labelProblem,
      }));
  };
}

function setHost(draft: Draft, host: string): void {
  draft.ca = host === "sandbox" ? "sandbox" : CA_HOSTS.some((each) => each === host) ? "sectigo" : `other:${host}`;
  draft.host = host === "sandbox" ? "" : host;
}

function hostProblem(text: string): string | undefined {
  return problemOf(() => endpointUrl(text, "ssl"));
}

function labelProblem(text: string): string | undefined {
  if (text === "") return vscode.l10n.t("This cannot be empty.");
  return text.length > LONGEST_LABEL ? vscode.l10n.t("At most {0} characters.", LONGEST_LABEL) : undefined;
}
