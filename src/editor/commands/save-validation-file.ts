import * as vscode from "vscode";
import type { ValidationFile } from "../../validation/validation-file";
import type { TokenToFind } from "../../validation/request-token";
import { Arguments } from "../base/arguments";
import { askModally, showInformation } from "../base/messages";
import { lookAtPlace, readFrom, wholePath, writeTo, type SavePlace } from "../saving/save-place";
import type { Program } from "../window/program";
import { requestWanted, uniqueValueAsked, uniqueValueGiven } from "./choose-request";
import { uriOf } from "./file-argument";
import { recordsSubject } from "./records-subject";
import { localize, localized } from "../base/localize";

/** The most bytes of a file that may be the same one. */
const MAX_THERE = 4 * 1024;

/**
 * Writes the validation file below a web root that the person chooses, in the folders in which the CA looks for it. The
 * argument may name the root as `folder`, which the person confirms where it is not in the workspace.
 */
export async function saveValidationFile(program: Program, argument: unknown): Promise<{ file: string } | undefined> {
  const given = new Arguments(argument);
  const question = localize("Choose an order whose validation file to save");
  const found = await recordsSubject(program, argument, question);
  const ready = found && (await requestWanted(program, found));
  const request = ready?.subject.request;
  if (ready === undefined) return undefined;
  if (request === undefined) {
    void showInformation(localize("Without a certificate request there is no file. Choose the request first."));
    return undefined;
  }
  const named = uriOf(given, "folder");
  const root = named ?? (await askRoot());
  if (root === undefined) return undefined;
  const token = await tokenFor(request.token, uniqueValueGiven(given), ready.title);
  if (token === undefined) return undefined;
  const { validationFile } = await import("../../validation/validation-file");
  const file = validationFile(token);
  const uri = vscode.Uri.joinPath(root, belowRoot(root, file));
  if (named !== undefined && !(await mayUse(uri))) return undefined;
  const place = await lookAtPlace(uri);
  if (await isSaved(place, file)) {
    void tellSaved(uri, localize("{0} is there already, as it should be.", vscode.workspace.asRelativePath(uri)));
    return { file: uri.toString() };
  }
  if (!(await mayWriteTo(place))) return undefined;
  await writeTo(place, Buffer.from(file.contents, "utf8"), false);
  const saved = localize(
    "{0} was saved. Deploy it with the site: the CA looks for it on each domain, over HTTP or HTTPS.",
    vscode.workspace.asRelativePath(uri),
  );
  void tellSaved(uri, saved);
  return { file: uri.toString() };
}

async function askRoot(): Promise<vscode.Uri | undefined> {
  const title = localize("Choose the web root, which is served as “/”");
  const openLabel = localize("Save Below It");
  const options = { title, openLabel, canSelectFiles: false, canSelectFolders: true, canSelectMany: false };
  return (await vscode.window.showOpenDialog(options))?.[0];
}

/** The token with the order's unique value, for which the person is asked if it is not known. */
async function tokenFor(
  token: TokenToFind,
  given: string | undefined,
  title: string,
): Promise<TokenToFind | undefined> {
  if (given !== undefined && given !== "") return { ...token, uniqueValue: given };
  if (token.uniqueValue !== undefined || given === "") return token;
  const uniqueValue = await uniqueValueAsked(title);
  if (uniqueValue === undefined) return undefined;
  return uniqueValue === "" ? token : { ...token, uniqueValue };
}

/** The rest of the path, where the person chose one of the folders in which the file belongs instead of the root. */
function belowRoot(root: vscode.Uri, { name, path }: ValidationFile): string {
  const folders = path.slice(1, -name.length - 1).split("/");
  const chosen = root.path.replace(/\/$/, "").split("/");
  const isAtEnd = (count: number): boolean => folders.slice(0, count).join("/") === chosen.slice(-count).join("/");
  const there = [folders.length, 1].find((count) => isAtEnd(count)) ?? 0;
  return [...folders.slice(there), name].join("/");
}

async function isSaved(place: SavePlace, { contents }: ValidationFile): Promise<boolean> {
  const there = place.isThere ? await readFrom(place, MAX_THERE) : undefined;
  return there !== undefined && Buffer.from(there).equals(Buffer.from(contents, "utf8"));
}

/**
 * Asks before anything is read or written outside the workspace because a caller of the command said so and not the
 * person: a keybinding, a task, another extension or a link.
 */
async function mayUse(uri: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) return true;
  const save = localize("Save the File");
  const detail = [
    wholePath(uri),
    localize("Its folder was set by whatever ran this command, for example a keybinding."),
  ];
  return (await askModally(localize("Save the validation file outside the workspace?"), detail, save)) === save;
}

/** Asks before a file is replaced, or a link followed. */
async function mayWriteTo({ uri, isThere, detours }: SavePlace): Promise<boolean> {
  if (!isThere && detours.length === 0) return true;
  const write = isThere ? localize("Replace") : localize("Write");
  const question = isThere
    ? localize("The file already exists. Replace it?")
    : localize("Write to the target of the link?");
  return (await askModally(question, [wholePath(uri), ...detours.map(localized)], write)) === write;
}

async function tellSaved(uri: vscode.Uri, words: string): Promise<void> {
  const open = localize("Open File");
  if ((await showInformation(words, open)) === open) await vscode.window.showTextDocument(uri);
}
