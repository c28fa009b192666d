import { allOf, phrase, type Phrase } from "../../words/phrase";
import { CA_HOSTS } from "../../api/product";
import type { AccountId, CaName } from "../../orders/model/order";
import type { Accounts } from "../window/accounts";
import { inSentences, locale, localize } from "../base/localize";
import { ArgumentError } from "../base/arguments";
import type { Choice } from "../base/messages";
import type { InputStep } from "../base/multi-step-input";
import { hostProblem, isOfSectigo, readCaHost } from "./ca-host";
import { accountHost } from "./choices";
import { labelProblemSaid } from "./label-words";
import { typedProblem, valueProblem } from "./typed-value";

/** Characters of an account's label, which is ours and not the CA's. */
const LONGEST_LABEL = 64;

/** An account that is being added or edited. */
export interface AccountDraft {
  readonly id?: AccountId;
  host: string;
  ca: CaName;
  loginName: string;
  label: string;
  /** If absent, the stored password stays. */
  password: string | undefined;
  keep: boolean;
}

/**
 * Asks where the orders are. A server named by an argument is shown and confirmed unless it is the CA's own, because
 * the password is sent there.
 * @throws ArgumentError when the argument does not name a server
 */
export function hostStep(draft: AccountDraft, given: string | undefined): InputStep {
  if (given !== undefined) {
    const problem = given === "sandbox" ? undefined : hostProblem(given);
    if (problem !== undefined) throw new ArgumentError(problem);
  }
  return async (input) => {
    if (given !== undefined && (given === "sandbox" || isOfSectigo(given))) {
      setHost(draft, given);
      return;
    }
    if (given !== undefined) return;
    const choices: Choice<string>[] = [
      { label: CA_HOSTS[0], description: localize("Sectigo, the host in its documentation"), value: CA_HOSTS[0] },
      {
        label: CA_HOSTS[1],
        description: localize("Sectigo, another host of the same service"),
        value: CA_HOSTS[1],
      },
      { label: localize("Sandbox"), description: localize("A small CA on this computer"), value: "sandbox" },
      {
        label: localize("Other host…"),
        description: localize("The host name of your CA partner"),
        value: "",
      },
    ];
    setHost(draft, await input.pick({ placeholder: localize("Where did you place the orders?"), choices }));
  };
}

/** Asks for the name of a server that is not the CA's own. */
export function hostNameStep(draft: AccountDraft, given: string | undefined): InputStep {
  return async (input) => {
    const isAsked = draft.ca !== "sandbox" && !isOfSectigo(draft.host);
    if (!isAsked) return;
    const host = await input.input({
      prompt: localize(
        "Host name, with the port if it is not 443. The host must use HTTPS; your password is sent to it.",
      ),
      placeholder: "secure.example.com",
      value: draft.host === "" ? (given ?? "") : draft.host,
      check: hostProblem,
    });
    // A server of that name, not our word for the sandbox.
    ({ host: draft.host, ca: draft.ca } = readCaHost(host));
  };
}

/** @throws ArgumentError when the argument names a login that the CA would not accept */
export function loginNameStep(draft: AccountDraft, given: string | undefined): InputStep {
  const wrong = given === undefined ? undefined : valueProblem("ssl", "loginName", given);
  if (wrong !== undefined) throw new ArgumentError(wrong);
  return async (input) => {
    draft.loginName =
      given ??
      (await input.input({
        prompt: localize("Your login name at the CA. It is case-sensitive."),
        value: draft.loginName,
        check: (text) => typedProblem("ssl", "loginName", text, locale),
      }));
  };
}

/** Corrects the host of an account, to which its orders, its password and their codes go from then on. */
export function newHostStep(draft: AccountDraft, orders: number): InputStep {
  return async (input) => {
    const before = draft.host;
    const host = await input.input({
      prompt: inSentences(
        localize("Host name, with the port if it is not 443. The host must use HTTPS."),
        orders === 0
          ? localize("The password goes there from now on.")
          : localize("The password goes there from now on, and so do the orders of this account: {0}.", orders),
      ),
      placeholder: "secure.example.com",
      value: before,
      check: hostProblem,
    });
    ({ host: draft.host, ca: draft.ca } = readCaHost(host));
  };
}

/** The person wants to edit the account that has the same login. */
export class SameLoginError extends Error {
  constructor(readonly account: AccountId) {
    super("Another account has the same login.");
  }
}

/**
 * Warns of another account that has the same login at the same CA.
 * @throws SameLoginError from its step, when the person wants to edit that one
 */
export function sameLoginStep(draft: AccountDraft, accounts: Accounts): InputStep {
  return async (input) => {
    const [other] = accounts.sharing(draft);
    if (other === undefined) return;
    const isOther = await input.pick({
      placeholder: localize("“{0}” is the same login", other.label),
      isWarning: true,
      choices: [
        {
          label: localize("Edit the Existing One"),
          description: `${other.label} · ${accountHost(other)}`,
          value: true,
        },
        {
          label: localize("Keep Two Accounts"),
          description: localize("they share one password"),
          value: false,
        },
      ],
    });
    if (isOther) throw new SameLoginError(other.id);
  };
}

/** Asks for the password of a login, unless it shares the one of another account. */
export function passwordStep(draft: AccountDraft, accounts: Accounts): InputStep {
  const ask = newPasswordStep(draft, accounts);
  return async (input) => {
    draft.password = undefined;
    const [other] = accounts.sharing(draft);
    if (other === undefined || !(await accounts.hasPassword(other))) await ask(input);
  };
}

/** Asks for a password, and shows where it is sent and which other accounts use it. */
export function newPasswordStep(draft: AccountDraft, accounts: Accounts): InputStep {
  return async (input) => {
    const where = draft.ca === "sandbox" ? localize("the sandbox") : draft.host;
    const prompt = draft.keep
      ? localize(
          "Password for “{0}” at {1}. It goes only there and into the editor's secret storage.",
          draft.loginName,
          where,
        )
      : localize(
          "Password for “{0}” at {1}. It goes only there and is forgotten when this window closes.",
          draft.loginName,
          where,
        );
    const others = accounts.sharing(draft).map(({ label }) => label);
    const shared = localize("It is also the password for {0}.", allOf(others));
    draft.password = await input.input({
      prompt: others.length === 0 ? prompt : inSentences(prompt, shared),
      secret: true,
      check: (text) => typedProblem("ssl", "loginPassword", text, locale) ?? refusedProblem(draft, accounts, text),
    });
    accounts.noteTyped(draft.password);
  };
}

/** The CA counts each failed sign-in, so a password that it refused once is not sent again by mistake. */
async function refusedProblem(draft: AccountDraft, accounts: Accounts, text: string): Promise<string | undefined> {
  if ((await accounts.stateOf(draft, text)) !== "refused") return undefined;
  return localize(
    "The CA refused this password. Enter a different one. If the password is right and the cause is fixed, use “Try to Sign In Once”.",
  );
}

/** Asks whether the password outlives this window. */
export function keepStep(draft: AccountDraft): InputStep {
  return async (input) => {
    if (draft.password === undefined) return;
    draft.keep = await input.pick({
      placeholder: localize("Where should the password be kept?"),
      choices: [
        {
          label: localize("Keep it in secret storage"),
          description: localize("Orders are checked automatically"),
          value: true,
        },
        {
          label: localize("Only until this window closes"),
          description: localize("You will be asked for it again next time"),
          value: false,
        },
      ],
    });
  };
}

/** @throws ArgumentError when the argument names a label that cannot be shown */
export function labelStep(draft: AccountDraft, given: string | undefined): InputStep {
  const wrong = given === undefined ? undefined : labelProblem(given);
  if (wrong !== undefined) throw new ArgumentError(wrong);
  return async (input) => {
    draft.label =
      given ??
      (await input.input({
        prompt: localize("Your own name for this account."),
        value: draft.label === "" ? accountHost(draft) : draft.label,
        check: labelProblem,
      }));
  };
}

function setHost(draft: AccountDraft, text: string): void {
  if (text === "sandbox" || text === "") {
    [draft.host, draft.ca] = ["", text === "sandbox" ? "sandbox" : "other:"];
    return;
  }
  ({ host: draft.host, ca: draft.ca } = readCaHost(text));
}

function labelProblem(text: string): Phrase | undefined {
  return text === "" ? phrase("This cannot be empty.") : labelProblemSaid(text, LONGEST_LABEL);
}
