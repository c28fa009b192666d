import * as vscode from "vscode";
import { PEM_LANGUAGE, SCHEME } from "../base/contributions";
import { reportName } from "./document-name";

/** Reports that are kept while their tabs are open, and bytes of all of them: the oldest goes first. */
const MAX_REPORTS = 50;
const MAX_BYTES = 16 * 1024 * 1024;

/** The first part of a report's query, where a certificate has its order. */
const MARK = "report";

/** The content of the open reports, by their URI. It is gone with the last tab. */
const reports = new Map<string, Uint8Array>();
let made = 0;
let closing: vscode.Disposable | undefined;

/**
 * Shows a text that nobody has to save: a read-only document with a name of its own. It is forgotten when its tab is
 * closed; the text must not contain secrets.
 * @param name of its tab, without an ending
 * @param kind `pem` for certificates, which are never replaced by a sentence
 */
export async function openReport(name: string, text: string, kind: "text" | "pem" = "text"): Promise<vscode.Uri> {
  const path = `/${reportName(name)}.${kind === "pem" ? PEM_LANGUAGE : "txt"}`;
  const uri = vscode.Uri.from({ scheme: SCHEME, path, query: `${MARK}/${Date.now()}-${++made}` });
  reports.set(uri.toString(), Buffer.from(text, "utf8"));
  bound();
  closing ??= vscode.window.tabGroups.onDidChangeTabs(({ closed }) => closed.forEach(forget));
  await vscode.window.showTextDocument(uri, { preview: true, viewColumn: columnOfTexts() });
  return uri;
}

/** Where texts are: a report does not cover the details that it is about. */
function columnOfTexts(): vscode.ViewColumn {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  const isPage = (group: vscode.TabGroup): boolean => group.activeTab?.input instanceof vscode.TabInputWebview;
  const texts = isPage(activeTabGroup) ? all.find((group) => !isPage(group)) : undefined;
  return texts?.viewColumn ?? vscode.ViewColumn.Active;
}

/** The bytes of a report; of one that was not kept, a sentence that says so. `undefined` for any other URI. */
export function reportBytes(uri: vscode.Uri): Uint8Array | undefined {
  if (uri.scheme !== SCHEME || !uri.query.startsWith(`${MARK}/`)) return undefined;
  const gone = vscode.l10n.t("This report was not kept. Run the command again.");
  return reports.get(uri.toString()) ?? (uri.path.endsWith(".txt") ? Buffer.from(`${gone}\n`, "utf8") : undefined);
}

function bound(): void {
  let bytes = [...reports.values()].reduce((sum, { length }) => sum + length, 0);
  for (const [key, { length }] of reports) {
    if (reports.size <= MAX_REPORTS && bytes <= MAX_BYTES) return;
    reports.delete(key);
    bytes -= length;
  }
}

function forget({ input }: vscode.Tab): void {
  if (!(input instanceof vscode.TabInputText)) return;
  const key = input.uri.toString();
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  if (!tabs.some((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === key)) {
    reports.delete(key);
  }
}
