import * as vscode from "vscode";
import type { BookChange } from "../orders/book";
import type { Disposable } from "../orders/ports";
import { GROUPS, titleOf, type Group } from "../orders/state";
import type { OrderId } from "../orders/order";
import {
  groupItem,
  heldItem,
  orderItem,
  shownSteps,
  stepItem,
  type GroupRow,
  type OrderFacts,
  type OrderRow,
  type Row,
} from "./rows";

/** What the tree shows; the collector, once there is one. */
export interface TreeSource {
  facts(id: OrderId): OrderFacts | undefined;
  orderIds(): Iterable<OrderId>;
  onDidChange(listener: (change: BookChange) => void): Disposable;
}

/** The view: groups by what needs doing, orders in them, their validation steps and collected files below. */
export class OrdersTree implements vscode.TreeDataProvider<Row> {
  private readonly changes = new vscode.EventEmitter<Row | undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  /** One element for each order: the editor knows rows by identity. */
  private readonly rows = new Map<OrderId, OrderRow>();
  /** Where each order was shown last: a row that stays in its group is drawn anew alone. */
  private readonly shown = new Map<OrderId, Group>();
  private readonly groups = new Map<Group, GroupRow>(GROUPS.map((group) => [group, { kind: "group", group }]));
  private source: TreeSource | undefined;

  /** @param source loads what is tracked, or `undefined` when nothing ever was */
  constructor(private readonly load: () => Promise<TreeSource | undefined>) {}

  /** Shows the source's orders, and their changes from now on. */
  connect(source: TreeSource): Disposable {
    this.source = source;
    this.changes.fire(undefined);
    return source.onDidChange((change) => this.refresh(change));
  }

  async getChildren(row?: Row): Promise<Row[]> {
    const source = this.source ?? (await this.load());
    if (source === undefined) return [];
    if (row === undefined) return this.groupRows(source);
    switch (row.kind) {
      case "group":
        return this.orderRows(source, row.group);
      case "order":
        return detailRows(source, row);
      case "step":
      case "held":
        return [];
    }
  }

  getParent(row: Row): Row | undefined {
    switch (row.kind) {
      case "group":
        return undefined;
      case "order": {
        const group = this.source?.facts(row.order)?.state.group;
        return group && this.groups.get(group);
      }
      case "step":
      case "held":
        return this.rows.get(row.order);
    }
  }

  getTreeItem(row: Row): vscode.TreeItem {
    if (row.kind === "group") return groupItem(row, this.countOf(row.group));
    const facts = this.source?.facts(row.order);
    if (facts === undefined) return new vscode.TreeItem("");
    if (row.kind === "order") return orderItem(facts);
    if (row.kind === "step") return stepItem(row, facts.order);
    const held = facts.order.held.find(({ serialNumber }) => serialNumber === row.serialNumber);
    return held === undefined ? new vscode.TreeItem("") : heldItem(row, held);
  }

  /** The element of an order, to reveal it. */
  rowOf(id: OrderId): OrderRow | undefined {
    return this.source?.facts(id) === undefined ? undefined : this.row(id);
  }

  /** How many orders stand in a group. */
  countOf(group: Group): number {
    let count = 0;
    for (const each of this.shown.values()) if (each === group) count += 1;
    return count;
  }

  private groupRows(source: TreeSource): Row[] {
    this.shown.clear();
    for (const id of source.orderIds()) {
      const group = source.facts(id)?.state.group;
      if (group !== undefined) this.shown.set(id, group);
    }
    const filled = new Set(this.shown.values());
    return [...this.groups.values()].filter(({ group }) => filled.has(group));
  }

  private orderRows(source: TreeSource, group: Group): Row[] {
    const orders = [...this.shown].flatMap(([id, each]) => (each === group ? (source.facts(id)?.order ?? []) : []));
    return orders
      .sort((a, b) => titleOf(a).localeCompare(titleOf(b), undefined, { numeric: true }))
      .map(({ id }) => this.row(id));
  }

  private row(id: OrderId): OrderRow {
    let row = this.rows.get(id);
    if (row === undefined) this.rows.set(id, (row = { kind: "order", order: id }));
    return row;
  }

  private refresh({ orders, structure, logins }: BookChange): void {
    const moved = [...orders].some((id) => this.source?.facts(id)?.state.group !== this.shown.get(id));
    if (structure || moved || logins.size > 0) {
      this.changes.fire(undefined);
      return;
    }
    for (const id of orders) this.changes.fire(this.row(id));
  }
}

function detailRows(source: TreeSource, { order: id }: OrderRow): Row[] {
  const order = source.facts(id)?.order;
  if (order === undefined) return [];
  return [
    ...order.held.map(({ serialNumber }): Row => ({ kind: "held", order: id, serialNumber })),
    ...shownSteps(order).map((step): Row => ({ kind: "step", order: id, step: step.id })),
  ];
}
