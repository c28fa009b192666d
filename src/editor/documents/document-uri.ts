import * as vscode from "vscode";
import type { CollectedCertificate, OrderId } from "../../orders/model/order";
import { SCHEME } from "../base/contributions";
import { certificateName } from "./document-name";

/**
 * The documents of one collected certificate, in the order that a person looks for them. `certificate.txt`: every
 * field as text. `chain.json`: every field of the whole chain. `changes.txt`: the text below a summary of the
 * differences from the previously collected certificate.
 */
export const DOCUMENT_NAMES = [
  "fullchain.pem",
  "certificate.pem",
  "chain.pem",
  "certificate.txt",
  "chain.json",
  "changes.txt",
] as const;

export type DocumentName = (typeof DOCUMENT_NAMES)[number];

/** How the file names of the documents end, after the name of the certificate, which has no spaces. */
const ENDINGS: Readonly<Record<DocumentName, string>> = {
  "certificate.pem": " certificate.pem",
  "chain.pem": " chain.pem",
  "changes.txt": " changes.txt",
  "fullchain.pem": ".pem",
  "certificate.txt": ".txt",
  "chain.json": ".json",
};

/** Characters of an order's number in a path. */
const MAX_NUMBER = 40;

/** Which document a URI names. */
export interface DocumentPath {
  readonly order: OrderId;
  readonly serialNumber: string;
  readonly name: DocumentName;
}

/**
 * `certificate:/<order number>/<last day>/<certificate's name>.pem?<order>/<serial number in hex>`. The path is for a
 * person: the editor shows its end on a tab, the rest where two tabs have the same name, and never the query, which
 * identifies the certificate.
 */
export function documentUri({ order, serialNumber, name }: DocumentPath, collected: CollectedCertificate): vscode.Uri {
  const folder = folderOf(order, collected);
  const file = certificateName(collected) + ENDINGS[name];
  return vscode.Uri.from({ scheme: SCHEME, path: `${folder}/${file}`, query: `${order}/${serialNumber}` });
}

/** An order that is identified by a secret has no number to show. */
function folderOf(order: OrderId, { notAfter }: CollectedCertificate): string {
  const [, , kind, number = ""] = order.split("~");
  const day = new Date(notAfter).toISOString().slice(0, 10);
  return kind === "code" || number === "" ? `/${day}` : `/${number.slice(0, MAX_NUMBER)}/${day}`;
}

/**
 * The inverse of {@link documentUri}; `undefined` for a URI that it did not make. Tabs of version 0.1.0 were
 * `certificate:/<order>/<serial number in hex>/fullchain.pem` and come back, too.
 */
export function documentPath(uri: vscode.Uri): DocumentPath | undefined {
  if (uri.scheme !== SCHEME) return undefined;
  if (uri.query === "") return oldPath(uri);
  const certificate = certificateOf(uri);
  const name = DOCUMENT_NAMES_BY_ENDING.find(([, ending]) => uri.path.endsWith(ending))?.[0];
  return certificate === undefined || name === undefined ? undefined : { ...certificate, name };
}

// Of two endings that fit, the longer one comes first.
const DOCUMENT_NAMES_BY_ENDING = Object.entries(ENDINGS) as [DocumentName, string][];

/** The certificate that the URI of a document, or of the folder around it, is about. */
export function certificateOf({ scheme, query }: vscode.Uri): Omit<DocumentPath, "name"> | undefined {
  const [order = "", serialNumber = "", ...more] = query.split("/");
  const isOne = scheme === SCHEME && order.includes("~") && serialNumber !== "" && more.length === 0;
  return isOne ? { order, serialNumber } : undefined;
}

function oldPath({ path }: vscode.Uri): DocumentPath | undefined {
  const [empty, order, serialNumber, name, ...more] = path.split("/");
  if (empty !== "" || more.length > 0 || !order || !serialNumber) return undefined;
  const known = DOCUMENT_NAMES.find((candidate) => candidate === name);
  return known === undefined ? undefined : { order, serialNumber, name: known };
}
