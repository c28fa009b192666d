import * as vscode from "vscode";

/**
 * Whether a file may say which orders there are: one of a folder of a workspace that the person trusts. What version
 * control shows of former times does not count.
 */
export function mayReadOrders(uri: vscode.Uri): boolean {
  return vscode.workspace.isTrusted && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
