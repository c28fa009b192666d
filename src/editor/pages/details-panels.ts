import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";
import { isPageState } from "../../webview/protocol";
import type { CheckReports } from "./check-reports";
import type { Collector } from "../window/collector";
import { DETAILS_PANEL } from "../base/contributions";
import { DetailsView } from "./details-view";
import { DisposableStore } from "../base/disposable-store";
import { inertText } from "../base/inert-text";
import { OrderPage } from "./order-page";
import type { PanelPage } from "./panel-page";
import { SavedResponsePage } from "./saved-response-page";

/** The details pages in panels of their own: one per subject, which follows changes and comes back after a reload. */
export class DetailsPanels implements Disposable {
  private readonly panels = new Map<string, Panel>();

  constructor(
    private readonly collector: Collector,
    private readonly extensionUri: vscode.Uri,
    private readonly reports: CheckReports,
  ) {}

  /** Shows an order's page, in its panel if it has one. */
  showOrder(id: OrderId, column: vscode.ViewColumn): void {
    this.show(OrderPage.keyOf(id), () => new OrderPage(this.collector, id, this.reports), column);
  }

  /** The order whose page is the active editor, if any. */
  activeOrder(): OrderId | undefined {
    for (const [key, { panel }] of this.panels) if (panel.active) return OrderPage.orderOf(key);
    return undefined;
  }

  /** Shows what a saved answer says. */
  showSavedResponse(source: vscode.Uri | Uint8Array): void {
    this.show(
      SavedResponsePage.keyOf(source),
      () => new SavedResponsePage(source, this.collector.reading),
      vscode.ViewColumn.Active,
    );
  }

  /** Restores the content of a panel after a reload; a panel whose content no longer exists is closed. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const key = isPageState(state) ? state.source : "";
    // A page is found by the key in its panel's state.
    const page = this.panels.has(key)
      ? undefined
      : (OrderPage.fromKey(this.collector, key, this.reports) ??
        SavedResponsePage.fromKey(key, this.collector.reading));
    if (page?.exists() === true) this.adopt(page, panel);
    else {
      page?.dispose();
      panel.dispose();
    }
  }

  dispose(): void {
    for (const { disposables } of this.panels.values()) disposables.dispose();
    this.panels.clear();
  }

  private show(key: string, make: () => PanelPage, viewColumn: vscode.ViewColumn): void {
    const open = this.panels.get(key);
    if (open !== undefined) {
      open.panel.reveal(undefined, true);
      return;
    }
    const page = make();
    const where = { viewColumn, preserveFocus: true };
    const options = DetailsView.options(this.extensionUri);
    this.adopt(page, vscode.window.createWebviewPanel(DETAILS_PANEL, inertText(page.title), where, options));
  }

  private adopt(page: PanelPage, panel: vscode.WebviewPanel): void {
    const disposables = new DisposableStore();
    disposables.add(page);
    const icon = (theme: string) => vscode.Uri.joinPath(this.extensionUri, "media", "pem", `${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    panel.title = inertText(page.title);
    const view = disposables.add(new DetailsView(panel.webview, this.extensionUri, page));
    disposables.add(
      page.onDidChange(() => {
        if (!page.exists()) {
          panel.dispose();
          return;
        }
        panel.title = inertText(page.title);
        view.update();
      }),
    );
    disposables.add(
      panel.onDidDispose(() => {
        this.panels.delete(page.key);
        disposables.dispose();
      }),
    );
    this.panels.set(page.key, { panel, disposables });
  }
}

interface Panel {
  readonly panel: vscode.WebviewPanel;
  readonly disposables: DisposableStore;
}
