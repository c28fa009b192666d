import * as vscode from "vscode";
import type { CollectedCertificate, OrderId } from "../../orders/model/order";
import { concernsOf } from "../../orders/model/concerns";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { DOCUMENT_NAMES, documentUri, type DocumentName } from "../documents/document-uri";
import { checkForPerson } from "./check-order";
import { chooseOrder } from "./choices";
import { offerSavingAgain } from "./saving-offer";
import { showInformation, showWarning } from "../base/messages";
import { localize } from "../base/localize";

export interface Opened {
  readonly order: OrderId;
  readonly serialNumber: string;
  /** URI of the document. */
  readonly document: string;
}

/**
 * Opens the collected certificate, after checking at the CA if there is none: the document, and its details beside it.
 */
export async function collect(program: Program, argument: unknown): Promise<Opened | undefined> {
  const { collector, panels } = program;
  const id = await chooseOrder(collector, new Arguments(argument), vscode.l10n.t("Choose a certificate to collect"));
  if (id === undefined) return undefined;
  if (!(await collectIfNeeded(program, id))) return undefined;
  const opened = await openCollected(collector, id, collector.collected(id), "fullchain.pem");
  panels.showOrder(id, vscode.ViewColumn.Beside);
  const order = collector.book.get(id);
  if (order !== undefined && opened !== undefined) void offerSavingAgain(order);
  return opened;
}

/**
 * Checks an order at the CA, as a person does, if nothing has been collected for it.
 * @returns whether a certificate is collected now
 */
export async function collectIfNeeded(program: Program, id: OrderId): Promise<boolean> {
  const { collector } = program;
  if (collector.collected(id) !== undefined) return true;
  const asked = await checkForPerson(program, id);
  if (collector.collected(id) !== undefined) return true;
  if (asked?.result === "answered" && (asked.group === "waiting" || asked.group === "needs-you")) {
    const order = collector.book.get(id);
    void showInformation(vscode.l10n.t("{0} has not been issued yet. {1}.", order ? titleOf(order) : id, asked.words));
  }
  return false;
}

/** Opens a document of a collected certificate: the whole chain, or the named one. */
export async function openCertificate(program: Program, argument: unknown): Promise<Opened | undefined> {
  return openDocument(program, argument, "fullchain.pem");
}

/** Opens every field of a collected certificate as text. */
export async function openAsText(program: Program, argument: unknown): Promise<Opened | undefined> {
  return openDocument(program, argument, "certificate.txt");
}

/** @param usual the document to open unless the argument names another */
async function openDocument(
  { collector }: Program,
  argument: unknown,
  usual: DocumentName,
): Promise<Opened | undefined> {
  const given = new Arguments(argument);
  const id = await chooseOrder(
    collector,
    given,
    vscode.l10n.t("Choose a certificate to open"),
    ({ certificates }) => certificates.length > 0,
  );
  if (id === undefined) return undefined;
  const name = given.choice("document", DOCUMENT_NAMES) ?? usual;
  return openCollected(collector, id, collector.collected(id, given.text("serialNumber")), name);
}

/** Shows the details of an order and of its collected certificates. */
export async function showDetails(
  { collector, panels }: Program,
  argument: unknown,
): Promise<{ order: string } | undefined> {
  const id = await chooseOrder(
    collector,
    new Arguments(argument),
    vscode.l10n.t("Choose an order to show its details"),
  );
  if (id === undefined) return undefined;
  panels.showOrder(id, vscode.ViewColumn.Active);
  return { order: id };
}

async function openCollected(
  collector: Collector,
  id: OrderId,
  collected: CollectedCertificate | undefined,
  name: DocumentName,
): Promise<Opened | undefined> {
  if (collected === undefined) {
    void showInformation(vscode.l10n.t("No certificate has been collected for this order yet."));
    return undefined;
  }
  const { serialNumber } = collected;
  const uri = documentUri({ order: id, serialNumber, name }, collected);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
  await collector.opened(id);
  const order = collector.book.get(id);
  const concerns = order === undefined ? [] : concernsOf(order, collected, localize);
  if (order !== undefined && concerns.length > 0) void showWarning(`${titleOf(order)}: ${concerns.join(" ")}`);
  return { order: id, serialNumber, document: uri.toString() };
}
