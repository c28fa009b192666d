import * as vscode from "vscode";
import { describe } from "../certificates/details";
import { readContainers } from "../certificates/containers/read";
import type { OrderId } from "../orders/order";
import type { Disposable } from "../orders/ports";
import { titleOf } from "../orders/state";
import { isPageState, type Content } from "../webview/protocol";
import type { Collector } from "./collector";
import { DETAILS_PANEL } from "./contributions";
import { DetailsView, pageStrings } from "./details-view";
import { Owner } from "./disposal";
import { orderActions, orderCard } from "./order-card";

/** The details pages of orders: one panel for each order, which follows it and comes back after a reload. */
export class DetailsPanels implements Disposable {
  private readonly panels = new Map<OrderId, Panel>();

  constructor(
    private readonly collector: Collector,
    private readonly extensionUri: vscode.Uri,
  ) {}

  /** Shows an order's page, in its panel if it has one. */
  show(id: OrderId, column: vscode.ViewColumn): void {
    const open = this.panels.get(id);
    if (open !== undefined) {
      open.panel.reveal(undefined, true);
      return;
    }
    const title = this.title(id);
    const where = { viewColumn: column, preserveFocus: true };
    this.adopt(
      id,
      vscode.window.createWebviewPanel(DETAILS_PANEL, title, where, DetailsView.options(this.extensionUri)),
    );
  }

  /** Gives a panel that came back with the window its content again; one without an order of ours is closed. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const id = isPageState(state) ? state.source : undefined;
    if (id === undefined || this.collector.book.get(id) === undefined || this.panels.has(id)) panel.dispose();
    else this.adopt(id, panel);
  }

  dispose(): void {
    for (const { owner } of this.panels.values()) owner.dispose();
    this.panels.clear();
  }

  private adopt(id: OrderId, panel: vscode.WebviewPanel): void {
    const owner = new Owner();
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, "media", "activity-bar.svg");
    panel.title = this.title(id);
    const view = owner.own(
      new DetailsView(panel.webview, this.extensionUri, {
        title: panel.title,
        content: () => this.content(id),
        act: (action) => vscode.commands.executeCommand(`certificateCollector.${action}`, { order: id }),
      }),
    );
    owner.own(
      this.collector.onDidChange(({ orders, structure }) => {
        if (this.collector.book.get(id) === undefined) panel.dispose();
        else if (structure || orders.has(id)) {
          panel.title = this.title(id);
          view.update();
        }
      }),
    );
    owner.own(
      panel.onDidDispose(() => {
        this.panels.delete(id);
        owner.dispose();
      }),
    );
    this.panels.set(id, { panel, owner });
  }

  private title(id: OrderId): string {
    const order = this.collector.book.get(id);
    return order === undefined ? id : titleOf(order);
  }

  private async content(id: OrderId): Promise<Content> {
    const facts = this.collector.facts(id);
    const held = this.collector.held(id);
    const document = held && { order: id, serialNumber: held.serialNumber, name: "fullchain.pem" as const };
    const bytes = document && (await this.collector.document(document));
    return {
      source: id,
      ...(facts !== undefined && { order: orderCard(facts) }),
      ...(bytes !== undefined && { details: describe(readContainers(bytes), { now: Date.now() }) }),
      actions: facts === undefined ? [] : orderActions(facts),
      strings: pageStrings(),
      locale: vscode.env.language,
    };
  }
}

interface Panel {
  readonly panel: vscode.WebviewPanel;
  readonly owner: Owner;
}
