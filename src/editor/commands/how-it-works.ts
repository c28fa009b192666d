import * as vscode from "vscode";
import { PREFIX, WALKTHROUGH, type ContextKey } from "../base/contributions";

/** A part of what each step of the walkthrough waits for. */
const OPEN: ContextKey = "walkthroughOpen";

/**
 * Opens the walkthrough, which never opens by itself. What was done before is ticked by a key that changes afterwards:
 * the editor ticks a step when a condition comes true, and overlooks one that is true as it loads the walkthrough.
 */
export async function howItWorks(): Promise<{ walkthrough: string }> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false);
  await vscode.commands.executeCommand("setContext", `${PREFIX}.${OPEN}`, true);
  return { walkthrough: WALKTHROUGH };
}
