import * as vscode from "vscode";
import { orderChain, type Chain } from "../../certificates/x509/chain";
import type { ChainMember } from "../../certificates/x509/issuing";
import { called } from "../../certificates/checks/words";
import type { RevocationFact } from "../../certificates/details/verdict";
import { spelledOut } from "../../certificates/names/spelled-out";
import type { Order, OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import type { CheckReport } from "../../webview/protocol";
import { Arguments } from "../base/arguments";
import type { PageReports } from "../pages/check-reports";
import { documentUri } from "../documents/document-uri";
import { OrderPage } from "../pages/order-page";
import type { Program } from "../window/program";
import { certificateFor, chooseOrder, noCertificate, noCertificateOf, tellDeadEnd } from "./choices";
import { showFileDetails } from "./show-file-details";
import { fileChain } from "./file-chain";
import { subjectOf, type CommandSubject } from "./subject";
import { askedFrom } from "../base/asking-machine";
import { showInformation } from "../base/messages";
import { localize, localized } from "../base/localize";

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
 * or page, else of an order that a person picks. Their page is opened to show the results, unless `opens` is false.
 * @returns undefined when the person does not pick one, or there is no certificate, which is reported
 * @throws ArgumentError, CertificateFileError, BlobError when certificates cannot be read
 */
export async function askedCertificates(
  program: Program,
  argument: unknown,
  placeholder: string,
  opens = true,
): Promise<AskedCertificates | undefined> {
  const subject = subjectOf(program, argument);
  const { file } = subject;
  return file === undefined ? ofOrder(program, subject, placeholder, opens) : ofFile(program, file, opens);
}

/** Adds a report to the page that shows the certificates. @param revocation what it says about a revocation */
export function reportOnPage(
  { page, leaf }: AskedCertificates,
  report: Omit<CheckReport, "at" | "from">,
  revocation?: Omit<RevocationFact, "asked">,
): void {
  const at = Math.floor(Date.now() / 1000) * 1000;
  const fact = revocation === undefined ? undefined : { ...revocation, asked: at };
  page?.add(leaf.certificate.fingerprints.sha256, { ...report, at, ...askedFrom() }, fact);
}

async function ofOrder(
  { collector, panels, reports }: Program,
  { argument, document }: CommandSubject,
  placeholder: string,
  opens: boolean,
): Promise<AskedCertificates | undefined> {
  const given = new Arguments(argument);
  const isHeld = ({ certificates }: Order): boolean => certificates.length > 0;
  const id = await chooseOrder(collector, given, placeholder, isHeld, noCertificate());
  if (id === undefined) return undefined;
  const collected = collector.collected(id, certificateFor(collector, given, id));
  if (collected === undefined) {
    void tellDeadEnd(noCertificateOf(collector, id));
    return undefined;
  }
  const order = collector.book.get(id);
  const certificates = await collector.reading.run("chain", {
    subject: await collector.chain(collected),
    now: Date.now(),
  });
  const isNewest = collected === collector.collected(id);
  const { serialNumber } = collected;
  // The order's page shows the certificate that was collected last; the page of an older one is that of its document.
  const uri = document ?? documentUri({ order: id, serialNumber, name: "fullchain.pem" }, collected);
  const key = isNewest ? OrderPage.keyOf(id) : uri.toString();
  if (isNewest && opens) panels.showOrder(id, vscode.ViewColumn.Active);
  else if (opens && reports.of(key) === undefined) panels.showDocument(uri, vscode.ViewColumn.Active);
  const found = asked(certificates, reports.of(key), order === undefined ? id : titleOf(order, localize));
  return found && { ...found, order: id };
}

async function ofFile(program: Program, uri: vscode.Uri, opens: boolean): Promise<AskedCertificates | undefined> {
  const { reports } = program;
  const key = uri.toString();
  if (opens && reports.of(key) === undefined) await showFileDetails(program, uri);
  return asked(await fileChain(program, uri), reports.of(key), vscode.workspace.asRelativePath(uri));
}

function asked(
  certificates: readonly Uint8Array[],
  page: PageReports | undefined,
  where: string,
): AskedCertificates | undefined {
  if (certificates.reduce((sum, { length }) => sum + length, 0) > MAX_BYTES) {
    void showInformation(localize("The certificates in {0} are too large for online checks.", where));
    return undefined;
  }
  const chain = orderChain(certificates);
  const [leaf] = chain.path;
  if (leaf !== undefined) return { chain, leaf, name: spelledOut(localized(called(leaf.certificate))), page };
  void showInformation(localize("{0} does not contain a certificate to check.", where));
  return undefined;
}
