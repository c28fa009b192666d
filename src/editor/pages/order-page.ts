import * as vscode from "vscode";
import type { CollectedCertificate, Order, OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";
import { titleOf } from "../../orders/presentation/state";
import type { ActionId, Content } from "../../webview/protocol";
import { arrangedActions } from "./arranged-actions";
import { executeAction } from "./execute-action";
import type { CheckReports, PageReports } from "./check-reports";
import type { Collector } from "../window/collector";
import { pageStrings } from "./details-view";
import { DisposableStore } from "../base/disposable-store";
import { askedFrom } from "../base/asking-machine";
import { errorWords, locale, localize } from "../base/localize";
import type { PageAnalysis } from "./page-analysis";
import { codeOf } from "../base/log-text";
import type { PanelPage } from "./panel-page";
import { orderActions, orderCard } from "./order-card";
import { toldByOrder } from "./order-standing";
import type { RecordSubjects } from "./record-subjects";
import { hostActions, servedReports } from "./served-reports";
import type { WatchedHosts } from "../serving/host-watches";
import type { WorkspaceLook } from "./workspace-look";

const KEY = "order:";

/** What this window saw beside what the CA says. */
interface SeenHere {
  readonly records: RecordSubjects;
  readonly hosts: WatchedHosts;
}

/** The details page of an order: its status and its collected certificates. */
export class OrderPage implements PanelPage {
  readonly key: string;
  private readonly disposables = new DisposableStore();
  private readonly asked: PageReports;
  /** Of the chain that “Save Chain” saves. */
  private betterRoot: string | undefined;

  constructor(
    private readonly collector: Collector,
    private readonly id: OrderId,
    reports: CheckReports,
    private readonly workspace: WorkspaceLook,
    private readonly seen: SeenHere,
  ) {
    this.key = OrderPage.keyOf(id);
    this.asked = this.disposables.add(reports.open(this.key)).reports;
  }

  static keyOf(id: OrderId): string {
    return KEY + id;
  }

  /** The page with that {@link key}, if it is one of an order. */
  static fromKey(
    collector: Collector,
    key: string,
    reports: CheckReports,
    workspace: WorkspaceLook,
    seen: SeenHere,
  ): OrderPage | undefined {
    return key.startsWith(KEY) ? new OrderPage(collector, key.slice(KEY.length), reports, workspace, seen) : undefined;
  }

  get order(): OrderId {
    return this.id;
  }

  get title(): string {
    const order = this.collector.book.get(this.id);
    return order === undefined ? this.id : titleOf(order, localize);
  }

  exists(): boolean {
    return this.collector.book.get(this.id) !== undefined;
  }

  onDidChange(listener: () => void): Disposable {
    const disposables = new DisposableStore();
    disposables.add(
      this.collector.onDidChange(({ orders, structure }) => {
        if (structure || orders.has(this.id)) listener();
      }),
    );
    disposables.add(this.workspace.onDidChange(listener));
    disposables.add(this.asked.onDidChange(listener));
    disposables.add(this.seen.records.onDidChange((changed) => changed === `order:${this.id}` && listener()));
    disposables.add(this.seen.hosts.onDidChange((changed) => changed === this.id && listener()));
    return disposables;
  }

  act(action: ActionId): unknown {
    return executeAction(action, { order: this.id }, this.betterRoot);
  }

  async content(): Promise<Content> {
    const facts = this.collector.facts(this.id);
    const collected = this.collector.collected(this.id);
    const analysis = (facts && collected && (await this.analysis(facts.order, collected).catch(lost))) ?? {};
    const { details, checks = [], actions = [], hasKey = false, betterRoot } = analysis;
    this.betterRoot = betterRoot;
    const { records: subjects, hosts } = this.seen;
    const subject = subjects.subject(this.id);
    const records = subject && (await import("./records-card")).recordsCard(subject, "order", locale, Date.now());
    return {
      source: this.key,
      ...(facts !== undefined && { order: orderCard(facts, await this.collector.history(this.id)) }),
      ...(records !== undefined && { records }),
      ...(details !== undefined && { details }),
      checks: [
        ...(facts === undefined ? [] : servedReports(facts.order, hosts, askedFrom(), Date.now(), locale)),
        ...checks,
      ],
      actions: arrangedActions(
        facts === undefined
          ? actions
          : [...orderActions(facts), ...hostActions(facts.order, hosts, locale), ...actions],
        this.id,
        hasKey,
      ),
      strings: pageStrings(),
      locale: vscode.env.language,
    };
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** The collected certificate, checked and compared with the order. */
  private async analysis(order: Order, collected: CollectedCertificate): Promise<PageAnalysis> {
    const [{ analyzeForPage }, { orderedFacts }] = await Promise.all([
      import("./page-analysis"),
      import("./order-comparison"),
    ]);
    const chain = await this.collector.chain(collected);
    const before = this.collector.before(order.id, collected);
    // The previous certificate may be gone from disk: then there is nothing to compare with.
    const [previous] = before === undefined ? [] : await this.collector.chain(before).catch(() => []);
    const { productTermStart: start, productTermEnd: end } = order.detail?.detail ?? {};
    return analyzeForPage(this.collector.reading, chain, {
      productTerm: { ...(start !== undefined && { start }), ...(end !== undefined && { end }) },
      ordered: orderedFacts(order, previous, this.workspace.latest()),
      asked: this.asked,
      told: [toldByOrder(order, collected)],
    });
  }
}

/** The order is shown even if its certificates are gone from disk, damaged, or cannot be read in time. */
function lost(error: unknown): Partial<PageAnalysis> {
  const code = codeOf(error) ?? "";
  if (!(error instanceof Error) || !(code.startsWith("blob-") || code.startsWith("too-"))) throw error;
  const results = [{ tone: "bad" as const, words: errorWords(error) }];
  return { checks: [{ title: localize("Collected Certificates"), results }] };
}
