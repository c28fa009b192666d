import * as vscode from "vscode";
import { PEM_LANGUAGE } from "../base/contributions";
import type { ReadingService } from "../window/reading-service";
import { registerLenses } from "./lenses";
import type { PemProviders } from "./pem-providers";

/**
 * Registers what the editor shows for PEM documents: folding, outline, hover, lenses, problems. The code that reads
 * them is loaded with the first such document.
 */
export function registerPem(reading: Pick<ReadingService, "run">): vscode.Disposable {
  let making: Promise<PemProviders> | undefined;
  const providers = () => (making ??= import("./pem-providers").then(({ PemProviders }) => new PemProviders(reading)));
  const look = (document: vscode.TextDocument): void => {
    if (document.languageId === PEM_LANGUAGE) void providers().then(({ problems }) => problems.look(document));
  };
  vscode.workspace.textDocuments.forEach(look);
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    vscode.languages.registerFoldingRangeProvider(PEM_LANGUAGE, {
      provideFoldingRanges: async (document) => (await providers()).foldingRanges(document),
    }),
    vscode.languages.registerDocumentSymbolProvider(PEM_LANGUAGE, {
      provideDocumentSymbols: async (document) => (await providers()).symbols(document),
    }),
    changed,
    registerLenses(PEM_LANGUAGE, changed, async (document) => (await providers()).lenses(document)),
    vscode.languages.registerHoverProvider(PEM_LANGUAGE, {
      provideHover: async (document, position) => (await providers()).hover(document, position),
    }),
    vscode.workspace.onDidOpenTextDocument(look),
    { dispose: () => void making?.then(({ problems }) => problems.dispose()) },
  );
}
