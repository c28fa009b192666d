import * as vscode from "vscode";
import type { Held, Order, OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";
import { titleOf } from "../../orders/presentation/state";
import type { ActionId, Content } from "../../webview/protocol";
import type { CheckReports, PageReports } from "./check-reports";
import type { Collector } from "../window/collector";
import { PREFIX } from "../base/contributions";
import { pageStrings } from "./details-view";
import { Owner } from "../base/disposal";
import type { Examination } from "./examination";
import { codeOf } from "../base/log-text";
import type { PanelPage } from "./panel-page";
import { orderActions, orderCard } from "./order-card";
import { WorkspaceLook } from "./workspace-look";

const KEY = "order:";

/** The details page of an order: where it stands, and the certificates that are held. */
export class OrderPage implements PanelPage {
  readonly key: string;
  private readonly owner = new Owner();
  private readonly workspace: WorkspaceLook;
  private readonly asked: PageReports;

  constructor(
    private readonly collector: Collector,
    private readonly id: OrderId,
    reports: CheckReports,
  ) {
    this.key = OrderPage.keyOf(id);
    this.workspace = this.owner.own(new WorkspaceLook(collector.reading));
    this.asked = this.owner.own(reports.open(this.key));
  }

  static keyOf(id: OrderId): string {
    return KEY + id;
  }

  /** The page with that {@link key}, if it is one of an order. */
  static fromKey(collector: Collector, key: string, reports: CheckReports): OrderPage | undefined {
    return key.startsWith(KEY) ? new OrderPage(collector, key.slice(KEY.length), reports) : undefined;
  }

  get title(): string {
    const order = this.collector.book.get(this.id);
    return order === undefined ? this.id : titleOf(order);
  }

  exists(): boolean {
    return this.collector.book.get(this.id) !== undefined;
  }

  onDidChange(listener: () => void): Disposable {
    const owner = new Owner();
    owner.own(
      this.collector.onDidChange(({ orders, structure }) => {
        if (structure || orders.has(this.id)) listener();
      }),
    );
    owner.own(this.workspace.onDidChange(listener));
    owner.own(this.asked.onDidChange(listener));
    return owner;
  }

  act(action: ActionId): unknown {
    return vscode.commands.executeCommand(`${PREFIX}.${action}`, { order: this.id });
  }

  async content(): Promise<Content> {
    const facts = this.collector.facts(this.id);
    const held = this.collector.held(this.id);
    const examined = (facts && held && (await this.examined(facts.order, held).catch(lost))) ?? {};
    const { details, checks, actions = [] } = examined;
    return {
      source: this.key,
      ...(facts !== undefined && { order: orderCard(facts, await this.collector.history(this.id)) }),
      ...(details !== undefined && { details }),
      ...(checks !== undefined && { checks }),
      actions: [...(facts === undefined ? [] : orderActions(facts)), ...actions],
      strings: pageStrings(),
      locale: vscode.env.language,
    };
  }

  dispose(): void {
    this.owner.dispose();
  }

  /** What is held, checked and compared with what was ordered. */
  private async examined(order: Order, held: Held): Promise<Examination> {
    const [{ examine }, { orderedFacts }] = await Promise.all([import("./examination"), import("./order-comparison")]);
    const chain = await this.collector.chain(held);
    const before = this.collector.before(order.id, held);
    // What was collected before may be gone from the disk: then there is nothing to compare with.
    const [previous] = before === undefined ? [] : await this.collector.chain(before).catch(() => []);
    const { productTermStart: start, productTermEnd: end } = order.detail?.detail ?? {};
    return examine(this.collector.reading, chain, {
      productTerm: { ...(start !== undefined && { start }), ...(end !== undefined && { end }) },
      ordered: orderedFacts(order, previous, this.workspace.latest()),
      asked: this.asked,
    });
  }
}

/** The order is shown all the same where its certificates are gone from the disk, damaged there, or cannot be read in time. */
function lost(error: unknown): Partial<Examination> {
  const code = codeOf(error) ?? "";
  if (!(error instanceof Error) || !(code.startsWith("blob-") || code.startsWith("too-"))) throw error;
  const results = [{ tone: "bad" as const, words: error.message }];
  return { checks: [{ title: vscode.l10n.t("Collected Certificates"), results }] };
}
