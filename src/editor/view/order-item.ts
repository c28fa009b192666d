import * as vscode from "vscode";
import { orderRowView, type RowIcon, type RowPlace } from "../../orders/presentation/order-row";
import { orderTooltip } from "../../orders/presentation/order-tooltip";
import { commandId } from "../base/contributions";
import { inertText } from "../base/inert-text";
import { locale } from "../base/localize";
import { markedRowUri } from "./row-marks";
import { placeOf, type OrderFacts, type OrderElement } from "./tree-elements";

/** The row of an order. Its tooltip is created on demand: {@link orderItemTooltip}. */
export function orderItem(facts: OrderFacts, row: OrderElement, at?: RowPlace): vscode.TreeItem {
  const view = orderRowView(facts, Date.now(), locale, at);
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(inertText(view.title), view.hasDetails ? Collapsed : None);
  item.id = facts.order.id + placeOf(row);
  item.description = inertText(view.description);
  item.iconPath = themeIcon(view.icon);
  const marked = markedRowUri(facts.order.id, view.marks);
  if (marked !== undefined) item.resourceUri = marked;
  item.contextValue = view.context;
  item.command = openRowCommand();
  item.accessibilityInformation = { label: inertText(view.label) };
  return item;
}

/**
 * What a click on a row, or Enter, runs. It names no row: the editor forgets the arguments of a row's command when it
 * draws the row anew, and a click that meets a redraw would end in an error. The row is the selected one.
 */
export function openRowCommand(): vscode.Command {
  return { command: commandId("openRow"), title: "" };
}

/** The tooltip of a row. */
export function orderItemTooltip(facts: OrderFacts): string {
  return orderTooltip(facts, Date.now(), locale)
    .map((line) => inertText(line))
    .join("\n");
}

function themeIcon({ id, color }: RowIcon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}
