import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";
import { ORDERS_VIEW } from "../base/contributions";
import { DisposableStore } from "../base/disposable-store";
import type { OrdersTree } from "./orders-tree";
import type { TreeElement } from "./tree-elements";

/** The view that the editor has from the start: empty until something was tracked, then with the rows of the tree. */
export class OrdersView implements vscode.TreeDataProvider<TreeElement>, Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<TreeElement | TreeElement[] | undefined>());
  readonly onDidChangeTreeData = this.changes.event;
  readonly view: vscode.TreeView<TreeElement>;
  private tree: OrdersTree | undefined;

  /** @param load the tree, or `undefined` if nothing was ever tracked */
  constructor(private readonly load: () => Promise<OrdersTree | undefined>) {
    this.view = this.disposables.add(
      vscode.window.createTreeView(ORDERS_VIEW, { treeDataProvider: this, canSelectMany: true, showCollapseAll: true }),
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
    if (focuses || this.view.visible) await this.view.reveal(row, { select: focuses, focus: focuses });
    return true;
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

  dispose(): void {
    this.disposables.dispose();
  }
}
