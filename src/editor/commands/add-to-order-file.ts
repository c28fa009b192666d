import * as vscode from "vscode";
import { fileEntryOf, newOrderFile, type FileEntry } from "../../orders/export/order-file-entry";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import { ORDER_FILE } from "../base/contributions";
import { ofSteadyText } from "../base/steady-text";
import { askModally, showInformation, showPick, showWarning } from "../base/messages";
import type { Program } from "../window/program";
import type { ReadingService } from "../window/reading-service";
import { chooseOrders } from "./choices";
import { findOrderFiles, isWithoutFolder, tellWithoutFolder } from "./order-files-here";
import { localize } from "../base/localize";

/** The result of {@link addToOrderFile}. */
export interface AddedToFile {
  /** URI of the file. */
  readonly file: string;
  /** How many entries are new. */
  readonly added: number;
}

/**
 * Adds orders to the workspace's file of orders, which is made after a question if there is none, and shows them there.
 * Collection codes, accounts and servers never go into it. An editor with changes that were not saved keeps them so.
 */
export async function addToOrderFile({ collector }: Program, argument: unknown): Promise<AddedToFile | undefined> {
  if (!vscode.workspace.isTrusted) {
    const manage = localize("Manage Workspace Trust");
    const words = localize("In Restricted Mode, {0} is neither read nor written.", ORDER_FILE);
    if ((await showInformation(words, manage)) === manage)
      await vscode.commands.executeCommand("workbench.trust.manage");
    return undefined;
  }
  const question = localize("Choose orders to add to {0}", ORDER_FILE);
  const isListable = ({ reference }: { reference: { kind: string } }): boolean => reference.kind !== "collectionCode";
  const ids = await chooseOrders(collector, new Arguments(argument), question, isListable, {
    words: localize("All orders go by their collection codes, which are secrets and do not belong in a file."),
  });
  const orders = ids.flatMap((id) => collector.book.get(id) ?? []);
  const entries = orders.flatMap((order) => fileEntryOf(order, titleOf(order, localize)) ?? []);
  const [secret] = orders.filter((order) => !isListable(order));
  if (secret !== undefined) {
    void showInformation(
      localize(
        "{0} is known by its collection code, a secret that does not belong in a file.",
        titleOf(secret, localize),
      ),
    );
  }
  if (entries.length === 0) return undefined;
  const file = await chooseOrderFile();
  return file && add(collector.reading, file, entries);
}

/** A file that is there, or the folder that it is to be made in. */
type Place = { readonly file: vscode.Uri } | { readonly folder: vscode.Uri };

async function chooseOrderFile(): Promise<Place | undefined> {
  const found = await findOrderFiles();
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (found.length === 0 && isWithoutFolder()) {
    await tellWithoutFolder();
    return undefined;
  }
  const [only] = found;
  if (only !== undefined && found.length === 1) return { file: only };
  const choices = found.length > 0 ? found.map((file) => ({ file })) : folders.map(({ uri }) => ({ folder: uri }));
  const [place] = choices;
  if (found.length === 0 && choices.length === 1 && place !== undefined) {
    const create = localize("Create It");
    const asked = localize("This workspace has no {0}. Create it?", ORDER_FILE);
    const what = localize("It lists orders by number, without secrets, accounts or servers.");
    return (await askModally(asked, [what], create)) === create ? place : undefined;
  }
  return showPick<Place>({
    title:
      found.length > 0 ? localize("Choose a file to add to") : localize("Choose a folder to create {0} in", ORDER_FILE),
    placeholder: found.length > 0 ? localize("File") : localize("Folder"),
    choices: choices.map((value) => ({
      label: vscode.workspace.asRelativePath("file" in value ? value.file : value.folder),
      value,
    })),
  });
}

async function add(
  reading: ReadingService,
  place: Place,
  entries: readonly FileEntry[],
): Promise<AddedToFile | undefined> {
  if ("folder" in place) {
    const file = vscode.Uri.joinPath(place.folder, ORDER_FILE);
    // Another window may have made it since: what is there is never replaced.
    const made = new vscode.WorkspaceEdit();
    made.createFile(file, { contents: Buffer.from(newOrderFile(entries), "utf8") });
    if (!(await vscode.workspace.applyEdit(made))) {
      void showWarning(localize("{0} could not be created.", vscode.workspace.asRelativePath(file)));
      return undefined;
    }
    const document = await vscode.workspace.openTextDocument(file);
    // All are there now: this finds the last of them, and changes nothing.
    await addTo(reading, document, entries);
    return { file: file.toString(), added: entries.length };
  }
  return addTo(reading, await vscode.workspace.openTextDocument(place.file), entries);
}

async function addTo(
  reading: ReadingService,
  document: vscode.TextDocument,
  entries: readonly FileEntry[],
): Promise<AddedToFile | undefined> {
  const wasSaved = !document.isDirty;
  let added = 0;
  let at: { readonly start: number; readonly end: number } | undefined;
  for (const entry of entries) {
    const addition = await ofSteadyText(document, (text) => reading.run("orderFileAddition", { text, entry }));
    if (typeof addition === "string") {
      void showWarning(
        addition === "full"
          ? localize("{0} is full: it lists as many orders as it may.", ORDER_FILE)
          : localize("{0} cannot be read, so nothing was added. Fix it first.", ORDER_FILE),
      );
      break;
    }
    at = addition.entry;
    if (addition.edit === undefined) continue;
    const { start, end, text } = addition.edit;
    const change = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    change.replace(document.uri, range, text);
    if (!(await vscode.workspace.applyEdit(change))) break;
    added += 1;
  }
  await show(document, at);
  if (added > 0 && wasSaved) await document.save();
  return { file: document.uri.toString(), added };
}

async function show(
  document: vscode.TextDocument,
  at: { readonly start: number; readonly end: number } | undefined,
): Promise<void> {
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  if (at === undefined) return;
  const range = new vscode.Range(document.positionAt(at.start), document.positionAt(at.end));
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
