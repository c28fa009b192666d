import * as vscode from "vscode";
import { CheckReports } from "./editor/pages/check-reports";
import { registerCommands } from "./editor/window/command-runner";
import { registerAgentTools } from "./editor/public/agent-tools";
import { BINARY_EDITOR, DETAILS_PANEL, FILE_EDITOR, SCHEME } from "./editor/base/contributions";
import { CertificateDocuments } from "./editor/documents/documents";
import { Log } from "./editor/base/log";
import { registerMcpServer } from "./editor/public/mcp-definition";
import { registerOrderFiles } from "./editor/languages/order-file-language";
import { registerPem } from "./editor/languages/pem-language";
import { InventoryView } from "./editor/view/inventory-view";
import { OrdersView } from "./editor/view/orders-view";
import { EditorSettings } from "./editor/base/settings";
import type { Program } from "./editor/window/program";
import { createPublicApi } from "./editor/public/public-api";
import { ReadingService } from "./editor/window/reading-service";
import { Telemetry } from "./editor/base/telemetry";
import type { PublicApi } from "./editor/public/public-types";
import { storageExists } from "./storage/storage-exists";

/** Replaced by esbuild.js; empty in builds that send nothing. */
declare const TELEMETRY_CONNECTION: string;

/**
 * Registers everything and loads nothing: the program (book, poller, commands) is loaded with the first order, command
 * or document. If nothing was ever tracked, starting costs one look at a folder.
 */
export function activate(context: vscode.ExtensionContext): PublicApi {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const log = own(new Log("Certificate Collector"));
  const settings = own(new EditorSettings());
  const telemetry = own(new Telemetry(TELEMETRY_CONNECTION, () => settings.get("telemetry.enabled")));
  const reports = new CheckReports();
  const reading = own(new ReadingService(context.extensionUri, context.globalStorageUri));

  let starting: Promise<Program> | undefined;
  const program = (): Promise<Program> =>
    (starting ??= start().catch((error: unknown) => {
      // The next command tries again, since a full or unmounted disk may be temporary.
      starting = undefined;
      throw error;
    }));
  const start = async (): Promise<Program> => {
    const { startProgram } = await import("./editor/window/composition");
    const loadSandbox = () => import("./sandbox/server");
    return startProgram({ context, settings, telemetry, log, view, inventory, reports, reading, loadSandbox });
  };

  // If the user turned it on, a list may have come from another computer although nothing was tracked here.
  const isUsed = async (): Promise<boolean> =>
    starting !== undefined || settings.get("syncOrders") || storageExists(context.globalStorageUri.fsPath);
  const programIfUsed = async (): Promise<Program | undefined> => ((await isUsed()) ? program() : undefined);

  const view = own(new OrdersView(async () => (await programIfUsed())?.tree));
  const inventory = own(
    new InventoryView(async (files) => {
      const { openInventory } = await import("./editor/inventory/inventory-tree");
      return openInventory(files, reading, context.storageUri, () => settings.get("inventory.files"));
    }),
  );
  own(
    registerCommands(
      async (name, argument) => {
        const [{ HANDLERS }, started] = await Promise.all([import("./editor/commands/commands"), program()]);
        return HANDLERS[name](started, argument);
      },
      log,
      telemetry,
    ),
  );
  own(registerPem(reading));
  own(registerOrderFiles(program, reading));
  const agents = { program: programIfUsed, reading, log };
  own(registerAgentTools(agents));
  own(registerMcpServer(context.extension, settings, agents));
  const documents = new CertificateDocuments({
    read: async (path) => (await program()).collector.document(path),
    report: async (uri) => {
      const { isReport } = await import("./editor/documents/report-documents");
      return isReport(uri) ? (await program()).collector.texts.bytes(uri) : undefined;
    },
    collected: async ({ order, serialNumber }) => (await program()).collector.collected(order, serialNumber),
  });
  own(vscode.workspace.registerFileSystemProvider(SCHEME, documents, { isReadonly: true, isCaseSensitive: true }));
  own(
    vscode.window.registerWebviewPanelSerializer(DETAILS_PANEL, {
      deserializeWebviewPanel: async (panel, state) => (await program()).panels.restore(panel, state),
    }),
  );
  // A file is shown even where the orders cannot be loaded, which is said elsewhere.
  const collectorIfAny = () =>
    programIfUsed().then(
      (used) => used?.collector,
      () => undefined,
    );
  const files: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: async ({ uri }, panel) => {
      const { openFilePage } = await import("./editor/pages/file-page");
      const records = async () => (await program()).records;
      openFilePage(uri, panel, context.extensionUri, reports, reading, collectorIfAny, records);
    },
  };
  own(vscode.window.registerCustomEditorProvider(FILE_EDITOR, files));
  own(vscode.window.registerCustomEditorProvider(BINARY_EDITOR, files));
  own(
    vscode.window.registerUriHandler({
      handleUri: async (uri) => {
        const { openTrackLink } = await import("./editor/public/track-link");
        await openTrackLink(uri);
      },
    }),
  );
  const look = (): void => {
    programIfUsed().catch((error: unknown) => log.error("The orders could not be loaded.", error));
  };
  look();
  // Another window may track the very first order: this one finds out when it gets the focus.
  own(vscode.window.onDidChangeWindowState(({ focused }) => focused && look()));
  own(view.view.onDidChangeVisibility(({ visible }) => visible && look()));
  own(settings.onDidChange(look));
  return createPublicApi(async () => (await program()).collector, reading);
}
