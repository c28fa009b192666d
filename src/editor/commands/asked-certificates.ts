import * as vscode from "vscode";
import { orderChain, type Chain } from "../../certificates/x509/chain";
import type { ChainMember } from "../../certificates/x509/issuing";
import { called } from "../../certificates/checks/words";
import type { RevocationFact } from "../../certificates/details/verdict";
import { spelledOut } from "../../certificates/names/spelled-out";
import type { OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import type { CheckReport } from "../../webview/protocol";
import { Arguments } from "../base/arguments";
import { readCertificateFile } from "../pages/certificate-file";
import type { PageReports } from "../pages/check-reports";
import { FILE_EDITOR, PEM_LANGUAGE } from "../base/contributions";
import { documentPath } from "../documents/document-uri";
import { OrderPage } from "../pages/order-page";
import type { Program } from "../window/program";
import { chooseOrder } from "./choices";
import { namedFile } from "./file-argument";
import { showInformation } from "../base/messages";

/** Bytes of certificates that can be checked, since they are decoded in place; a chain has about ten thousand. */
const MAX_BYTES = 512 * 1024;

/** The certificates to check: of an order or of a file. */
export interface AskedCertificates {
  readonly chain: Chain;
  /** The first of the chain. */
  readonly leaf: ChainMember;
  /** The order that the first certificate belongs to, if any. */
  readonly order?: OrderId;
  /** The name of the first certificate, for a person. */
  readonly name: string;
  /** The page that shows them, if any. */
  readonly page: PageReports | undefined;
}

/**
 * The certificates that a command is about: of the file or order that its argument names, else of the active document
 * or page, else of an order that a person picks. Their page is opened to show the results.
 * @returns undefined when the person does not pick one, or there is no certificate, which is reported
 * @throws ArgumentError, CertificateFileError, BlobError when certificates cannot be read
 */
export async function askedCertificates(
  program: Program,
  argument: unknown,
  placeholder: string,
): Promise<AskedCertificates | undefined> {
  const subject = namedSubject(argument) ?? lookedAt() ?? { argument };
  return subject.file === undefined ? ofOrder(program, subject.argument, placeholder) : ofFile(program, subject.file);
}

/** Adds a report to the page that shows the certificates. @param revocation what it says about a revocation */
export function reportOnPage(
  { page, leaf }: AskedCertificates,
  report: Omit<CheckReport, "at">,
  revocation?: Omit<RevocationFact, "asked">,
): void {
  const at = Math.floor(Date.now() / 1000) * 1000;
  const fact = revocation === undefined ? undefined : { ...revocation, asked: at };
  page?.add(leaf.certificate.fingerprints.sha256, { ...report, at }, fact);
}

interface Subject {
  readonly file?: vscode.Uri;
  /** Names an order, if any. */
  readonly argument?: unknown;
}

function namedSubject(argument: unknown): Subject | undefined {
  const file = namedFile(argument);
  if (file !== undefined) return subjectAt(file);
  return new Arguments(argument).text("order") === undefined ? undefined : { argument };
}

/** The file, or the order whose document it is. */
function subjectAt(uri: vscode.Uri): Subject {
  const collected = documentPath(uri);
  return collected === undefined
    ? { file: uri }
    : { argument: { order: collected.order, serialNumber: collected.serialNumber } };
}

function lookedAt(): Subject | undefined {
  const shown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (shown instanceof vscode.TabInputCustom && shown.viewType === FILE_EDITOR) return { file: shown.uri };
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === PEM_LANGUAGE && !document.isUntitled ? subjectAt(document.uri) : undefined;
}

async function ofOrder(
  { collector, panels, reports }: Program,
  argument: unknown,
  placeholder: string,
): Promise<AskedCertificates | undefined> {
  const given = new Arguments(argument);
  const id = await chooseOrder(collector, given, placeholder, ({ certificates }) => certificates.length > 0);
  if (id === undefined) return undefined;
  const collected = collector.collected(id, given.text("serialNumber"));
  if (collected === undefined) {
    void showInformation(vscode.l10n.t("No certificate has been collected for this order yet."));
    return undefined;
  }
  const order = collector.book.get(id);
  const certificates = await collector.reading.run("chain", {
    subject: await collector.chain(collected),
    now: Date.now(),
  });
  // The page shows the certificate that was collected last.
  if (collected === collector.collected(id)) panels.showOrder(id, vscode.ViewColumn.Active);
  const found = asked(certificates, reports.of(OrderPage.keyOf(id)), order === undefined ? id : titleOf(order));
  return found && { ...found, order: id };
}

async function ofFile({ collector, reports }: Program, uri: vscode.Uri): Promise<AskedCertificates | undefined> {
  const key = uri.toString();
  if (reports.of(key) === undefined) await vscode.commands.executeCommand("vscode.openWith", uri, FILE_EDITOR);
  const page = reports.of(key);
  const contents = await (page?.page.contents?.() ?? readCertificateFile(uri));
  const path = await collector.reading.run("chain", { subject: contents, now: Date.now() });
  return asked(path, page, vscode.workspace.asRelativePath(uri));
}

function asked(
  certificates: readonly Uint8Array[],
  page: PageReports | undefined,
  where: string,
): AskedCertificates | undefined {
  if (certificates.reduce((sum, { length }) => sum + length, 0) > MAX_BYTES) {
    void showInformation(vscode.l10n.t("The certificates in {0} are too large for online checks.", where));
    return undefined;
  }
  const chain = orderChain(certificates);
  const [leaf] = chain.path;
  if (leaf !== undefined) return { chain, leaf, name: spelledOut(called(leaf.certificate)), page };
  void showInformation(vscode.l10n.t("{0} does not contain a certificate to check.", where));
  return undefined;
}
