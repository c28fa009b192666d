import * as vscode from "vscode";
import type { AskResult } from "../../orders/ask";
import type { OrderId } from "../../orders/order";
import { CHECK_WORDS, titleOf } from "../../orders/state";
import { mayAsk } from "../../orders/schedule";
import { Arguments } from "../arguments";
import type { Collector } from "../collector";
import { commandId } from "../contributions";
import { timeWords } from "../rows";
import { chooseOrder } from "./choices";

/** What a program learns of a question. */
export interface Asked {
  readonly order: OrderId;
  /** `answered`, or why it was not asked. */
  readonly result: AskResult["kind"];
  readonly group: string;
  readonly words: string;
}

/** Asks about one order now, as far as the CA's rules let a person do so. */
export async function checkOrder(collector: Collector, argument: unknown): Promise<Asked | undefined> {
  const given = new Arguments(argument);
  const id = await chooseOrder(collector, given, vscode.l10n.t("Which order to check?"));
  return id === undefined ? undefined : askForPerson(collector, id);
}

/** Asks about every order that may be asked now; orders in their wait are left alone, and counted. */
export async function checkAll(collector: Collector): Promise<{ asked: number; left: number }> {
  const now = Date.now();
  const ids = [...collector.orderIds()];
  const due = ids.filter((id) => {
    const check = collector.facts(id)?.check;
    return check?.due !== undefined && mayAsk(check, now) === "yes";
  });
  let asked = 0;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t("Checking orders") },
    async (progress, token) => {
      const signal = signalOf(token);
      for (const [place, id] of due.entries()) {
        if (signal.aborted) return;
        const order = collector.book.get(id);
        progress.report({
          message: vscode.l10n.t("{0} of {1}: {2}", place + 1, due.length, order ? titleOf(order) : ""),
          increment: 100 / due.length,
        });
        const result = await collector.check(id, signal);
        if (result.kind === "answered") asked += 1;
        if (await tellFailure(collector, id, result)) return;
      }
    },
  );
  const left = ids.length - asked;
  void vscode.window.showInformationMessage(
    left === 0
      ? vscode.l10n.t("{0} orders checked.", asked)
      : vscode.l10n.t("{0} orders checked. {1} are finished or within the wait that the CA asks for.", asked, left),
  );
  return { asked, left };
}

/**
 * Asks about one order with progress and cancel, after a question first where the CA wishes a longer wait, and tells
 * what stood in the way.
 */
export async function askForPerson(collector: Collector, id: OrderId): Promise<Asked | undefined> {
  const facts = collector.facts(id);
  if (facts === undefined) return undefined;
  const title = titleOf(facts.order);
  const may = mayAsk(facts.check, Date.now());
  if (may === "no" && facts.check.sooner !== undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} was asked just now. It can be asked again at {1}.", title, timeWords(facts.check.sooner)),
    );
    return told(collector, id, "not-now");
  }
  if (may === "after-agreeing") {
    const ask = vscode.l10n.t("Ask Now");
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The CA asks to wait until {0} before {1} is asked again. Ask now all the same?",
        timeWords(facts.check.free ?? facts.check.due ?? Date.now()),
        title,
      ),
      ask,
    );
    if (chosen !== ask) return told(collector, id, "not-now");
    await collector.agree(id);
  }
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: vscode.l10n.t("Asking the CA about {0}", title),
    },
    (_, token) => collector.check(id, signalOf(token)),
  );
  await tellFailure(collector, id, result);
  return told(collector, id, result.kind);
}

function told(collector: Collector, id: OrderId, result: AskResult["kind"]): Asked {
  const state = collector.facts(id)?.state;
  return { order: id, result, group: state?.group ?? "", words: state?.words ?? "" };
}

/** Tells why a question brought nothing. @returns whether asking on makes no sense */
async function tellFailure(collector: Collector, id: OrderId, result: AskResult): Promise<boolean> {
  switch (result.kind) {
    case "answered":
      if (result.froze !== undefined) {
        void collector.tellFrozen(id, result.froze);
        return true;
      }
      tellOutcome(collector, id, result);
      return false;
    case "frozen":
      void collector.tellFrozen(id, result.freeze);
      return true;
    case "no-secret":
      await signIn(collector, id, result.missing);
      return true;
    case "busy":
      void vscode.window.showWarningMessage(
        vscode.l10n.t("Another call to the CA takes very long, so nothing was asked. Try again in a minute."),
      );
      return true;
    case "not-recorded":
      void vscode.window.showErrorMessage(result.message);
      return true;
    case "not-now": {
      const order = collector.book.get(id);
      void vscode.window.showInformationMessage(
        vscode.l10n.t("{0} was not asked: {1}.", order ? titleOf(order) : id, CHECK_WORDS[result.check.reason]),
      );
      return false;
    }
    case "cancelled":
      return true;
    case "gone":
      return false;
  }
}

function tellOutcome(collector: Collector, id: OrderId, { answer }: Extract<AskResult, { kind: "answered" }>): void {
  const order = collector.book.get(id);
  const title = order ? titleOf(order) : id;
  const { outcome } = answer;
  switch (outcome.kind) {
    case "refused":
      void vscode.window.showWarningMessage(`${title}: ${outcome.message} (${outcome.code}) ${outcome.advice}`);
      return;
    case "failed":
    case "not-understood":
      void vscode.window.showErrorMessage(`${title}: ${outcome.message}`);
      return;
    case "pending":
    case "available":
    case "issued":
      vscode.window.setStatusBarMessage(`${title}: ${collector.facts(id)?.state.words ?? ""}`, STATUS_MESSAGE);
  }
}

/** ms for which the status bar tells a good answer: the tree shows it for good. */
const STATUS_MESSAGE = 6_000;

async function signIn(collector: Collector, id: OrderId, missing: "password" | "collection-code"): Promise<void> {
  const order = collector.book.get(id);
  if (order === undefined) return;
  const enter = missing === "password" ? vscode.l10n.t("Enter Password…") : vscode.l10n.t("Enter Collection Code…");
  const chosen = await vscode.window.showWarningMessage(
    missing === "password"
      ? vscode.l10n.t("The password for {0} is not in the secret storage of this window.", titleOf(order))
      : vscode.l10n.t("The collection code for {0} is not in the secret storage of this window.", titleOf(order)),
    enter,
  );
  if (chosen !== enter) return;
  if (missing === "password") {
    await vscode.commands.executeCommand(commandId("editAccount"), { account: order.account });
    return;
  }
  const code = await vscode.window.showInputBox({
    prompt: vscode.l10n.t("The code in the collection e-mail. It is kept like a password."),
    password: true,
    ignoreFocusOut: true,
  });
  if (code) await collector.enterCode(id, code);
}

/** The token's cancellation as a signal, as the rooms below know it. */
function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
