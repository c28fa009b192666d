import * as vscode from "vscode";
import { readContainers } from "../certificates/containers/read";
import { describe } from "../certificates/details";
import type { OrderId } from "../orders/order";
import type { Disposable } from "../orders/ports";
import { titleOf } from "../orders/state";
import type { ActionId, Content } from "../webview/protocol";
import type { Collector } from "./collector";
import { PREFIX } from "./contributions";

import { pageStrings } from "./details-view";
import type { PanelPage } from "./panel-page";
import { orderActions, orderCard } from "./order-card";

const KEY = "order:";

/** The details page of an order: where it stands, and the certificates that are held. */
export class OrderPage implements PanelPage {
  readonly key: string;

  constructor(
    private readonly collector: Collector,
    private readonly id: OrderId,
  ) {
    this.key = KEY + id;
  }

  /** The page with that {@link key}, if it is one of an order. */
  static fromKey(collector: Collector, key: string): OrderPage | undefined {
    return key.startsWith(KEY) ? new OrderPage(collector, key.slice(KEY.length)) : undefined;
  }

  get title(): string {
    const order = this.collector.book.get(this.id);
    return order === undefined ? this.id : titleOf(order);
  }

  exists(): boolean {
    return this.collector.book.get(this.id) !== undefined;
  }

  onDidChange(listener: () => void): Disposable {
    return this.collector.onDidChange(({ orders, structure }) => {
      if (structure || orders.has(this.id)) listener();
    });
  }

  act(action: ActionId): unknown {
    return vscode.commands.executeCommand(`${PREFIX}.${action}`, { order: this.id });
  }

  async content(): Promise<Content> {
    const facts = this.collector.facts(this.id);
    const held = this.collector.held(this.id);
    const bytes =
      held &&
      (await this.collector.document({ order: this.id, serialNumber: held.serialNumber, name: "fullchain.pem" }));
    return {
      source: this.key,
      ...(facts !== undefined && { order: orderCard(facts, await this.collector.history(this.id)) }),
      ...(bytes !== undefined && { details: describe(readContainers(bytes), { now: Date.now() }) }),
      actions: facts === undefined ? [] : orderActions(facts),
      strings: pageStrings(),
      locale: vscode.env.language,
    };
  }
}
