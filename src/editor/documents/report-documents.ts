import * as vscode from "vscode";
import { PEM_LANGUAGE, SCHEME } from "../base/contributions";
import { reportName } from "./document-name";
import { localize } from "../base/localize";

/** Reports that are kept while their tabs are open, and bytes of all of them: the oldest goes first. */
const MAX_REPORTS = 50;
const MAX_BYTES = 16 * 1024 * 1024;

/** The kinds of reports, by how their names end: the editor tells by it what they are. */
const ENDINGS = { text: ".txt", markdown: ".md", pem: `.${PEM_LANGUAGE}` } as const;

/** The first part of a report's query, where a certificate has its order. */
const MARK = "report";

/** Whether a URI is that of a report, open or not. */
export function isReport(uri: vscode.Uri): boolean {
  return uri.scheme === SCHEME && uri.query.startsWith(`${MARK}/`);
}

/** Texts that nobody has to save: read-only documents with names of their own, forgotten when their tabs are closed. */
export class ReportDocuments implements vscode.Disposable {
  /** By their URI, the oldest first. */
  private readonly contents = new Map<string, Uint8Array>();
  private readonly closing = vscode.window.tabGroups.onDidChangeTabs(({ closed }) =>
    closed.forEach((tab) => this.forget(tab)),
  );
  private made = 0;

  /**
   * Shows a text, which must not contain secrets.
   * @param name of its tab, without an ending
   * @param kind `pem` for certificates, which are never replaced by a sentence
   */
  async open(name: string, text: string, kind: keyof typeof ENDINGS = "text"): Promise<vscode.Uri> {
    const uri = this.add(name, text, kind);
    await vscode.window.showTextDocument(uri, { preview: true, viewColumn: columnOfTexts() });
    return uri;
  }

  /** As {@link open}, for a caller that shows the document. */
  add(name: string, text: string, kind: keyof typeof ENDINGS = "text"): vscode.Uri {
    const path = `/${reportName(name)}${ENDINGS[kind]}`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: `${MARK}/${Date.now()}-${++this.made}` });
    this.contents.set(uri.toString(), Buffer.from(text, "utf8"));
    this.bound();
    return uri;
  }

  /** The bytes of a report; of one that was not kept, a sentence that says so, unless it was of certificates. */
  bytes(uri: vscode.Uri): Uint8Array | undefined {
    const gone = localize("This report was not kept. Run the command again.");
    return (
      this.contents.get(uri.toString()) ??
      (uri.path.endsWith(ENDINGS.pem) ? undefined : Buffer.from(`${gone}\n`, "utf8"))
    );
  }

  dispose(): void {
    this.closing.dispose();
    this.contents.clear();
  }

  private bound(): void {
    let bytes = [...this.contents.values()].reduce((sum, { length }) => sum + length, 0);
    for (const [key, { length }] of this.contents) {
      if (this.contents.size <= MAX_REPORTS && bytes <= MAX_BYTES) return;
      this.contents.delete(key);
      bytes -= length;
    }
  }

  private forget({ input }: vscode.Tab): void {
    if (!(input instanceof vscode.TabInputText)) return;
    const key = input.uri.toString();
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    if (!tabs.some((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === key)) {
      this.contents.delete(key);
    }
  }
}

/** Where texts are: a report does not cover the details that it is about. */
function columnOfTexts(): vscode.ViewColumn {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  const isPage = (group: vscode.TabGroup): boolean => group.activeTab?.input instanceof vscode.TabInputWebview;
  const texts = isPage(activeTabGroup) ? all.find((group) => !isPage(group)) : undefined;
  return texts?.viewColumn ?? vscode.ViewColumn.Active;
}
