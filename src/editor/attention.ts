import * as vscode from "vscode";
import type { AskResult } from "../orders/ask";
import type { Freeze, OrderId } from "../orders/order";
import type { Disposable } from "../orders/ports";
import { titleOf } from "../orders/state";
import type { Collector } from "./collector";
import { commandId } from "./contributions";
import { Owner } from "./disposal";
import type { EditorSettings } from "./settings";

/** Notifications about what happens by itself: only when something is ready, or needs the person. */
export class Attention implements Disposable {
  private readonly owner = new Owner();

  constructor(
    private readonly collector: Collector,
    private readonly settings: EditorSettings,
  ) {
    this.owner.own(collector.onDidAsk((id, result) => this.tell(id, result)));
  }

  dispose(): void {
    this.owner.dispose();
  }

  private tell(id: OrderId, result: AskResult): void {
    if (this.settings.get("notifications") === "none") return;
    if (result.kind === "frozen" && result.now) void this.tellFrozen(id, result.freeze);
    if (result.kind !== "answered") return;
    if (result.froze !== undefined) void this.tellFrozen(id, result.froze);
    if (result.collected !== undefined) void this.tellReady(id);
  }

  /** One message for the login, however many orders it has. */
  async tellFrozen(id: OrderId, freeze: Freeze): Promise<void> {
    const facts = this.collector.facts(id);
    if (facts?.account === undefined) return;
    const change = vscode.l10n.t("Change Password…");
    const log = vscode.l10n.t("Show Log");
    const chosen = await vscode.window.showErrorMessage(
      vscode.l10n.t(
        "The CA refused to sign in “{0}”: {1} Nothing is asked with this login until you change its password; its orders stay.",
        facts.account.label,
        freeze.message,
      ),
      change,
      log,
    );
    if (chosen === change) {
      await vscode.commands.executeCommand(commandId("editAccount"), { account: facts.account.id });
    }
    if (chosen === log) this.collector.log.show();
  }

  private async tellReady(id: OrderId): Promise<void> {
    const order = this.collector.book.get(id);
    if (order === undefined || order.muted) return;
    const open = vscode.l10n.t("Open");
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t("The certificate for {0} is ready.", titleOf(order)),
      open,
    );
    if (chosen === open) await vscode.commands.executeCommand(commandId("collect"), { order: id });
  }
}
