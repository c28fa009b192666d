import * as vscode from "vscode";
import type { StepState } from "../../api/result";
import type { CollectedCertificate, Order } from "../../orders/model/order";
import { seenStepWords, type SeenRecords } from "../../orders/presentation/record-words";
import { stepNext, stepTitle } from "../../orders/presentation/step-words";
import { stepsSaid } from "../../orders/presentation/steps";
import { stepWords } from "../../orders/presentation/timeline";
import { documentUri } from "../documents/document-uri";
import { dateWords } from "../../orders/presentation/time-words";
import { locale, localize } from "../base/localize";
import { openRowCommand } from "./order-item";
import { placeOf, type CertificateElement, type StepElement } from "./tree-elements";
import { inertText } from "../base/inert-text";
import { inRow } from "../../words/localize";

/**
 * A row below an order: one of the steps until its certificate is issued, and who must act.
 * @param seen what this window saw of the records that the order waits for
 */
export function stepItem(row: StepElement, order: Order, seen: readonly SeenRecords[] = []): vscode.TreeItem {
  const step = stepsSaid(order).find(({ id }) => id === row.step);
  const title = step === undefined ? row.step : stepTitle(step, localize);
  const item = new vscode.TreeItem(inertText(title));
  item.id = `${row.order}/step/${row.step}${placeOf(row)}`;
  item.contextValue = "step";
  item.command = openRowCommand();
  if (step !== undefined) {
    const next = seenStepWords(step, seen, Date.now(), localize) ?? stepNext(step, localize);
    const words = inertText(next === "" ? stepWords(step.state, localize) : next);
    item.description = words;
    item.tooltip = `${inertText(title)}\n${words}`;
    item.iconPath = stepIcon(step.state);
    const state = next === "" ? [] : [stepWords(step.state, localize)];
    item.accessibilityInformation = { label: inertText(inRow([`${title} ${words}`, ...state], localize)) };
  }
  return item;
}

/**
 * @param isServed whether it is one of a TLS server
 * @param isReplacing whether another one was collected for the order before it
 */
export function certificateItem(
  row: CertificateElement,
  collected: CollectedCertificate,
  isServed: boolean,
  isReplacing = false,
): vscode.TreeItem {
  const uri = documentUri({ ...row, name: "fullchain.pem" }, collected);
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const item = new vscode.TreeItem(name);
  item.id = `${row.order}/held/${row.serialNumber}${placeOf(row)}`;
  item.description = localize("valid until {0}", dateWords(collected.notAfter, locale));
  item.tooltip = [
    inertText(collected.subject),
    localize("Serial number {0}", collected.serialNumber),
    item.description,
  ].join("\n");
  item.contextValue = ["certificate", isServed && "served", isReplacing && "replacing"].filter(Boolean).join(" ");
  item.resourceUri = uri;
  item.iconPath = new vscode.ThemeIcon("file");
  item.command = openRowCommand();
  item.accessibilityInformation = { label: localize("{0} {1}, collected certificate", name, item.description) };
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
