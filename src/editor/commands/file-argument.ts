import * as vscode from "vscode";
import { ArgumentError, Arguments } from "../arguments";

/**
 * The file that a command is about: a menu of the editor gives its URI, others name it in the field `file`.
 * @throws ArgumentError when the field is no URI
 */
export function namedFile(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const named = new Arguments(argument).text("file");
  if (named === undefined) return undefined;
  try {
    return vscode.Uri.parse(named, true);
  } catch {
    throw new ArgumentError(
      vscode.l10n.t("The field “{0}” takes a URI, for instance file:///home/me/server.pem.", "file"),
    );
  }
}
