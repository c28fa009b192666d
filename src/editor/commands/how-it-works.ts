import * as vscode from "vscode";
import { WALKTHROUGH } from "../base/contributions";

/** Opens the walkthrough, which never opens by itself. */
export async function howItWorks(): Promise<{ walkthrough: string }> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false);
  return { walkthrough: WALKTHROUGH };
}
