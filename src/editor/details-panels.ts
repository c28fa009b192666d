import * as vscode from "vscode";
import type { OrderId } from "../orders/order";
import { titleOf } from "../orders/state";
import type { Collector } from "./collector";
import { DETAILS_PANEL } from "./contributions";
import { Owner } from "./disposal";
import type { Disposable } from "../orders/ports";

/** TEMPORARY until the page's protocol lands. */
export class DetailsPanels implements Disposable {
  private readonly owner = new Owner();
  constructor(
    private readonly collector: Collector,
    private readonly extensionUri: vscode.Uri,
  ) {}
  async show(id: OrderId, column: vscode.ViewColumn): Promise<void> {
    const order = this.collector.book.get(id);
    const panel = vscode.window.createWebviewPanel(
      DETAILS_PANEL,
      order ? titleOf(order) : id,
      { viewColumn: column, preserveFocus: true },
      {},
    );
    await this.restore(panel, { order: id });
  }
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    panel.webview.html = `<pre>${JSON.stringify(state)} ${this.extensionUri.path}</pre>`;
    return Promise.resolve();
  }
  dispose(): void {
    this.owner.dispose();
  }
}
