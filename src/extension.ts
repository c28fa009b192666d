import * as vscode from "vscode";
import type { Collector } from "./editor/collector";
import { registerCommands } from "./editor/command-runner";
import { DETAILS_PANEL, ORDERS_VIEW, SCHEME } from "./editor/contributions";
import { CertificateDocuments } from "./editor/documents";
import { Log } from "./editor/log";
import { OrdersTree } from "./editor/orders-tree";
import { OrdersView } from "./editor/orders-view";
import { EditorSettings } from "./editor/settings";
import { createPublicApi } from "./editor/public-api";
import { Telemetry } from "./editor/telemetry";
import type { PublicApi } from "./editor/public-types";
import { openStorage } from "./storage/storage";

/** Replaced by esbuild.js; empty in a build that sends nothing. */
declare const TELEMETRY_CONNECTION: string;

/**
 * Registers everything and loads nothing: the collector (book, poller, commands) comes with the first order, command or
 * document. Where nothing was ever tracked, starting costs one look at a folder.
 */
export async function activate(context: vscode.ExtensionContext): Promise<PublicApi> {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const log = own(new Log("Certificate Collector"));
  const settings = own(new EditorSettings());
  const telemetry = own(new Telemetry(TELEMETRY_CONNECTION, () => settings.get("telemetry.enabled")));
  const storage = await openStorage(context.globalStorageUri.fsPath);
  own({ dispose: () => void storage.close() });

  let loading: Promise<Collector> | undefined;
  const collector = (): Promise<Collector> => (loading ??= load());
  const load = async (): Promise<Collector> => {
    const { createCollector } = await import("./editor/composition");
    const made = await createCollector({
      context,
      storage,
      settings,
      telemetry,
      log,
      loadSandbox: () => import("./sandbox/server"),
    });
    own(made);
    own(view.connect(made));
    return made;
  };

  const tree = new OrdersTree(async () => (storage.isUsed ? collector() : undefined));
  const view = own(new OrdersView(vscode.window.createTreeView(ORDERS_VIEW, { treeDataProvider: tree }), tree));
  own(
    registerCommands(
      async (name, argument) => {
        const [{ HANDLERS }, made] = await Promise.all([import("./editor/commands"), collector()]);
        return HANDLERS[name](made, argument);
      },
      log,
      telemetry,
    ),
  );
  const documents = new CertificateDocuments(async (path) => (await collector()).document(path));
  own(vscode.workspace.registerFileSystemProvider(SCHEME, documents, { isReadonly: true, isCaseSensitive: true }));
  own(
    vscode.window.registerWebviewPanelSerializer(DETAILS_PANEL, {
      deserializeWebviewPanel: async (panel, state) => (await collector()).details.restore(panel, state),
    }),
  );
  if (storage.isUsed) void collector().catch((error: unknown) => log.error("The orders could not be loaded.", error));
  return createPublicApi(collector);
}
