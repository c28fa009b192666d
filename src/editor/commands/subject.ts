import type * as vscode from "vscode";
import { Arguments } from "../base/arguments";
import { PEM_LANGUAGE } from "../base/contributions";
import { documentPath } from "../documents/document-uri";
import { inFront } from "../pages/in-front";
import type { Program } from "../window/program";
import { namedFile } from "./file-argument";

/** What a command about certificates is about. */
export interface CommandSubject {
  /** A file that is not a document of an order. */
  readonly file?: vscode.Uri;
  /** Names an order, and one of its certificates, if any. */
  readonly argument?: unknown;
  /** The document of the order that it was named by, if it was one. */
  readonly document?: vscode.Uri;
}

/**
 * The file or order that the argument names, else the one of the active page, or of the active text with certificates;
 * else the argument, for an order that is asked for.
 * @throws ArgumentError when the argument does not name what it should
 */
export function subjectOf({ panels }: Pick<Program, "panels">, argument: unknown): CommandSubject {
  const file = namedFile(argument);
  if (file !== undefined) return subjectAt(file);
  if (new Arguments(argument).text("order") !== undefined) return { argument };
  const front = inFront(panels);
  if (front === undefined) return { argument };
  if (front.order !== undefined) return { argument: { order: front.order } };
  const { uri, text } = front;
  const isCertificates = text === undefined || (text.languageId === PEM_LANGUAGE && !text.isUntitled);
  return isCertificates || documentPath(uri) !== undefined ? subjectAt(uri) : { argument };
}

/** The file, or the order whose document it is. */
function subjectAt(uri: vscode.Uri): CommandSubject {
  const path = documentPath(uri);
  if (path === undefined) return { file: uri };
  return { argument: { order: path.order, serialNumber: path.serialNumber }, document: uri };
}
