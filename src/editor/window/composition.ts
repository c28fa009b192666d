import * as vscode from "vscode";
import type { Account } from "../../orders/model/order";
import { Standings } from "../../orders/presentation/standings";
import { openStorage } from "../../storage/storage";
import { saveArrangement, savedArrangement } from "../view/arrangement";
import { answerReader } from "./answers";
import { Attention } from "../notices/attention";
import { Calls } from "./calls";
import type { CheckReports } from "../pages/check-reports";
import { systemClock } from "../base/clock";
import { Collector } from "./collector";
import { commandId } from "../base/contributions";
import { DetailsPanels } from "../pages/details-panels";
import { Owner } from "../base/disposal";
import { ExpiryWarnings } from "../notices/expiry-warnings";
import { Hourly } from "../base/hourly";
import type { Log } from "../base/log";
import { OrdersFrame } from "../view/orders-frame";
import { OrdersTree } from "../view/orders-tree";
import type { OrdersView } from "../view/orders-view";
import type { Program } from "./program";
import type { Reading } from "./reading";
import { SandboxControl, type LoadSandbox } from "./sandbox-control";
import { SecretStore } from "./secret-store";
import type { EditorSettings } from "../base/settings";
import { SharedOrders } from "./shared-orders";
import type { Telemetry } from "../base/telemetry";

/** What exists before the program is needed. */
export interface Foundation {
  readonly context: vscode.ExtensionContext;
  readonly settings: EditorSettings;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly view: OrdersView;
  readonly reports: CheckReports;
  readonly reading: Reading;
  readonly loadSandbox: LoadSandbox;
}

/**
 * Makes and starts the program of this window; it ends with the extension. When it cannot start, nothing of it is left,
 * so that it can be tried again.
 * @throws StorageError when the journal cannot be read
 */
export async function startProgram(foundation: Foundation): Promise<Program> {
  const { subscriptions } = foundation.context;
  const owner = new Owner();
  subscriptions.push(owner);
  try {
    return await assemble(foundation, owner);
  } catch (error) {
    subscriptions.splice(subscriptions.indexOf(owner), 1);
    owner.dispose();
    throw error;
  }
}

async function assemble(foundation: Foundation, owner: Owner): Promise<Program> {
  const { context, settings, telemetry, log, reports, reading, loadSandbox } = foundation;
  const storage = openStorage(context.globalStorageUri.fsPath);
  owner.own({ dispose: () => void storage.close() });
  const sandbox = owner.own(new SandboxControl(context.globalStorageUri, loadSandbox));
  const demoPassword = async (account: Account): Promise<string | undefined> => {
    if (account.ca !== "sandbox") return undefined;
    const demo = await sandbox.demoAccount();
    return account.loginName === demo.loginName ? demo.loginPassword : undefined;
  };
  const secrets = new SecretStore(context.secrets, log.mask, demoPassword, systemClock);
  const calls = new Calls(settings, sandbox, log.secrets, answerReader(reading, log.secrets));
  const collector = owner.own(new Collector({ storage, secrets, sandbox, calls, settings, telemetry, log, reading }));
  const panels = owner.own(new DetailsPanels(collector, context.extensionUri, reports));
  await collector.start();
  const standings = followStandings(collector, settings, owner);
  shareOrders(standings, foundation, owner);
  const tree = showOrders(collector, standings, foundation, owner);
  const attention = owner.own(new Attention(collector, settings, standings));
  return { collector, attention, panels, reports, tree };
}

/** Keeps up where orders stand: by the journal, by what this window learns, and as time passes. */
function followStandings(collector: Collector, settings: EditorSettings, owner: Owner): Standings {
  const standings = owner.own(new Standings(collector.book, (id) => collector.facts(id)));
  const warnings = owner.own(new ExpiryWarnings(collector, standings, settings));
  const hourly = owner.own(
    new Hourly(systemClock, () => {
      standings.lookAgain();
      warnings.look();
    }),
  );
  const turn = (): void => {
    hourly.isWanted = standings.rows.size > 0;
  };
  turn();
  owner.own(standings.onDidChange(turn));
  owner.own(settings.onDidChange(() => standings.lookAgain()));
  owner.own(
    collector.onDidLearn((concerned) =>
      standings.lookAgain((order) => order.id === concerned || collector.book.loginOf(order)?.key === concerned),
    ),
  );
  return standings;
}

/** Lets the list of orders travel with the person's settings, if they wish it. */
function shareOrders(standings: Standings, { context, settings, log }: Foundation, owner: Owner): void {
  const shared = owner.own(
    new SharedOrders({
      state: context.globalState,
      clock: systemClock,
      log,
      isOn: () => settings.get("syncOrders"),
      rows: () => standings.rows.values(),
      takeIn: (text) => vscode.commands.executeCommand(commandId("trackOrder"), { text }),
    }),
  );
  const look = (): void => shared.lookSoon();
  look();
  owner.own(standings.onDidChange(look));
  owner.own(settings.onDidChange(look));
  // What another computer wrote arrives without an event.
  owner.own(vscode.window.onDidChangeWindowState(({ focused }) => focused && look()));
}

/** Puts the orders into the view. */
function showOrders(
  collector: Collector,
  standings: Standings,
  { context, view }: Foundation,
  owner: Owner,
): OrdersTree {
  const { book } = collector;
  const parts = { book, standings, clock: systemClock };
  const tree = owner.own(new OrdersTree(parts, savedArrangement(context.workspaceState)));
  owner.own(new OrdersFrame(view.view, tree, standings, collector));
  owner.own(tree.onDidArrange(() => saveArrangement(context.workspaceState, tree.arrangement)));
  view.show(tree);
  return tree;
}
