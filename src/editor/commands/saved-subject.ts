import * as vscode from "vscode";
import { titleOf } from "../../orders/presentation/state";
import { ArgumentError, Arguments } from "../base/arguments";
import { showInformation } from "../base/messages";
import { saveFileCertificates } from "../saving/order-files";
import type { SaveTarget } from "../saving/save-files";
import { saveAndServe, type SavedAndServed } from "../serving/save-and-serve";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { certificateFor, chooseOrder, noCertificate, noCertificateOf, tellDeadEnd } from "./choices";
import { fileChain } from "./file-chain";
import { subjectOf } from "./subject";
import { localize } from "../base/localize";
import { phrase } from "../../words/phrase";

/** What is saved: an order's certificate, or the certificates of a file. */
export interface SavedSubject {
  readonly title: string;
  /** The kind of the certificate's key, in two words; empty if it cannot be determined. */
  readonly keyKind: string;
  /** Where a person probably wants it, with the reason. */
  readonly folder?: { readonly uri: vscode.Uri; readonly why: string };
  readonly save: (target: SaveTarget) => Promise<SavedAndServed | undefined>;
}

/**
 * What is to be saved: the argument's file or order, else what is before the person, else an order that they choose.
 * @returns undefined when the person left, or there is nothing to save, which is reported
 */
export async function savedSubject(program: Program, argument: unknown): Promise<SavedSubject | undefined> {
  const subject = subjectOf(program, argument);
  const root = new Arguments(argument instanceof vscode.Uri ? undefined : argument).text("root");
  return subject.file === undefined
    ? orderSubject(program, new Arguments(subject.argument), root)
    : fileSubject(program, subject.file, root);
}

async function orderSubject(
  program: Program,
  given: Arguments,
  root: string | undefined,
): Promise<SavedSubject | undefined> {
  const { collector } = program;
  const id = await chooseOrder(
    collector,
    given,
    localize("Choose a certificate to save"),
    ({ certificates }) => certificates.length > 0,
    noCertificate(),
  );
  const order = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || order === undefined) return undefined;
  const serialNumber = certificateFor(collector, given, id);
  const collected = collector.collected(id, serialNumber);
  if (collected === undefined) {
    void tellDeadEnd(noCertificateOf(collector, id));
    return undefined;
  }
  const before = order.saved?.files[0]?.uri;
  const came = await collector.chain(collected);
  const now = Date.now();
  const chain = root === undefined ? came : await collector.reading.run("chain", { subject: came, now, root });
  if (chain.length === 0) throw noWay();
  return {
    title: titleOf(order, localize),
    keyKind: await keyKindOf(collector, chain),
    ...(before !== undefined && {
      folder: {
        uri: vscode.Uri.joinPath(vscode.Uri.parse(before), ".."),
        why: localize("same as last time"),
      },
    }),
    save: (target) =>
      saveAndServe(program, id, {
        ...target,
        ...(serialNumber !== undefined && { serialNumber }),
        // A newer certificate may come while the person is asked; this chain is not that one's.
        ...(root !== undefined && { chain, serialNumber: collected.serialNumber }),
      }),
  };
}

async function fileSubject(
  program: Program,
  file: vscode.Uri,
  root: string | undefined,
): Promise<SavedSubject | undefined> {
  const { collector } = program;
  const chain = await fileChain(program, file, root);
  const title = vscode.workspace.asRelativePath(file);
  if (chain.length === 0) {
    if (root !== undefined) throw noWay();
    void showInformation(localize("{0} does not contain a certificate to save.", title));
    return undefined;
  }
  // Where the file is read-only, nothing can be saved beside it.
  const isBeside = vscode.workspace.fs.isWritableFileSystem(file.scheme) === true;
  return {
    title,
    keyKind: await keyKindOf(collector, chain),
    ...(isBeside && {
      folder: { uri: vscode.Uri.joinPath(file, ".."), why: localize("beside the file") },
    }),
    save: (target) => saveFileCertificates(collector, file, chain, target),
  };
}

const noWay = (): ArgumentError => new ArgumentError(phrase("No chain to that root is known here."));

async function keyKindOf({ reading }: Collector, chain: readonly Uint8Array[]): Promise<string> {
  const key = await reading.run("leafKey", chain);
  return key?.kind ?? "";
}
