import * as vscode from "vscode";
import type { CollectedCertificate, Order, OrderId } from "../../orders/model/order";
import { concernsOf } from "../../orders/model/concerns";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import { commandId } from "../base/contributions";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import type { TreeElement } from "../view/tree-elements";
import { DOCUMENT_NAMES, documentUri, type DocumentName } from "../documents/document-uri";
import { checkForPerson } from "./check-order";
import { collectSeveral, type CollectedSeveral } from "./bulk-check";
import {
  certificateFor,
  chooseOrder,
  chooseOrders,
  noCertificate,
  noCertificateOf,
  nothingTracked,
  tellDeadEnd,
} from "./choices";
import { offerSavingAgain } from "./saving-offer";
import { showMoreOrders } from "./view-options";
import { showInformation, showWarning } from "../base/messages";
import { localize } from "../base/localize";

/** The result of opening a document of a certificate. */
export interface Opened {
  readonly order: OrderId;
  readonly serialNumber: string;
  /** URI of the document. */
  readonly document: string;
}

/**
 * Collects certificates from the CA, which is asked for those that are not here, and opens them: the document, and its
 * details beside it.
 */
export async function collect(program: Program, argument: unknown): Promise<Opened | CollectedSeveral | undefined> {
  const { collector } = program;
  const isAtCa = ({ id }: Order): boolean => collector.facts(id)?.state.status === "ready-to-collect";
  const question = localize("Choose certificates to collect from the CA");
  const [id, ...others] = await chooseOrders(collector, new Arguments(argument), question, isAtCa, {
    words: localize("No certificate waits at the CA: what was issued is here already."),
    next: { label: localize("Check All Orders"), command: "checkAll" },
  });
  if (id === undefined) return undefined;
  if (others.length > 0) return collectSeveral(program, [id, ...others]);
  if (!(await collectIfNeeded(program, id))) return undefined;
  const opened = await openWithDetails(program, id);
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
    void showInformation(
      localize("{0} has not been issued yet: {1}.", order ? titleOf(order, localize) : id, asked.words),
    );
  }
  return false;
}

/**
 * Opens a collected certificate: its chain with the details beside it, or the document of it that the argument names.
 */
export async function openCertificate(program: Program, argument: unknown): Promise<Opened | undefined> {
  const given = new Arguments(argument);
  if (given.text("document") !== undefined || given.text("serialNumber") !== undefined)
    return openDocument(program, argument, "fullchain.pem");
  const id = await chooseHeld(program.collector, given);
  return id === undefined ? undefined : openWithDetails(program, id);
}

/**
 * What a row runs when it is clicked, or chosen by Enter: shows the order's details, and at the second of a double
 * click its certificate, if that is here. The row of a certificate opens that one, and that of more orders shows them.
 * @param argument the row; without it, the one that was clicked
 */
export async function openRow(program: Program, argument: unknown): Promise<{ order: OrderId } | undefined> {
  const row = argument ?? (await clickedRow(program.collector));
  const given = new Arguments(row);
  const kind = given.text("kind");
  if (kind === "certificate") return openCertificate(program, row);
  if (kind === "more") showMoreOrders(program, row);
  const id = given.text("order");
  if (id === undefined || program.collector.book.get(id) === undefined) return undefined;
  const isSecond = kind !== "step" && program.clicks.take(id);
  if (isSecond && program.collector.collected(id) !== undefined) await openWithDetails(program, id);
  else program.panels.showOrder(id, vscode.ViewColumn.Active);
  return { order: id };
}

/** The only row that is selected: that of a click, which selects it. */
async function clickedRow({ looking }: Collector): Promise<TreeElement | undefined> {
  const [row, ...others] = await looking.drawn();
  return others.length === 0 ? row : undefined;
}

async function openWithDetails({ collector, panels }: Program, id: OrderId): Promise<Opened | undefined> {
  const opened = await openCollected(collector, id, collector.collected(id), "fullchain.pem");
  if (opened === undefined) return undefined;
  panels.showOrder(id, vscode.ViewColumn.Beside);
  // A page that was open where the text is now must not cover it.
  await showDocument(vscode.Uri.parse(opened.document));
  return opened;
}

async function showDocument(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
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
  const id = await chooseHeld(collector, given);
  if (id === undefined) return undefined;
  const name = given.choice("document", DOCUMENT_NAMES) ?? usual;
  return openCollected(collector, id, collector.collected(id, certificateFor(collector, given, id)), name);
}

function chooseHeld(collector: Collector, given: Arguments): Promise<OrderId | undefined> {
  const question = localize("Choose a certificate to open");
  return chooseOrder(collector, given, question, ({ certificates }) => certificates.length > 0, noCertificate());
}

/** Shows the details of an order and of its collected certificates. */
export async function showDetails(
  { collector, panels }: Program,
  argument: unknown,
): Promise<{ order: string } | undefined> {
  const question = localize("Choose an order to show its details");
  // Whoever asks for details while a page is before them wants those of another order, if there is one.
  const page = [...collector.orderIds()].length > 1 ? panels.activeOrder() : undefined;
  const id = await chooseOrder(
    collector,
    new Arguments(argument),
    question,
    (order) => order.id !== page,
    nothingTracked(),
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
    void tellDeadEnd(noCertificateOf(collector, id));
    return undefined;
  }
  const { serialNumber } = collected;
  const uri = documentUri({ order: id, serialNumber, name }, collected);
  await showDocument(uri);
  // The new certificate is as new as before when the one before it was opened.
  if (collected.leaf === collector.collected(id)?.leaf) await collector.opened(id);
  const order = collector.book.get(id);
  const concerns = order === undefined ? [] : concernsOf(order, collected, localize);
  if (order !== undefined && concerns[0] !== undefined) void tellConcern(order, concerns[0]);
  return { order: id, serialNumber, document: uri.toString() };
}

/** The most important reason not to use a certificate; its page has all of them. */
async function tellConcern(order: Order, concern: string): Promise<void> {
  const show = localize("Show Details");
  if ((await showWarning(localize("{0}: {1}", titleOf(order, localize), concern), show)) !== show) return;
  await vscode.commands.executeCommand(commandId("showDetails"), { order: order.id });
}
