import type * as vscode from "vscode";
import type { Account } from "../orders/order";
import { Standings } from "../orders/standings";
import { openStorage } from "../storage/storage";
import { saveArrangement, savedArrangement } from "./arrangement";
import { Attention } from "./attention";
import { Calls } from "./calls";
import type { CheckReports } from "./check-reports";
import { systemClock } from "./clock";
import { Collector } from "./collector";
import { DetailsPanels } from "./details-panels";
import { ExpiryWarnings } from "./expiry-warnings";
import { Hourly } from "./hourly";
import type { Log } from "./log";
import { OrdersFrame } from "./orders-frame";
import { OrdersTree } from "./orders-tree";
import type { OrdersView } from "./orders-view";
import type { Program } from "./program";
import { SandboxControl, type LoadSandbox } from "./sandbox-control";
import { SecretStore } from "./secret-store";
import type { EditorSettings } from "./settings";
import type { Telemetry } from "./telemetry";

/** What exists before the program is needed. */
export interface Foundation {
  readonly context: vscode.ExtensionContext;
  readonly settings: EditorSettings;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly view: OrdersView;
  readonly reports: CheckReports;
  readonly loadSandbox: LoadSandbox;
}

/** Makes and starts the program of this window. @throws StorageError when the journal cannot be read */
export async function startProgram(foundation: Foundation): Promise<Program> {
  const { context, settings, telemetry, log, reports, loadSandbox } = foundation;
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
  const panels = new DetailsPanels(collector, context.extensionUri, reports);
  const closing = { dispose: () => void storage.close() };
  context.subscriptions.push(closing, sandbox, calls, collector, panels);
  await collector.start();
  const standings = followStandings(collector, foundation);
  const tree = showOrders(collector, standings, foundation);
  const attention = new Attention(collector, settings, standings);
  context.subscriptions.push(attention);
  return { collector, attention, panels, reports, tree };
}

/** Keeps up where orders stand: by the journal, by what this window learns, and as time passes. */
function followStandings(collector: Collector, { context, settings }: Foundation): Standings {
  const standings = new Standings(collector.book, (id) => collector.facts(id));
  const warnings = new ExpiryWarnings(collector, standings, settings);
  const hourly = new Hourly(systemClock, () => {
    standings.lookAgain();
    warnings.look();
  });
  const turn = (): void => {
    hourly.isWanted = standings.rows.size > 0;
  };
  turn();
  context.subscriptions.push(
    standings,
    warnings,
    hourly,
    standings.onDidChange(turn),
    settings.onDidChange(() => standings.lookAgain()),
    collector.onDidLearn((concerned) =>
      standings.lookAgain(({ id, account }) => id === concerned || account === concerned),
    ),
  );
  return standings;
}

/** Puts the orders into the view. */
function showOrders(collector: Collector, standings: Standings, { context, view }: Foundation): OrdersTree {
  const { book } = collector;
  const tree = new OrdersTree({ book, standings, clock: systemClock }, savedArrangement(context.workspaceState));
  const frame = new OrdersFrame(view.view, tree, standings, collector);
  context.subscriptions.push(
    tree,
    frame,
    tree.onDidArrange(() => saveArrangement(context.workspaceState, tree.arrangement)),
  );
  view.show(tree);
  return tree;
}
