import * as vscode from "vscode";
import type { BookChange } from "../orders/book";
import type { OrderId } from "../orders/order";
import type { Disposable } from "../orders/ports";
import type { Collector } from "./collector";
import { PREFIX, type ContextKey } from "./contributions";
import { Owner } from "./disposal";
import type { OrdersTree } from "./orders-tree";
import type { Row } from "./rows";

/** What surrounds the tree: the badge, and the context keys that welcome texts and menus go by. */
export class OrdersView implements Disposable {
  private readonly owner = new Owner();

  constructor(
    private readonly view: vscode.TreeView<Row>,
    private readonly tree: OrdersTree,
  ) {
    this.owner.own(view);
  }

  /** Shows what the collector tracks from now on. */
  connect(collector: Collector): Disposable {
    const owner = this.owner.own(new Owner());
    owner.own(this.tree.connect(collector));
    const update = (): void => {
      setContext("hasAccounts", collector.book.accounts().length > 0);
      this.update(collector);
    };
    const updateSandbox = (): void => {
      collector.sandbox.address().then(
        (address) => setContext("sandboxRunning", address !== undefined),
        () => undefined,
      );
    };
    owner.own(
      collector.onDidChange(({ accounts, orders, logins }: BookChange) => {
        if (accounts.size + orders.size + logins.size > 0) update();
      }),
    );
    owner.own(collector.sandbox.onDidChange(updateSandbox));
    update();
    updateSandbox();
    return owner;
  }

  /** Shows the row of an order and selects it. */
  async reveal(id: OrderId): Promise<void> {
    const row = this.tree.rowOf(id);
    if (row !== undefined) await this.view.reveal(row, { select: true, focus: false });
  }

  dispose(): void {
    this.owner.dispose();
  }

  private update(collector: Collector): void {
    let orders = 0;
    let needsYou = 0;
    let ready = 0;
    for (const id of collector.orderIds()) {
      orders += 1;
      const group = collector.facts(id)?.state.group;
      if (group === "needs-you") needsYou += 1;
      if (group === "ready") ready += 1;
    }
    setContext("hasOrders", orders > 0);
    const value = needsYou + ready;
    const tooltip = vscode.l10n.t("{0} need you, {1} ready", needsYou, ready);
    this.view.badge = value === 0 ? undefined : { value, tooltip };
  }
}

function setContext(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand("setContext", `${PREFIX}.${key}`, value);
}
