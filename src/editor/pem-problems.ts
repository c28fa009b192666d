import * as vscode from "vscode";
import { diagnosticsOf, type Diagnostic } from "../certificates/checks/diagnostics";
import { readContainers } from "../certificates/containers/read";
import type { Finding } from "../certificates/finding";
import { loadKnownAuthorities } from "../certificates/known-authorities";
import { spelledOut } from "../certificates/names/spelled-out";
import { bytesOfText } from "../certificates/text-blocks";
import type { Disposable } from "../orders/ports";
import { Slot } from "../orders/slot";
import { systemClock } from "./clock";
import { PREFIX, SCHEME } from "./contributions";
import { Owner } from "./disposal";

/** Characters of a document; larger ones are collections that nobody deploys. */
const MAX_TEXT = 1024 * 1024;
/** Problems of one document. */
const MAX_PROBLEMS = 200;
/** ms of quiet after a change before the document is checked again. */
const QUIET = 400;

/** Problems of open PEM documents: what the checks find out about the certificates in them, offline. */
export class PemProblems implements Disposable {
  private readonly owner = new Owner();
  private readonly collection = this.owner.own(vscode.languages.createDiagnosticCollection(PREFIX));
  /** What is known of each document that is looked at. */
  private readonly waiting = new Map<string, Slot>();

  constructor() {
    this.owner.own(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.waiting.get(document.uri.toString())?.set(this.soon(document));
      }),
    );
    this.owner.own(vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)));
  }

  /** Checks a document now, and again after each change until it is closed. */
  look(document: vscode.TextDocument): void {
    if (document.isClosed || !isOfPerson(document.uri)) return;
    this.waiting.set(document.uri.toString(), new Slot());
    void this.check(document);
  }

  dispose(): void {
    for (const slot of this.waiting.values()) slot.dispose();
    this.waiting.clear();
    this.owner.dispose();
  }

  private soon(document: vscode.TextDocument): Disposable {
    return systemClock.after(QUIET, () => void this.check(document));
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    this.waiting.get(key)?.dispose();
    if (this.waiting.delete(key)) this.collection.delete(document.uri);
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const authorities = await loadKnownAuthorities();
    // Closed, or typed into, while that was loaded: the next check has the word.
    if (document.version !== version || !this.waiting.has(document.uri.toString())) return;
    const text = document.getText();
    const contents = text.length > MAX_TEXT ? undefined : readContainers(bytesOfText(text));
    const found = contents === undefined ? [] : diagnosticsOf(contents, { now: Date.now(), authorities });
    this.collection.set(
      document.uri,
      found.slice(0, MAX_PROBLEMS).map((diagnostic) => problem(document, diagnostic)),
    );
  }
}

/** Whether a document is one that a person keeps; those of version control show what was. */
function isOfPerson({ scheme }: vscode.Uri): boolean {
  return scheme === SCHEME || scheme === "untitled" || vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}

const SEVERITIES: Readonly<Record<Finding["severity"], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  // Good to know where one looks, and nothing to be listed.
  info: vscode.DiagnosticSeverity.Hint,
};

function problem(document: vscode.TextDocument, { offset, length, finding }: Diagnostic): vscode.Diagnostic {
  const start = document.positionAt(offset);
  const end = document.positionAt(offset + length);
  const line = document.lineAt(start.line);
  // Of a block its first line: a wavy line below thousands of characters says no more. Of a marker the whole of it.
  const isMarker = line.text.startsWith("-", start.character);
  const range = new vscode.Range(start, start.line === end.line && !isMarker ? end : line.range.end);
  const words = [finding.message, finding.advice].filter((sentence) => sentence !== undefined).join(" ");
  const shown = new vscode.Diagnostic(range, spelledOut(words), SEVERITIES[finding.severity]);
  shown.source = vscode.l10n.t("certificate");
  shown.code = codeOf(finding);
  return shown;
}

/** The clause that the rule comes from, with its address where that is known. */
function codeOf({ id, clause }: Finding): NonNullable<vscode.Diagnostic["code"]> {
  const rfc = /^RFC (\d+) section ([\d.]+)/.exec(clause ?? "");
  if (clause === undefined || rfc === null) return clause ?? id;
  const [, number = "", section = ""] = rfc;
  return { value: clause, target: vscode.Uri.parse(`https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`) };
}
