import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";
import { commandId, ORDERS_VIEW } from "../base/contributions";
import { DisposableStore } from "../base/disposable-store";
import type { OrdersTree } from "./orders-tree";
import type { TreeElement } from "./tree-elements";

const [URIS, TEXT] = ["text/uri-list", "text/plain"];

/** Rows of this view that are dragged. The editor names the type of each tree so. */
const ROWS = `application/vnd.code.tree.${ORDERS_VIEW.toLowerCase()}`;

/** The view that the editor has from the start: empty until something was tracked, then with the rows of the tree. */
export class OrdersView
  implements vscode.TreeDataProvider<TreeElement>, vscode.TreeDragAndDropController<TreeElement>, Disposable
{
  readonly dropMimeTypes = [URIS, TEXT];
  readonly dragMimeTypes = [URIS, TEXT];
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<TreeElement | TreeElement[] | undefined>());
  readonly onDidChangeTreeData = this.changes.event;
  readonly view: vscode.TreeView<TreeElement>;
  private tree: OrdersTree | undefined;

  /** @param load the tree, or `undefined` if nothing was ever tracked */
  constructor(private readonly load: () => Promise<OrdersTree | undefined>) {
    this.view = this.disposables.add(
      vscode.window.createTreeView(ORDERS_VIEW, {
        treeDataProvider: this,
        dragAndDropController: this,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
  }

  /** Shows a tree, and its changes from now on. */
  show(tree: OrdersTree): void {
    this.tree = tree;
    this.disposables.add(tree.onDidChangeTreeData((rows) => this.changes.fire(rows)));
    this.changes.fire(undefined);
  }

  /**
   * Shows an order's row.
   * @param focuses whether the row is selected and takes the focus, and the view opens for it
   * @returns whether the row is in the view: a filter may hide it
   */
  async reveal(order: OrderId, focuses: boolean): Promise<boolean> {
    const row = this.tree?.elementOf(order);
    if (row === undefined) return false;
    if (focuses || this.view.visible) await this.showRow(row, focuses);
    return true;
  }

  /** The editor refuses a row that moves while it looks for it. What a command did before counts all the same. */
  private async showRow(row: TreeElement, focuses: boolean): Promise<void> {
    try {
      await this.view.reveal(row, { select: focuses, focus: focuses });
    } catch {
      // The row is in its place when the tree is drawn next; it is not selected.
    }
  }

  async getChildren(row?: TreeElement): Promise<TreeElement[]> {
    const tree = this.tree ?? (await this.load());
    return tree?.getChildren(row) ?? [];
  }

  getParent(row: TreeElement): TreeElement | undefined {
    return this.tree?.getParent(row);
  }

  getTreeItem(row: TreeElement): vscode.TreeItem {
    return this.tree?.getTreeItem(row) ?? new vscode.TreeItem("");
  }

  resolveTreeItem(item: vscode.TreeItem, row: TreeElement): vscode.TreeItem {
    return this.tree?.resolveTreeItem(item, row) ?? item;
  }

  /** A certificate is dragged as its document, and any order as its number. */
  async handleDrag(rows: readonly TreeElement[], data: vscode.DataTransfer): Promise<void> {
    const { draggedRows } = await import("./dragged-rows");
    const { documents, numbers } = draggedRows(rows, (id) => this.tree?.order(id));
    if (documents.length > 0) data.set(URIS, new vscode.DataTransferItem(documents.join("\r\n")));
    if (numbers.length > 0) data.set(TEXT, new vscode.DataTransferItem(numbers.join("\n")));
  }

  /** Files, links and texts go to the command that takes them; rows stay where their order belongs. */
  async handleDrop(_: TreeElement | undefined, data: vscode.DataTransfer): Promise<void> {
    if (data.get(ROWS) !== undefined) return;
    const [uris, text] = [await data.get(URIS)?.asString(), await data.get(TEXT)?.asString()];
    if (uris || text) await vscode.commands.executeCommand(commandId("takeDropped"), { uris, text });
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
