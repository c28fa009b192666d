import * as vscode from "vscode";
import type { OrderRow } from "../../orders/presentation/arrange";
import type { Disposable } from "../../orders/ports";
import type { OrderStatusStore } from "../../orders/presentation/order-status-store";
import { titleOf } from "../../orders/presentation/state";
import { warningsDue, type Warning } from "../../orders/presentation/warnings";
import type { Collector } from "../window/collector";
import { commandId, ORDERS_VIEW } from "../base/contributions";
import { DisposableStore } from "../base/disposable-store";
import { namesOf } from "../../orders/presentation/order-words";
import { dateWords } from "../../orders/presentation/time-words";
import { localize, locale } from "../base/localize";
import type { EditorSettings } from "../base/settings";
import { showWarning } from "../base/messages";
import { serverPlaceWords } from "../../orders/model/server-place";
import { onePerName } from "./one-per-name";
import { tellUnusableSetting, unusableThresholds, warningThresholds } from "./warning-thresholds";

/**
 * Warns of approaching expiry, once for each threshold: from the focused window, which notes it in the journal for all
 * others.
 */
export class ExpiryWarnings implements Disposable {
  private readonly disposables = new DisposableStore();
  private looking: Promise<void> | undefined;
  /** The settings that were said to be unusable, until they are another. */
  private unusable: readonly string[] = [];

  constructor(
    private readonly collector: Collector,
    private readonly statuses: OrderStatusStore,
    private readonly settings: EditorSettings,
  ) {
    this.disposables.add(vscode.window.onDidChangeWindowState(({ focused }) => focused && this.look()));
    this.disposables.add(
      statuses.onDidChange((changes) => {
        const due = this.dueOf();
        if (changes.some(({ after }) => after && due(after).length > 0)) this.look();
      }),
    );
    this.disposables.add(settings.onDidChange(() => this.look()));
  }

  /** Shows the warnings that are due, unless this window is not focused or notifications are turned off. */
  look(): void {
    const isEnabled = this.settings.get("notifications") !== "none";
    if (!isEnabled || !vscode.window.state.focused) return;
    this.lookAtSettings();
    if (this.due().length === 0) return;
    this.looking ??= this.tellDue()
      .catch((error: unknown) => this.collector.log.error("An expiry warning could not be shown.", error))
      .finally(() => (this.looking = undefined));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private lookAtSettings(): void {
    const unusable = unusableThresholds(this.settings);
    for (const name of unusable) if (!this.unusable.includes(name)) void tellUnusableSetting(name);
    this.unusable = unusable;
  }

  private due(): Warning[] {
    return [...this.statuses.rows.values()].flatMap(this.dueOf());
  }

  /** Asks for the settings once, however many rows are looked at. */
  private dueOf(): (row: OrderRow) => Warning[] {
    const thresholds = warningThresholds(this.settings);
    return ({ order, state }) => (state.archived ? [] : warningsDue(order, thresholds, Date.now()));
  }

  private async tellDue(): Promise<void> {
    // Another window may have shown it just now.
    await this.collector.book.refresh();
    const due = this.due();
    await this.collector.book.record(
      due.map(({ order, of, end, days }) => ({ type: "warned", id: order, of, end, days })),
    );
    for (const of of ["certificate", "served", "term"] as const) {
      const warnings = due.filter((warning) => warning.of === of).sort((a, b) => a.end - b.end);
      if (warnings.length > 0) void this.tell(of, warnings);
    }
  }

  private async tell(of: Warning["of"], warnings: readonly Warning[]): Promise<void> {
    const [first] = warnings;
    const orders = [...new Set(warnings.map(({ order }) => order))];
    const found = orders.flatMap((id) => this.collector.book.get(id) ?? []);
    if (first === undefined || found[0] === undefined) return;
    const isOne = orders.length === 1;
    const end = dateWords(first.end, locale);
    const summary = isOne
      ? oneWords(first, titleOf(found[0], localize), end)
      : manyWords(of, orders.length, end, namesOf(onePerName(found), locale));
    // Its paid term continues, so it can be reissued.
    const isWatchable = isOne && first.isPaid;
    const show = isOne ? localize("Show Details") : localize("Show Orders");
    const action = isWatchable ? localize("Watch for the Reissue") : show;
    const mute = localize("Mute");
    const chosen = await showWarning(summary, action, mute);
    const [order] = orders;
    if (chosen === mute) await vscode.commands.executeCommand(commandId("muteOrder"), { orders });
    if (chosen !== action) return;
    if (isWatchable) await vscode.commands.executeCommand(commandId("watchAgain"), { order });
    else if (isOne) await vscode.commands.executeCommand(commandId("showDetails"), { order });
    else await vscode.commands.executeCommand(`${ORDERS_VIEW}.focus`);
  }
}

function oneWords({ of, servedBy }: Warning, title: string, end: string): string {
  if (servedBy !== undefined) {
    const place = serverPlaceWords(servedBy);
    return localize("{0} last served the previous certificate for {1}, which expires on {2}.", place, title, end);
  }
  return of === "term"
    ? localize("The paid term of {0} ends on {1}. Place a new order before then.", title, end)
    : localize("The certificate for {0} expires on {1}.", title, end);
}

function manyWords(of: Warning["of"], count: number, first: string, names: string): string {
  return of === "term"
    ? localize("The paid terms of {0} orders are ending, the first on {1}: {2}.", count, first, names)
    : localize("{0} certificates are expiring, the first on {1}: {2}.", count, first, names);
}
