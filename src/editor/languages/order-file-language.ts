import * as vscode from "vscode";
import { ORDER_FILE } from "../base/contributions";
import { registerLenses } from "./lenses";
import type { DocumentProblems } from "./document-problems";
import { mayReadOrders } from "./order-file-trust";
import type { OrderFileProviders } from "./order-file-providers";
import type { Program } from "../window/program";
import type { ReadingService } from "../window/reading-service";

/**
 * Registers what the editor shows for the file in which a repository lists its orders: status, actions, problems. The
 * code that reads it is loaded with the first such file that may be read.
 */
export function registerOrderFiles(program: () => Promise<Program>, reading: ReadingService): vscode.Disposable {
  const selector: vscode.DocumentSelector = { pattern: `**/${ORDER_FILE}` };
  const changed = new vscode.EventEmitter<void>();

  let making: Promise<OrderFileProviders> | undefined;
  const make = async (): Promise<OrderFileProviders> => {
    const [{ OrderFileProviders }, { collector }] = await Promise.all([import("./order-file-providers"), program()]);
    return new OrderFileProviders(collector, reading, () => changed.fire());
  };
  const providers = (): Promise<OrderFileProviders> =>
    (making ??= make().catch((error: unknown) => {
      making = undefined;
      throw error;
    }));

  let problems: Promise<DocumentProblems> | undefined;
  const look = (document: vscode.TextDocument): void => {
    if (vscode.languages.match(selector, document) === 0 || !mayReadOrders(document.uri)) return;
    problems ??= import("./order-file-problems").then(({ createOrderFileProblems }) =>
      createOrderFileProblems(reading),
    );
    void problems.then((started) => started.look(document));
  };
  const refresh = (): void => {
    vscode.workspace.textDocuments.forEach(look);
    changed.fire();
  };
  refresh();

  return vscode.Disposable.from(
    changed,
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (document, position) =>
        mayReadOrders(document.uri) ? (await providers()).hover(document, position) : undefined,
    }),
    registerLenses(selector, changed, async (document) =>
      mayReadOrders(document.uri) ? (await providers()).lenses(document) : undefined,
    ),
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
    {
      dispose: () => {
        void making?.then((made) => made.dispose());
        void problems?.then((started) => started.dispose());
      },
    },
  );
}
