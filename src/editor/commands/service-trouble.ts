import { messageSaid, refusalSaid } from "../../orders/model/said-message";
import type { Phrase } from "../../words/phrase";
import * as vscode from "vscode";
import type { ServiceAskResult } from "../../orders/checking/service-ask";
import { loginKey } from "../../orders/model/login-key";
import type { Account, Freeze } from "../../orders/model/order";
import { timeWords } from "../../orders/presentation/time-words";
import { commandId, type CommandName } from "../base/contributions";
import { localize, localized, locale } from "../base/localize";
import { showError, showInformation, showInStatusBar, showWarning } from "../base/messages";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { lockHolderWords } from "./lock-holder";

/** What a person reads of a call that was of no use, and the steps that lead further. */
interface Trouble {
  readonly words: string;
  readonly steps: readonly Step[];
  readonly tell: typeof showWarning;
}

interface Step {
  readonly label: string;
  readonly take: () => unknown;
}

/** ms for which the status bar says that a call was cancelled. */
const STATUS_MESSAGE = 6_000;

/**
 * Tells a person why a service did not answer what it was asked, with the step that leads further. A good answer is
 * passed over, and so is what is gone.
 * @param again asks once more
 */
export async function serviceTrouble(
  program: Program,
  account: Account,
  result: ServiceAskResult,
  again: () => unknown,
): Promise<void> {
  const trouble = await troubleOf(program, account, result, again);
  if (trouble === undefined) return;
  const chosen = await trouble.tell(trouble.words, ...trouble.steps.map(({ label }) => label));
  await trouble.steps.find(({ label }) => label === chosen)?.take();
}

async function troubleOf(
  { collector }: Program,
  account: Account,
  result: ServiceAskResult,
  again: () => unknown,
): Promise<Trouble | undefined> {
  const { label } = account;
  const ofAccount = (command: CommandName, name: string): Step => ({
    label: name,
    take: () => vscode.commands.executeCommand(commandId(command), { account: account.id }),
  });
  const retry: Step = { label: localize("Try Again"), take: again };
  switch (result.kind) {
    case "answered":
    case "gone":
      return undefined;
    case "cancelled":
      showInStatusBar(localize("{0}: cancelled", label), STATUS_MESSAGE);
      return undefined;
    case "sign-in-refused":
      return {
        words: localize(
          "The CA refused the sign-in of “{0}”: {1} Either the login is wrong, or the account is not enabled for this service: one call with an order number tells which.",
          label,
          sentence(refusalSaid(result.message)),
        ),
        steps: [probeStep(collector, account), ofAccount("changePassword", localize("Change Password…"))],
        tell: showError,
      };
    case "not-enabled":
      return {
        words: localize(
          "“{0}” is not enabled for this service: {1} Ask your account manager at the CA to enable it.",
          label,
          sentence(messageSaid(result)),
        ),
        // Whoever has orders was not looking for a way to begin.
        steps: hasOrders(collector, account) ? [] : [ofAccount("trackOrder", localize("Track Order…"))],
        tell: showWarning,
      };
    case "refused":
      return {
        words: localize("{0}: {1} ({2})", label, refusalSaid(result.message), result.code),
        steps: [{ label: localize("Show Log"), take: () => collector.log.show() }],
        tell: showWarning,
      };
    case "failed":
      return failure(account, result, ofAccount("testConnection", localize("Test Connection…")));
    case "frozen":
      return frozen(account, result.freeze, probeStep(collector, account), ofAccount);
    case "not-now": {
      const until = timeWords(result.until, Date.now(), locale);
      const words =
        result.why === "pace"
          ? localize("This was asked a moment ago. It can be asked again at {0}.", until)
          : localize("The CA asks “{0}” to wait until {1}.", label, until);
      return { words, steps: [], tell: showInformation };
    }
    case "no-secret":
      return {
        words: localize("The password for {0} is not in this window's secret storage.", label),
        steps: [ofAccount("changePassword", localize("Enter Password…"))],
        tell: showWarning,
      };
    case "busy":
      return { words: await busyWords(collector, account), steps: [retry], tell: showWarning };
    case "not-recorded":
      return { words: localized(messageSaid(result)), steps: [retry], tell: showError };
  }
}

/** The call that tells a wrong login from an account that is not enabled: one at a collect endpoint, about an order. */
function probeStep(collector: Collector, account: Account): Step {
  const trySignIn = () => vscode.commands.executeCommand(commandId("trySignIn"), { account: account.id });
  if (hasOrders(collector, account)) return { label: localize("Try Once…"), take: trySignIn };
  return {
    label: localize("Check With an Order Number…"),
    take: async () => {
      // It is tracked without a call, since the login is frozen.
      const tracked = await vscode.commands.executeCommand(commandId("trackOrder"), { account: account.id });
      if (tracked !== undefined) await trySignIn();
    },
  };
}

function hasOrders({ book }: Collector, account: Account): boolean {
  const login = loginKey(account.ca, account);
  return [...book.orders()].some((order) => book.loginOf(order)?.key === login);
}

function failure(
  { label }: Account,
  result: Extract<ServiceAskResult, { kind: "failed" }>,
  test: Step,
): Trouble | undefined {
  const { code } = result;
  if (code === "cancelled") {
    showInStatusBar(localize("{0}: cancelled", label), STATUS_MESSAGE);
    return undefined;
  }
  const start = localize("Start Sandbox");
  const step =
    code === "sandbox-stopped"
      ? { label: start, take: () => vscode.commands.executeCommand(commandId("startSandbox")) }
      : test;
  return { words: localize("{0}: {1}", label, messageSaid(result)), steps: [step], tell: showError };
}

function frozen(
  { label }: Account,
  { code, message }: Freeze,
  probe: Step,
  ofAccount: (command: CommandName, name: string) => Step,
): Trouble {
  // Without an answer, the password may well be right.
  const isUnanswered = code === 0;
  return {
    words: isUnanswered
      ? localize("The first sign-in of “{0}” got no answer.", label)
      : localize("The CA refused the sign-in of “{0}”: {1}", label, refusalSaid(message)),
    steps: isUnanswered
      ? [ofAccount("trySignIn", localize("Try Once…"))]
      : [ofAccount("changePassword", localize("Change Password…")), probe],
    tell: showError,
  };
}

async function busyWords(collector: Collector, { ca }: Account): Promise<string> {
  const holder = await collector.holder(ca);
  return holder !== undefined && holder.pid !== process.pid
    ? lockHolderWords(holder)
    : localize("Nothing was asked: another call to the CA is taking too long.");
}

/** The CA's words with a full stop, since more follows. */
function sentence(words: Phrase | string): string {
  const text = localized(words).trim();
  return /[.!?…。]$/.test(text) ? text : `${text}.`;
}
