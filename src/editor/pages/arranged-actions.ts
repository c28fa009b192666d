import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import type { Action } from "../../webview/protocol";
import { documentPath } from "../documents/document-uri";

/**
 * The buttons of an order's page, the likeliest first: once its certificate is open as text, or its private key was
 * found, that is to save it.
 */
export function arrangedActions(actions: readonly Action[], order: OrderId, hasKey: boolean): readonly Action[] {
  const save = actions.find(({ id }) => id === "saveAs");
  if (save === undefined || !(hasKey || isOpenAsText(order))) return actions;
  // A newer certificate than the saved one belongs where that is.
  const again = actions.filter(({ id }) => id === "saveAgain");
  const first = [...again, save];
  return [...first, ...actions.filter((action) => !first.includes(action))];
}

function isOpenAsText(order: OrderId): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputText && documentPath(input.uri)?.order === order);
}
