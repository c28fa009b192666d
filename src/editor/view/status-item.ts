import * as vscode from "vscode";
import type { AttentionCounts } from "../../orders/presentation/attention";
import type { Disposable } from "../../orders/ports";
import { ORDERS_VIEW, PREFIX } from "../base/contributions";
import { localize } from "../base/localize";
import { amount } from "../../words/phrase";
import { inRow } from "../../words/localize";

/**
 * The single status bar item: how many orders need the person or are in trouble, and how many are ready. Hidden while
 * nothing is tracked.
 */
export class StatusItem implements Disposable {
  private readonly item = vscode.window.createStatusBarItem(`${PREFIX}.status`, vscode.StatusBarAlignment.Left);

  constructor() {
    this.item.name = localize("Certificate Orders");
    this.item.command = `${ORDERS_VIEW}.focus`;
  }

  show(wants: AttentionCounts): void {
    const { needsYou, trouble, ready, tracked } = wants;
    if (tracked === 0) {
      this.item.hide();
      return;
    }
    const urgent = needsYou + trouble;
    const counts = [urgent > 0 ? `$(bell-dot) ${urgent}` : "", ready > 0 ? `$(verified-filled) ${ready}` : ""];
    const shown = counts.filter((each) => each !== "").join(" ");
    const words = [localize("Certificate orders: {0} tracked", tracked), ...attentionWords(wants)];
    this.item.text = shown === "" ? "$(verified)" : shown;
    this.item.tooltip = words.join("\n");
    this.item.accessibilityInformation = { label: inRow(words, localize) };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

/** How many orders need the person, are in trouble or are ready, in words; empty if none are. */
export function attentionWords({ needsYou, trouble, ready }: AttentionCounts): string[] {
  const needing = needsYou === 1 ? localize("1 needs you") : localize("{0} need you", amount(needsYou));
  return [
    ...(needsYou > 0 ? [needing] : []),
    ...(trouble > 0 ? [localize("{0} in trouble", amount(trouble))] : []),
    ...(ready > 0 ? [localize("{0} ready", amount(ready))] : []),
  ];
}
