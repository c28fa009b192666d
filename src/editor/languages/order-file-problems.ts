import * as vscode from "vscode";
import type { FileProblem } from "../../orders/import/order-file";
import { inertText } from "../base/inert-text";
import { DocumentProblems } from "./document-problems";
import type { ReadingService } from "../window/reading-service";
import { readListedOrders } from "./listed-orders";
import { mayReadOrders } from "./order-file-trust";
import { localize, localized } from "../base/localize";

/** The editor's own extension that checks JSON files against their schemas. */
const JSON_FEATURES = "vscode.json-language-features";

/**
 * Finds the problems of an order file. Problems that its schema finds too are left to the editor, unless its JSON
 * support is disabled.
 */
export const createOrderFileProblems = (reading: ReadingService): DocumentProblems =>
  new DocumentProblems("orders", (document) => orderFileProblems(reading, document));

async function orderFileProblems(
  reading: ReadingService,
  document: vscode.TextDocument,
): Promise<readonly vscode.Diagnostic[]> {
  if (!mayReadOrders(document.uri)) return [];
  const hasSchemas = vscode.extensions.getExtension(JSON_FEATURES) !== undefined;
  const { problems } = await readListedOrders(reading, document.getText());
  return problems.filter(({ kind }) => kind !== "form" || !hasSchemas).map((problem) => diagnostic(document, problem));
}

function diagnostic(document: vscode.TextDocument, { kind, message, start, end }: FileProblem): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const severity = kind === "secret" ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const shown = new vscode.Diagnostic(range, inertText(localized(message)), severity);
  shown.source = localize("certificate orders");
  return shown;
}
