import * as vscode from "vscode";
import type { Diagnostic } from "../../certificates/checks/diagnostics";
import type { Finding } from "../../certificates/finding";
import { spelledOut } from "../../certificates/names/spelled-out";
import { SCHEME } from "../base/contributions";
import { inertText } from "../base/inert-text";
import { clauseLink } from "./clause-link";
import type { ReadingService } from "../window/reading-service";
import { inSentences, localize } from "../base/localize";

/** Characters of a document; larger ones are collections that are not deployed. */
const MAX_TEXT = 1024 * 1024;
/** Problems of one document. */
const MAX_PROBLEMS = 200;

/** Problems of PEM documents: what the offline checks find in their certificates. */
export async function pemProblems(
  reading: Pick<ReadingService, "run">,
  document: vscode.TextDocument,
): Promise<readonly vscode.Diagnostic[]> {
  const text = document.getText();
  if (!isOfPerson(document.uri) || text.length > MAX_TEXT) return [];
  const found = await reading
    .run("problems", { text, now: Date.now(), most: MAX_PROBLEMS })
    // If it cannot be read in time, no problems are reported.
    .catch((): readonly Diagnostic[] => []);
  return found.map((diagnostic) => problem(document, diagnostic));
}

/** Whether a document is a person's own file; documents of version control show old versions. */
function isOfPerson({ scheme }: vscode.Uri): boolean {
  return scheme === SCHEME || scheme === "untitled" || vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}

const SEVERITIES: Readonly<Record<Finding["severity"], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  // Useful in the text, but not worth listing.
  info: vscode.DiagnosticSeverity.Hint,
};

function problem(document: vscode.TextDocument, { offset, length, finding }: Diagnostic): vscode.Diagnostic {
  const start = document.positionAt(offset);
  const end = document.positionAt(offset + length);
  const line = document.lineAt(start.line);
  // The first line of a block, since a squiggle below thousands of characters says no more; all of a marker.
  const isMarker = line.text.startsWith("-", start.character);
  const range = new vscode.Range(start, start.line === end.line && !isMarker ? end : line.range.end);
  const words = inSentences(finding.message, ...(finding.advice === undefined ? [] : [finding.advice]));
  const shown = new vscode.Diagnostic(range, inertText(spelledOut(words)), SEVERITIES[finding.severity]);
  shown.source = localize("certificate");
  shown.code = codeOf(finding);
  return shown;
}

/** The clause that the rule comes from, with its address if known. */
function codeOf({ id, clause }: Finding): NonNullable<vscode.Diagnostic["code"]> {
  const { code, target } = clauseLink(clause ?? id);
  return target === undefined ? code : { value: code, target: vscode.Uri.parse(target) };
}
