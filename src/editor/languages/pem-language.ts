import * as vscode from "vscode";
import { PEM_LANGUAGE } from "../base/contributions";
import type { ReadingService } from "../window/reading-service";
import type { PemProviders } from "./pem-providers";

/**
 * Registers what the editor shows for PEM documents: folding, outline, hover, lenses, problems. The code that reads
 * them is loaded with the first such document.
 */
export function registerPem(reading: ReadingService): vscode.Disposable {
  let making: Promise<PemProviders> | undefined;
  const providers = () => (making ??= import("./pem-providers").then(({ PemProviders }) => new PemProviders(reading)));
  const look = (document: vscode.TextDocument): void => {
    if (document.languageId === PEM_LANGUAGE) void providers().then(({ problems }) => problems.look(document));
  };
  vscode.workspace.textDocuments.forEach(look);
  return vscode.Disposable.from(
    vscode.languages.registerFoldingRangeProvider(PEM_LANGUAGE, {
      provideFoldingRanges: async (document) => (await providers()).foldingRanges(document),
    }),
    vscode.languages.registerDocumentSymbolProvider(PEM_LANGUAGE, {
      provideDocumentSymbols: async (document) => (await providers()).symbols(document),
    }),
    vscode.languages.registerCodeLensProvider(PEM_LANGUAGE, {
      provideCodeLenses: async (document) => (await providers()).lenses(document),
    }),
    vscode.languages.registerHoverProvider(PEM_LANGUAGE, {
      provideHover: async (document, position) => (await providers()).hover(document, position),
    }),
    vscode.workspace.onDidOpenTextDocument(look),
    { dispose: () => void making?.then(({ problems }) => problems.dispose()) },
  );
}
