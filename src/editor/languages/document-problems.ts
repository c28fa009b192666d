import * as vscode from "vscode";
import type { Disposable } from "../../orders/ports";
import { MutableDisposable } from "../../orders/mutable-disposable";
import { systemClock } from "../base/clock";
import { PREFIX } from "../base/contributions";
import { DisposableStore } from "../base/disposable-store";

/** ms of quiet after a change before the document is checked again. */
const DEBOUNCE = 400;

/** Finds the current problems of a document. */
export type Diagnose = (document: vscode.TextDocument) => Promise<readonly vscode.Diagnostic[]>;

/** Keeps the problems of open documents up to date, from when they are first checked until they are closed. */
export class DocumentProblems implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly collection: vscode.DiagnosticCollection;
  /** Each watched document, with its next check. */
  private readonly waiting = new Map<string, MutableDisposable>();

  /** @param name of this kind of document, for the editor */
  constructor(
    name: string,
    private readonly diagnose: Diagnose,
  ) {
    this.collection = this.disposables.add(vscode.languages.createDiagnosticCollection(`${PREFIX}.${name}`));
    this.disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const waiting = this.waiting.get(document.uri.toString());
        if (contentChanges.length > 0 && waiting) waiting.value = this.soon(document);
      }),
    );
    this.disposables.add(vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)));
  }

  /** Checks a document now, and again after each change until it is closed. */
  look(document: vscode.TextDocument): void {
    if (document.isClosed) return;
    const key = document.uri.toString();
    if (!this.waiting.has(key)) this.waiting.set(key, new MutableDisposable());
    void this.check(document);
  }

  dispose(): void {
    for (const next of this.waiting.values()) next.dispose();
    this.waiting.clear();
    this.disposables.dispose();
  }

  private soon(document: vscode.TextDocument): Disposable {
    return systemClock.after(DEBOUNCE, () => void this.check(document));
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    this.waiting.get(key)?.dispose();
    if (this.waiting.delete(key)) this.collection.delete(document.uri);
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const found = await this.diagnose(document);
    // It was closed or edited in the meantime: the next check decides.
    if (document.version !== version || !this.waiting.has(document.uri.toString())) return;
    this.collection.set(document.uri, found);
  }
}
