import * as vscode from "vscode";
import {
  BINARY_EDITOR,
  commandId,
  FILE_EDITOR,
  ORDERS_VIEW,
  SCHEME,
  type CommandName,
} from "../editor/base/contributions";
import { showError, showInformation } from "../editor/base/messages";
import { registerPem } from "../editor/languages/pem-language";
import { compareTwoFiles, ComparedTexts, copySelected, exportChain, openDetails, type WebParts } from "./commands";
import { OpenPages } from "./open-pages";
import { WebReading } from "./web-reading";

/** The commands of the browser. The manifest that `build/web/manifest.js` makes lists the same; a test compares both. */
export const WEB_COMMANDS = {
  showFileDetails: openDetails,
  compareFile: compareTwoFiles,
  saveAs: exportChain,
  copySelection: copySelected,
} satisfies Partial<Record<CommandName, (parts: WebParts, argument: unknown, selected: unknown) => Promise<void>>>;

/** Registers what works in a browser: reading. There are no accounts, no orders and no network. */
export function activate({ extensionUri, subscriptions }: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    subscriptions.push(disposable);
    return disposable;
  };
  const reading = own(new WebReading(extensionUri));
  const pages = new OpenPages(extensionUri, reading);
  const texts = new ComparedTexts();
  for (const [name, run] of Object.entries(WEB_COMMANDS)) {
    own(
      vscode.commands.registerCommand(commandId(name as CommandName), (argument: unknown, selected: unknown) =>
        run({ reading, pages, texts }, argument, selected).catch((error: unknown) => {
          void showError(error instanceof Error ? error.message : String(error));
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
          vscode.l10n.t("Orders are not tracked in the browser. Open this link with VS Code on a computer."),
        ),
    }),
  );
}
