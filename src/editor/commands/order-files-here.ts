import * as vscode from "vscode";
import { ORDER_FILE } from "../base/contributions";
import { showInformation } from "../base/messages";

/** The most order files of a workspace that are offered. */
const MAX_FILES = 50;

/** The workspace's files of orders; the one in the active editor alone, if it is one. */
export async function findOrderFiles(): Promise<readonly vscode.Uri[]> {
  const open = vscode.window.activeTextEditor?.document.uri;
  if (open?.path.endsWith(`/${ORDER_FILE}`) === true) return [open];
  return allOrderFiles();
}

/** The workspace's files of orders, whatever is open. */
export function allOrderFiles(): Thenable<readonly vscode.Uri[]> {
  return vscode.workspace.findFiles(`**/${ORDER_FILE}`, "**/node_modules/**", MAX_FILES);
}

/** Whether no folder is open for a file of orders. */
export const isWithoutFolder = (): boolean => (vscode.workspace.workspaceFolders ?? []).length === 0;

/** Says that a file of orders belongs in a folder, and offers to open one. */
export async function tellWithoutFolder(): Promise<void> {
  const open = vscode.l10n.t("Open Folder…");
  const words = vscode.l10n.t("{0} belongs in a folder, and none is open.", ORDER_FILE);
  if ((await showInformation(words, open)) === open)
    await vscode.commands.executeCommand("workbench.action.files.openFolder");
}
