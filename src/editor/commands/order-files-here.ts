import * as vscode from "vscode";
import { ArgumentError } from "../base/arguments";
import { ORDER_FILE } from "../base/contributions";
import { showInformation, showPick } from "../base/messages";
import { mayReadOrders } from "../languages/order-file-trust";
import { tellDeadEnd } from "./choices";
import { namedFile } from "./file-argument";
import { localize } from "../base/localize";
import { phrase } from "../../words/phrase";

/** The most order files of a workspace that are offered. */
const MAX_FILES = 50;

/**
 * The workspace's files of orders; the one in the active editor alone, if it is one.
 * @param all whatever is in the active editor
 */
export async function findOrderFiles(all = false): Promise<readonly vscode.Uri[]> {
  const open = all ? undefined : vscode.window.activeTextEditor?.document.uri;
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
  const open = localize("Open Folder…");
  const words = localize("{0} belongs in a folder, and none is open.", ORDER_FILE);
  if ((await showInformation(words, open)) === open)
    await vscode.commands.executeCommand("workbench.action.files.openFolder");
}

/**
 * The order file that a command is about: the one that its argument names, else the one that is open, the only one, or
 * the one a person picks.
 * @param question a sentence without a full stop
 * @throws ArgumentError when it may not be read
 */
export async function orderFileFor(argument: unknown, question: string): Promise<vscode.Uri | undefined> {
  const file = namedFile(argument) ?? (await chooseFile(question));
  if (file === undefined || (mayReadOrders(file) && file.path.endsWith(`/${ORDER_FILE}`))) return file;
  throw new ArgumentError(
    phrase(
      "Orders are read from {0} only in a trusted workspace. To trust this one, run “Workspaces: Manage Workspace Trust”.",
      ORDER_FILE,
    ),
  );
}

async function chooseFile(title: string): Promise<vscode.Uri | undefined> {
  const found = await findOrderFiles();
  if (found.length === 0 && isWithoutFolder()) void tellWithoutFolder();
  else if (found.length === 0) {
    void tellDeadEnd({
      words: localize("No {0} here.", ORDER_FILE),
      next: { label: localize("Create It"), command: "addToOrderFile" },
    });
  }
  if (found.length <= 1) return found[0];
  const choices = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), value: uri }));
  return showPick({ title, placeholder: localize("Folder"), choices });
}
