import * as vscode from "vscode";
import { ORDER_FILE } from "../base/contributions";

/** The most order files of a workspace that are offered. */
const MAX_FILES = 50;

/** The workspace's files of orders; the one in the active editor alone, if it is one. */
export async function findOrderFiles(): Promise<readonly vscode.Uri[]> {
  const open = vscode.window.activeTextEditor?.document.uri;
  if (open?.path.endsWith(`/${ORDER_FILE}`) === true) return [open];
  return vscode.workspace.findFiles(`**/${ORDER_FILE}`, "**/node_modules/**", MAX_FILES);
}
