import type * as vscode from "vscode";
import type { Account } from "../orders/order";
import { openStorage } from "../storage/storage";
import { Attention } from "./attention";
import { Calls } from "./calls";
import { systemClock } from "./clock";
import { Collector } from "./collector";
import { DetailsPanels } from "./details-panels";
import type { Log } from "./log";
import type { Program } from "./program";
import { SandboxControl, type LoadSandbox } from "./sandbox-control";
import { SecretStore } from "./secret-store";
import { saveArrangement, savedArrangement } from "./arrangement";
import { OrdersFrame } from "./orders-frame";
import { OrdersTree } from "./orders-tree";
import type { OrdersView } from "./orders-view";
import { Standings } from "../orders/standings";
import type { EditorSettings } from "./settings";
import type { Telemetry } from "./telemetry";

/** What exists before the program is needed. */
export interface Foundation {
  readonly context: vscode.ExtensionContext;
  readonly settings: EditorSettings;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly view: OrdersView;
  readonly loadSandbox: LoadSandbox;
}

/** Makes and starts the program of this window. @throws StorageError when the journal cannot be read */
export async function startProgram(foundation: Foundation): Promise<Program> {
  const { context, settings, telemetry, log, loadSandbox } = foundation;
  const storage = openStorage(context.globalStorageUri.fsPath);
  const sandbox = new SandboxControl(context.globalStorageUri, loadSandbox);
  const demoPassword = async (account: Account): Promise<string | undefined> => {
    if (account.ca !== "sandbox") return undefined;
    const demo = await sandbox.demoAccount();
    return account.loginName === demo.loginName ? demo.loginPassword : undefined;
  };
  const secrets = new SecretStore(context.secrets, log.mask, demoPassword, systemClock);
  const calls = new Calls(settings, sandbox);
  const collector = new Collector({ storage, secrets, sandbox, calls, settings, telemetry, log });
  const attention = new Attention(collector, settings);
  const panels = new DetailsPanels(collector, context.extensionUri);
  const closing = { dispose: () => void storage.close() };
  context.subscriptions.push(closing, sandbox, calls, collector, attention, panels);
  await collector.start();
  const tree = showOrders(collector, foundation);
  return { collector, attention, panels, tree };
}

/** Puts the orders into the view. */
function showOrders(collector: Collector, { context, settings, view }: Foundation): OrdersTree {
  const { book } = collector;
  const standings = new Standings(book, (id) => collector.facts(id));
  const tree = new OrdersTree({ book, standings, clock: systemClock }, savedArrangement(context.workspaceState));
  const frame = new OrdersFrame(view.view, tree, standings, collector);
  context.subscriptions.push(
    standings,
    tree,
    frame,
    tree.onDidArrange(() => saveArrangement(context.workspaceState, tree.arrangement)),
    settings.onDidChange(() => standings.lookAgain()),
    collector.onDidLearn((concerned) =>
      standings.lookAgain(({ id, account }) => id === concerned || account === concerned),
    ),
  );
  view.show(tree);
  return tree;
}
