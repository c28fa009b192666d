import * as vscode from "vscode";

/**
 * Whether orders may be read from a file: it must be in a folder of a trusted workspace. Old versions shown by version
 * control do not count.
 */
export function mayReadOrders(uri: vscode.Uri): boolean {
  return vscode.workspace.isTrusted && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
