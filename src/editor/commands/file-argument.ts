import * as vscode from "vscode";
import { ArgumentError, Arguments } from "../base/arguments";
import { phrase } from "../../words/phrase";

/**
 * The file that a command is about: an editor menu passes its URI, other callers name it in the field `file`.
 * @throws ArgumentError when the field is not a URI
 */
export function namedFile(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  return uriOf(new Arguments(argument), "file");
}

/** Characters of a URI, each byte of whose path may take three. */
const MAX_URI = 16_384;

/**
 * A field that names a file or folder.
 * @throws ArgumentError when it is not a URI
 */
export function uriOf(given: Arguments, field: string): vscode.Uri | undefined {
  const named = given.text(field, MAX_URI);
  if (named === undefined) return undefined;
  try {
    return vscode.Uri.parse(named, true);
  } catch {
    throw new ArgumentError(phrase("The field “{0}” must be a URI, for example file:///home/me/server.pem.", field));
  }
}
