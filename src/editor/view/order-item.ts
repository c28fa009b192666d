import * as vscode from "vscode";
import { orderRowView, orderTooltip, type RowIcon } from "../../orders/presentation/order-row";
import { inertText } from "../base/inert-text";
import { locale } from "../base/localize";
import { placeOf, type OrderFacts, type OrderElement } from "./tree-elements";

/** The row of an order. Its tooltip is created on demand: {@link orderItemTooltip}. */
export function orderItem(facts: OrderFacts, row: OrderElement): vscode.TreeItem {
  const view = orderRowView(facts, Date.now(), locale);
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(inertText(view.title), view.hasDetails ? Collapsed : None);
  item.id = facts.order.id + placeOf(row);
  item.description = inertText(view.description);
  item.iconPath = themeIcon(view.icon);
  item.contextValue = view.context;
  item.accessibilityInformation = { label: inertText(view.label) };
  return item;
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
