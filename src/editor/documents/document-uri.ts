import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import { SCHEME } from "../base/contributions";

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

/** Which document a URI names: `certificate:/<order>/<serial number in hex>/<name>`. */
export interface DocumentPath {
  readonly order: OrderId;
  readonly serialNumber: string;
  readonly name: DocumentName;
}

export function documentUri(path: DocumentPath): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${path.order}/${path.serialNumber}/${path.name}` });
}

/** The inverse of {@link documentUri}; `undefined` for a URI that it did not make. */
export function documentPath(uri: vscode.Uri): DocumentPath | undefined {
  const [empty, order, serialNumber, name, ...more] = uri.path.split("/");
  if (uri.scheme !== SCHEME || empty !== "" || more.length > 0 || !order || !serialNumber) return undefined;
  const known = DOCUMENT_NAMES.find((candidate) => candidate === name);
  return known === undefined ? undefined : { order, serialNumber, name: known };
}
