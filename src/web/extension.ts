import * as vscode from "vscode";
import { BINARY_EDITOR, commandId, FILE_EDITOR, ORDERS_VIEW, SCHEME } from "../editor/base/contributions";
import { showError, showInformation } from "../editor/base/messages";
import { registerPem } from "../editor/languages/pem-language";
import { compareTwoFiles, ComparedTexts, copySelected, exportChain, openDetails, type WebParts } from "./commands";
import { WEB_COMMANDS, type WebCommand } from "./web-commands";
import { OpenPages } from "./open-pages";
import { WebReading } from "./web-reading";
import { errorWords, localize } from "../editor/base/localize";
import { useTexts } from "./web-texts";

const HANDLERS: Readonly<Record<WebCommand, (parts: WebParts, argument: unknown, selected: unknown) => Promise<void>>> =
  {
    showFileDetails: openDetails,
    compareFile: compareTwoFiles,
    saveAs: exportChain,
    copySelection: copySelected,
  };

/** Registers what works in a browser: reading. There are no accounts, no orders and no network. */
export function activate({ extensionUri, subscriptions }: vscode.ExtensionContext): void {
  useTexts(vscode.l10n.bundle ?? {});
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    subscriptions.push(disposable);
    return disposable;
  };
  const reading = own(new WebReading(extensionUri));
  const pages = new OpenPages(extensionUri, reading);
  const texts = new ComparedTexts();
  for (const name of WEB_COMMANDS) {
    own(
      vscode.commands.registerCommand(commandId(name), (argument: unknown, selected: unknown) =>
        HANDLERS[name]({ reading, pages, texts }, argument, selected).catch((error: unknown) => {
          void showError(errorWords(error));
        }),
      ),
    );
  }
  own(vscode.window.registerCustomEditorProvider(FILE_EDITOR, pages));
  own(vscode.window.registerCustomEditorProvider(BINARY_EDITOR, pages));
  own(vscode.workspace.registerTextDocumentContentProvider(SCHEME, texts));
  own(registerPem(reading));
  // Its empty state says what is not here.
  own(
    vscode.window.registerTreeDataProvider<never>(ORDERS_VIEW, {
      getChildren: () => [],
      getTreeItem: (element) => element,
    }),
  );
  own(
    vscode.window.registerUriHandler({
      handleUri: () =>
        void showInformation(
          localize("Orders are not tracked in the browser. Open this link with VS Code on a computer."),
        ),
    }),
  );
}
