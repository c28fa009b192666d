import * as vscode from "vscode";
import type { ActionId } from "../../webview/protocol";
import { PREFIX } from "../base/contributions";

/**
 * Runs the command of a page's button.
 * @param subject what the page shows: an order or a file
 * @param betterRoot SHA-256 of the root of the chain that the page calls better
 */
export function executeAction(
  action: ActionId,
  subject: { readonly order: string } | { readonly file: string },
  betterRoot: string | undefined,
): Thenable<unknown> {
  if (action !== "saveChain") return vscode.commands.executeCommand(`${PREFIX}.${action}`, subject);
  return vscode.commands.executeCommand(`${PREFIX}.saveAs`, { ...subject, root: betterRoot });
}
