import * as vscode from "vscode";
import type { StepState } from "../../api/result";
import type { Held, Order } from "../../orders/model/order";
import { stepWords } from "../../orders/presentation/timeline";
import { commandId } from "../base/contributions";
import { documentUri } from "../documents/document-uri";
import { dateWords } from "../../orders/presentation/order-words";
import { locale, say } from "../base/say";
import { placeOf, type HeldRow, type StepRow } from "./rows";
import { inertText } from "../base/inert-text";

export function stepItem(row: StepRow, order: Order): vscode.TreeItem {
  const step = order.detail?.detail.steps?.find(({ id }) => id === row.step);
  const item = new vscode.TreeItem(inertText(step === undefined ? row.step : say(step.title)));
  item.id = `${row.order}/step/${row.step}${placeOf(row)}`;
  item.contextValue = "step";
  if (step !== undefined) {
    const words = inertText(step.next === "" ? stepWords(step.state, say) : say(step.next));
    item.description = words;
    item.tooltip = `${inertText(say(step.title))}\n${words}`;
    item.iconPath = stepIcon(step.state);
    const label = `${say(step.title)}, ${stepWords(step.state, say)}. ${say(step.next)}`;
    item.accessibilityInformation = { label: inertText(label) };
  }
  return item;
}

export function heldItem(row: HeldRow, held: Held): vscode.TreeItem {
  const item = new vscode.TreeItem("fullchain.pem");
  item.id = `${row.order}/held/${row.serialNumber}${placeOf(row)}`;
  item.description = vscode.l10n.t("valid until {0}", dateWords(held.notAfter, locale));
  item.tooltip = [
    inertText(held.subject),
    vscode.l10n.t("Serial number {0}", held.serialNumber),
    item.description,
  ].join("\n");
  item.contextValue = "held";
  item.resourceUri = documentUri({ order: row.order, serialNumber: row.serialNumber, name: "fullchain.pem" });
  item.iconPath = new vscode.ThemeIcon("file");
  item.command = { command: commandId("openCertificate"), title: "", arguments: [row] };
  item.accessibilityInformation = { label: vscode.l10n.t("Collected certificate, {0}", item.description) };
  return item;
}

function stepIcon(state: StepState): vscode.ThemeIcon {
  switch (state) {
    case "done":
      return new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed"));
    case "you":
      return new vscode.ThemeIcon("bell-dot", new vscode.ThemeColor("list.warningForeground"));
    case "rejected":
      return new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("list.errorForeground"));
    case "ca":
      return new vscode.ThemeIcon("clock");
    case "not-needed":
      return new vscode.ThemeIcon("dash");
  }
}
