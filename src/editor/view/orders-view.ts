import * as vscode from "vscode";
import type { Disposable } from "../../orders/ports";
import { ORDERS_VIEW } from "../base/contributions";
import { Owner } from "../base/disposal";
import type { OrdersTree } from "./orders-tree";
import type { Row } from "./rows";

/** The view as the editor has it from the start: without rows until something was tracked, then with those of the tree. */
export class OrdersView implements vscode.TreeDataProvider<Row>, Disposable {
  private readonly owner = new Owner();
  private readonly changes = this.owner.own(new vscode.EventEmitter<Row | Row[] | undefined>());
  readonly onDidChangeTreeData = this.changes.event;
  readonly view: vscode.TreeView<Row>;
  private tree: OrdersTree | undefined;

  /** @param load the tree, or `undefined` while nothing was ever tracked */
  constructor(private readonly load: () => Promise<OrdersTree | undefined>) {
    this.view = this.owner.own(
      vscode.window.createTreeView(ORDERS_VIEW, { treeDataProvider: this, canSelectMany: true, showCollapseAll: true }),
    );
  }

  /** Shows a tree, and its changes from now on. */
  show(tree: OrdersTree): void {
    this.tree = tree;
    this.owner.own(tree.onDidChangeTreeData((rows) => this.changes.fire(rows)));
    this.changes.fire(undefined);
  }

  async getChildren(row?: Row): Promise<Row[]> {
    const tree = this.tree ?? (await this.load());
    return tree?.getChildren(row) ?? [];
  }

  getParent(row: Row): Row | undefined {
    return this.tree?.getParent(row);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return this.tree?.getTreeItem(row) ?? new vscode.TreeItem("");
  }

  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    return this.tree?.resolveTreeItem(item, row) ?? item;
  }

  dispose(): void {
    this.owner.dispose();
  }
}
