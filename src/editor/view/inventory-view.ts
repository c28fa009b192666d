import * as vscode from "vscode";
import type { Disposable } from "../../orders/ports";
import { INVENTORY_VIEW } from "../base/contributions";
import { DisposableStore } from "../base/disposable-store";
import type { InventoryElement, TrackedOrders } from "../inventory/inventory-element";
import type { InventoryTree } from "../inventory/inventory-tree";

/** The view that the editor has from the start; what looks for files is loaded when it first shows. */
export class InventoryView implements vscode.TreeDataProvider<InventoryElement>, Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changes.event;
  readonly view: vscode.TreeView<InventoryElement>;
  private loading: Promise<InventoryTree> | undefined;
  private loaded: InventoryTree | undefined;
  private orders: TrackedOrders | undefined;

  constructor(private readonly load: (view: vscode.TreeView<InventoryElement>) => Promise<InventoryTree>) {
    this.view = this.disposables.add(vscode.window.createTreeView(INVENTORY_VIEW, { treeDataProvider: this }));
  }

  /** What is behind the view; it is loaded for whoever asks first. */
  tree(): Promise<InventoryTree> {
    return (this.loading ??= this.open());
  }

  /** Holds files against these orders from now on. */
  follow(orders: TrackedOrders): void {
    this.orders = orders;
    this.loaded?.follow(orders);
  }

  async getChildren(row?: InventoryElement): Promise<InventoryElement[]> {
    return (await this.tree()).getChildren(row);
  }

  getTreeItem(row: InventoryElement): vscode.TreeItem {
    return this.loaded?.getTreeItem(row) ?? new vscode.TreeItem("");
  }

  resolveTreeItem(item: vscode.TreeItem, row: InventoryElement): vscode.TreeItem {
    return this.loaded?.resolveTreeItem(item, row) ?? item;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async open(): Promise<InventoryTree> {
    const tree = this.disposables.add(await this.load(this.view));
    this.loaded = tree;
    this.disposables.add(tree.onDidChange(() => this.changes.fire(undefined)));
    if (this.orders !== undefined) tree.follow(this.orders);
    return tree;
  }
}
