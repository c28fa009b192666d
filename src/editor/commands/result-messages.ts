import { messageSaid, refusalSaid } from "../../orders/model/said-message";
import * as vscode from "vscode";
import type { Tone } from "../../certificates/details/page";
import { spelledOut } from "../../certificates/names/spelled-out";
import type { AskResult } from "../../orders/checking/ask";
import type { Login, Order, OrderId } from "../../orders/model/order";
import { CHECK_WORDS } from "../../orders/presentation/check-words";
import { titleOf } from "../../orders/presentation/state";
import type { CheckResult } from "../../webview/protocol";
import type { Collector } from "../window/collector";
import { commandId } from "../base/contributions";
import type { Program } from "../window/program";
import { localize, localized } from "../base/localize";
import { lockHolderWords } from "./lock-holder";
import { offerSavingAgain } from "./saving-offer";
import { showError, showInformation, showInStatusBar, showWarning } from "../base/messages";

/** Tells a person the result of their check, or what prevented it. */
export async function showCheckResult(program: Program, id: OrderId, result: AskResult): Promise<void> {
  const { collector, attention } = program;
  switch (result.kind) {
    case "answered":
      if (result.froze !== undefined) {
        void attention.tellFrozen(id, result.froze);
        return;
      }
      tellOutcome(collector, id, result);
      attention.tellWait(id);
      return;
    case "frozen":
      void attention.tellFrozen(id, result.freeze);
      return;
    case "no-secret":
      await signIn(collector, id, result.missing);
      return;
    case "busy":
      void tellBusy(collector, id);
      return;
    case "not-recorded":
      void showError(localized(messageSaid(result)));
      return;
    case "not-now": {
      const order = collector.book.get(id);
      void showInformation(
        localize(
          "{0} was not checked: {1}.",
          order ? titleOf(order, localize) : id,
          localize(CHECK_WORDS[result.check.plan.reason]),
        ),
      );
      return;
    }
    case "cancelled":
    case "gone":
      return;
  }
}

/** Another call does not end: the person may want to know which process makes it. */
async function tellBusy(collector: Collector, id: OrderId): Promise<void> {
  const order = collector.book.get(id);
  const holder = order && (await collector.holder(order.ca));
  const isOther = holder !== undefined && holder.pid !== process.pid;
  const again = localize("Try Again");
  const words = isOther
    ? lockHolderWords(holder)
    : localize("Nothing was checked: another call to the CA is taking too long.");
  if ((await showWarning(words, again)) === again)
    await vscode.commands.executeCommand(commandId("checkOrder"), { order: id });
}

function tellOutcome(collector: Collector, id: OrderId, { answer }: Extract<AskResult, { kind: "answered" }>): void {
  const order = collector.book.get(id);
  const title = order ? titleOf(order, localize) : id;
  const { outcome } = answer;
  switch (outcome.kind) {
    case "refused":
      void tellRefusal(id, localize("{0}: {1} ({2})", title, refusalSaid(outcome.message), outcome.code));
      return;
    case "failed":
      void tellFailure(title, outcome, order);
      return;
    case "not-understood":
      void tellRefusal(id, localize("{0}: {1}", title, messageSaid(outcome)));
      return;
    case "pending":
    case "available":
    case "issued":
      showInStatusBar(localize("{0}: {1}", title, collector.facts(id)?.state.words ?? ""), STATUS_MESSAGE);
      if (order !== undefined) void offerSavingAgain(order);
  }
}

/** The order's page says what can be done about it. */
async function tellRefusal(id: OrderId, words: string): Promise<void> {
  const show = localize("Show Details");
  if ((await showWarning(words, show)) === show)
    await vscode.commands.executeCommand(commandId("showDetails"), { order: id });
}

/** The next step depends on why the call failed. */
async function tellFailure(
  title: string,
  failure: NonNullable<Login["failure"]>,
  order: Order | undefined,
): Promise<void> {
  const { code } = failure;
  if (code === "cancelled") return showInStatusBar(localize("{0}: cancelled", title), STATUS_MESSAGE);
  const isSandbox = code === "sandbox-stopped";
  const step = isSandbox ? localize("Start Sandbox") : localize("Test Connection…");
  if ((await showError(localize("{0}: {1}", title, messageSaid(failure)), step)) !== step) return;
  if (isSandbox) await vscode.commands.executeCommand(commandId("startSandbox"));
  else await vscode.commands.executeCommand(commandId("testConnection"), { account: order?.account });
}

const WEIGHT: Readonly<Record<Tone, number>> = { bad: 3, attention: 2, good: 1, none: 0 };

/**
 * Shows what servers answered about a certificate: the most important sentence; all of them are on the page.
 * @param action what can be done with it
 */
export function showAnswer(
  results: readonly CheckResult[],
  action?: { readonly label: string; readonly run: () => void },
): void {
  const [first] = [...results].sort((one, other) => WEIGHT[other.tone] - WEIGHT[one.tone]);
  if (first === undefined) return;
  const show = { bad: showError, attention: showWarning, good: showInformation, none: showInformation };
  void show[first.tone](spelledOut(first.words), ...(action === undefined ? [] : [action.label])).then((chosen) => {
    if (chosen !== undefined) action?.run();
  });
}

/** ms for which the status bar shows a good answer; the tree shows it permanently. */
const STATUS_MESSAGE = 6_000;

async function signIn(collector: Collector, id: OrderId, missing: "password" | "collection-code"): Promise<void> {
  const order = collector.book.get(id);
  if (order === undefined) return;
  const enter = missing === "password" ? localize("Enter Password…") : localize("Enter Collection Code…");
  const chosen = await showWarning(
    missing === "password"
      ? localize("The password for {0} is not in this window's secret storage.", titleOf(order, localize))
      : localize("The collection code for {0} is not in this window's secret storage.", titleOf(order, localize)),
    enter,
  );
  if (chosen !== enter) return;
  if (missing === "password") {
    await vscode.commands.executeCommand(commandId("changePassword"), { account: order.account });
  } else {
    await vscode.commands.executeCommand(commandId("enterCode"), { order: id });
  }
}
