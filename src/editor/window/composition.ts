import * as vscode from "vscode";
import { useKnowledgeOf } from "../../certificates/knowledge/in-use";
import type { Account, OrderId } from "../../orders/model/order";
import { OrderStatusStore } from "../../orders/presentation/order-status-store";
import { KeptKnowledge } from "../../storage/kept-knowledge";
import { openStorage } from "../../storage/storage";
import { saveArrangement, savedArrangement } from "../view/arrangement";
import { answerReader, serviceAnswerReader } from "./answers";
import { Attention } from "../notices/attention";
import { Calls } from "./calls";
import type { CheckReports } from "../pages/check-reports";
import { systemClock } from "../base/clock";
import { Collector } from "./collector";
import { askingMachine } from "../base/asking-machine";
import { commandId } from "../base/contributions";
import { DetailsPanels } from "../pages/details-panels";
import { DisposableStore } from "../base/disposable-store";
import { documentPath } from "../documents/document-uri";
import { tellInPlace, tellNotAgreed } from "../notices/ended-watch";
import { RecordLooks } from "./record-looks";
import { RecordMemory } from "./record-memory";
import { subjectNamed } from "./subject-name";
import type { SeenByOrder } from "../view/tree-elements";
import { servedRequests } from "./served-requests";
import { WorkspaceRequests } from "./workspace-requests";
import { ReportDocuments } from "../documents/report-documents";
import { ExpiryWarnings } from "../notices/expiry-warnings";
import { tellHostWatchEnded } from "../serving/ended-host-watch";
import { HostWatches } from "../serving/host-watches";
import { ForgottenCodes } from "./forgotten-codes";
import { inFront } from "../pages/in-front";
import { IntervalTimer } from "../base/interval-timer";
import type { Log } from "../base/log";
import type { LookedAt } from "./looking";
import { ViewStatus } from "../view/view-status";
import { OrdersTree } from "../view/orders-tree";
import { drawnSelection } from "../view/drawn-selection";
import { RowClicks } from "../view/row-clicks";
import { ROW_MARK_DECORATIONS } from "../view/row-marks";
import type { InventoryView } from "../view/inventory-view";
import type { OrdersView } from "../view/orders-view";
import type { Program } from "./program";
import type { ReadingService } from "./reading-service";
import { SandboxControl, type LoadSandbox } from "./sandbox-control";
import { SecretStore } from "./secret-store";
import type { EditorSettings } from "../base/settings";
import { SharedOrders } from "./shared-orders";
import { locale, localize } from "../base/localize";
import { TaskMemory } from "../serving/task-memory";
import { TaskRuns } from "../serving/task-runs";
import type { Telemetry } from "../base/telemetry";
import { TrackMemory } from "./track-memory";
import { WindowPasswords } from "./window-passwords";
import { HOUR } from "../../orders/model/policy";

/** What exists before the program is needed. */
export interface Foundation {
  readonly context: vscode.ExtensionContext;
  readonly settings: EditorSettings;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly view: OrdersView;
  readonly inventory: InventoryView;
  readonly reports: CheckReports;
  readonly reading: ReadingService;
  readonly loadSandbox: LoadSandbox;
}

/**
 * Creates and starts the program of this window; it ends with the extension. If it cannot start, nothing is left
 * behind, so that it can be tried again.
 * @throws StorageError when the journal cannot be read
 */
export async function startProgram(foundation: Foundation): Promise<Program> {
  const { subscriptions } = foundation.context;
  const disposables = new DisposableStore();
  subscriptions.push(disposables);
  try {
    return await assemble(foundation, disposables);
  } catch (error) {
    subscriptions.splice(subscriptions.indexOf(disposables), 1);
    disposables.dispose();
    throw error;
  }
}

async function assemble(foundation: Foundation, disposables: DisposableStore): Promise<Program> {
  const { context, settings, telemetry, log, reports, reading, loadSandbox } = foundation;
  const storage = openStorage(context.globalStorageUri.fsPath);
  disposables.add({ dispose: () => void storage.close() });
  const knowledge = new KeptKnowledge(context.globalStorageUri.fsPath);
  useKnowledgeOf(knowledge);
  const sandbox = disposables.add(new SandboxControl(context.globalStorageUri, loadSandbox));
  const demoPassword = async ({ ca, loginName }: Account): Promise<string | undefined> => {
    return ca === "sandbox" ? sandbox.password(loginName) : undefined;
  };
  const secrets = new SecretStore(context.secrets, log.mask, demoPassword, systemClock);
  const calls = new Calls(
    settings,
    sandbox,
    log.secrets,
    answerReader(reading, log.secrets),
    serviceAnswerReader(reading, log.secrets),
  );
  const collector = disposables.add(
    new Collector({
      storage,
      secrets,
      sandbox,
      calls,
      settings,
      telemetry,
      log,
      reading,
      texts: disposables.add(new ReportDocuments()),
      windowPasswords: new WindowPasswords(context.globalState),
      clock: systemClock,
      locale,
    }),
  );
  const records = recordLooks(collector, foundation, disposables);
  const hosts = disposables.add(
    new HostWatches({
      ...{ book: collector.book, clock: systemClock, claim: (name) => storage.claim(name) },
      ask: async (order, signal) => (await import("../serving/prove-served")).proveForWatch(program, order, signal),
      ended: (order, why) => void tellHostWatchEnded(collector, order, why),
    }),
  );
  const panels = disposables.add(
    new DetailsPanels({
      ...{ collector, extensionUri: context.extensionUri, reports, memory: context.workspaceState, records, hosts },
    }),
  );
  await collector.start();
  collector.poller.attended = vscode.window.state.focused;
  disposables.add(vscode.window.onDidChangeWindowState(({ focused }) => (collector.poller.attended = focused)));
  disposables.add(new ForgottenCodes(collector.book, secrets, systemClock)).start();
  const statuses = await followStatuses(collector, settings, disposables);
  shareOrders(statuses, foundation, disposables);
  const tree = showOrders(collector, records, statuses, foundation, disposables);
  foundation.inventory.follow({
    all: () => [...collector.orderIds()].flatMap((id) => collector.book.get(id) ?? []),
    onDidChange: (listener) => collector.book.onDidChange(listener),
  });
  const attention = disposables.add(new Attention(collector, settings, statuses));
  const memory = new TrackMemory(context.workspaceState, context.globalState);
  const reveal = (order: OrderId, focuses: boolean): Promise<boolean> => foundation.view.reveal(order, focuses);
  collector.looking.at = () => lookedAt(foundation.view, panels);
  collector.looking.drawn = () => drawnSelection(() => foundation.view.view.selection, systemClock);
  const program: Program = {
    collector,
    attention,
    panels,
    reports,
    tree,
    inventory: foundation.inventory,
    clicks: new RowClicks(systemClock),
    memory,
    reveal,
    records,
    hosts,
    proveServed: async (order) => (await import("../serving/tell-served")).proveAndTell(program, order),
    knowledge,
    settings,
    everywhere: context.globalState,
    here: new TaskMemory(context.workspaceState),
    runs: disposables.add(new TaskRuns(collector.book, systemClock)),
  };
  return program;
}

/** What is to be published for orders, and what was seen of it; once a watch saw all of it, a notification says so. */
function recordLooks(
  collector: Collector,
  { context, settings, reading }: Foundation,
  disposables: DisposableStore,
): RecordLooks {
  const memory = new RecordMemory(context.workspaceState);
  const records = disposables.add(
    new RecordLooks({
      ...{ book: collector.book, memory, clock: systemClock },
      requests: disposables.add(new WorkspaceRequests(reading)),
      fitting: async (requests, domains) =>
        (await import("../../validation/request-names")).fittingRequests(requests, domains),
      servedBy: servedRequests(collector, memory, locale),
      network: async (ca) => {
        const { lookNetwork } = await import("./look-network");
        const { sandbox } = collector;
        const machine = askingMachine();
        return lookNetwork(ca, { sandbox, settings, everywhere: context.globalState, machine, localize });
      },
      look: async (plans, ports, signal, done) => {
        const { createLooker } = await import("../../validation/look-domain");
        await createLooker(ports).lookAll(plans, signal, done);
      },
    }),
  );
  disposables.add(
    records.onDidEndWatch(({ name, why }) => {
      void (why === "in-place" ? tellInPlace(collector, name) : tellNotAgreed(collector, name));
    }),
  );
  return records;
}

/** Keeps the status of orders up to date: by the journal, by what this window learns, and as time passes. */
async function followStatuses(
  collector: Collector,
  settings: EditorSettings,
  disposables: DisposableStore,
): Promise<OrderStatusStore> {
  const look = (id: OrderId) => collector.facts(id);
  const statuses = disposables.add(new OrderStatusStore(collector.book, look, systemClock));
  await statuses.whole();
  const warnings = disposables.add(new ExpiryWarnings(collector, statuses, settings));
  const timer = disposables.add(
    new IntervalTimer(systemClock, HOUR, () => {
      statuses.refresh();
      warnings.look();
    }),
  );
  const turn = (): void => {
    timer.enabled = statuses.rows.size > 0;
  };
  turn();
  disposables.add(statuses.onDidChange(turn));
  disposables.add(settings.onDidChange(() => statuses.refresh()));
  disposables.add(
    collector.onDidLearn((concerned) =>
      statuses.refresh((order) => order.id === concerned || collector.book.loginOf(order)?.key === concerned),
    ),
  );
  return statuses;
}

/** Shares the list of orders through Settings Sync, if the person wants it. */
function shareOrders(
  statuses: OrderStatusStore,
  { context, settings, log }: Foundation,
  disposables: DisposableStore,
): void {
  const shared = disposables.add(
    new SharedOrders({
      state: context.globalState,
      clock: systemClock,
      log,
      isOn: () => settings.get("syncOrders"),
      rows: () => statuses.rows.values(),
      trackFromText: (text) => vscode.commands.executeCommand(commandId("trackOrder"), { text }),
    }),
  );
  const look = (): void => shared.lookSoon();
  look();
  disposables.add(statuses.onDidChange(look));
  disposables.add(settings.onDidChange(look));
  // Changes from another computer arrive without an event.
  disposables.add(vscode.window.onDidChangeWindowState(({ focused }) => focused && look()));
}

/** Shows the orders in the view. */
function showOrders(
  collector: Collector,
  records: RecordLooks,
  statuses: OrderStatusStore,
  { context, view }: Foundation,
  disposables: DisposableStore,
): OrdersTree {
  const { book } = collector;
  const seen: SeenByOrder = {
    seen: (order) => records.seen(order),
    onDidChange: (listener) =>
      records.onDidChange((key) => {
        const name = subjectNamed(key);
        if ("order" in name) listener(name.order);
      }),
  };
  const parts = { book, statuses, records: seen, clock: systemClock };
  const tree = disposables.add(new OrdersTree(parts, savedArrangement(context.workspaceState)));
  disposables.add(new ViewStatus(view.view, tree, statuses, collector));
  disposables.add(tree.onDidArrange(() => saveArrangement(context.workspaceState, tree.arrangement)));
  disposables.add(vscode.window.registerFileDecorationProvider(ROW_MARK_DECORATIONS));
  view.show(tree);
  return tree;
}

/** The orders that the person has before them: those of the active page or document, and of the selected rows. */
function lookedAt({ view }: OrdersView, panels: DetailsPanels): LookedAt {
  const front = inFront(panels);
  const page = front === undefined || front.order !== undefined ? front : documentPath(front.uri);
  const selected = view.visible ? view.selection.flatMap((row) => ("order" in row ? row : [])) : [];
  return { selected, ...(page !== undefined && { page }) };
}
