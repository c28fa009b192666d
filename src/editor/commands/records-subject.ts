import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import type { ValidationSubject } from "../../validation/subject";
import { Arguments } from "../base/arguments";
import { showInformation } from "../base/messages";
import { documentPath } from "../documents/document-uri";
import { inFront } from "../pages/in-front";
import type { Program } from "../window/program";
import type { SubjectName } from "../window/subject-name";
import { chooseOrder, type DeadEnd } from "./choices";
import { namedFile } from "./file-argument";
import { localize } from "../base/localize";

/** What a command about records is about. */
export interface RecordsSubject {
  readonly name: SubjectName;
  readonly subject: ValidationSubject;
  /** What a person calls it. */
  readonly title: string;
}

/**
 * The order or the file of a certificate request that the argument names, else that of the active page or text, else
 * the selected row, else an order that the person picks.
 * @param question for the list of orders
 * @returns undefined when the person leaves, or after telling them that there is nothing to be published
 * @throws ArgumentError as {@link chooseOrder} and {@link namedFile} do
 */
export async function recordsSubject(
  program: Program,
  argument: unknown,
  question: string,
): Promise<RecordsSubject | undefined> {
  const file = namedFile(argument) ?? fileInFront(program, argument);
  if (file !== undefined) {
    const found = await requestFileSubject(program, file);
    // A file in front that has no request in it was not what the person meant.
    if (found !== undefined || namedFile(argument) !== undefined) return found ?? tellNoRequest(file);
  }
  const { collector, records } = program;
  const suits = ({ id }: { readonly id: OrderId }): boolean => records.subject(id) !== undefined;
  const id = await chooseOrder(collector, new Arguments(argument), question, suits, noneWaits());
  const order = id === undefined ? undefined : collector.book.get(id);
  if (order === undefined) return undefined;
  const subject = records.subject(order.id);
  if (subject !== undefined) return { name: { order: order.id }, subject, title: titleOf(order, localize) };
  void showInformation(
    localize("{0} waits for no validation, or the CA has not named its domains yet.", titleOf(order, localize)),
  );
  return undefined;
}

/** @returns undefined if there is no certificate request in the file */
export async function requestFileSubject(
  { records }: Pick<Program, "records">,
  file: vscode.Uri,
): Promise<RecordsSubject | undefined> {
  const name = { file: file.toString() };
  const subject = await records.fileSubject(name.file);
  return subject && { name, subject, title: vscode.workspace.asRelativePath(file) };
}

/** Says that there is no certificate request in a file. */
export function tellNoRequest(file: vscode.Uri): undefined {
  const name = vscode.workspace.asRelativePath(file);
  void showInformation(localize("{0} does not contain a certificate request (CSR). Choose another file.", name));
}

/** The file before the person, unless the argument or an order's page says otherwise. */
function fileInFront({ panels }: Program, argument: unknown): vscode.Uri | undefined {
  const given = new Arguments(argument);
  if (given.text("order") !== undefined || given.flag("selected") === true) return undefined;
  const front = inFront(panels);
  return front === undefined || front.order !== undefined || documentPath(front.uri) !== undefined
    ? undefined
    : front.uri;
}

const noneWaits = (): DeadEnd => ({
  words: localize("No order is known to wait for the validation of a domain."),
  next: { label: localize("Check All Orders"), command: "checkAll" },
});
