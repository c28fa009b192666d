import * as vscode from "vscode";
import type { FileOrder, OrderFile } from "../../orders/import/order-file";
import type { Disposable } from "../../orders/ports";
import type { Collector } from "../window/collector";
import { commandId, type CommandName } from "../base/contributions";
import { DisposableStore } from "../base/disposable-store";
import { inertText } from "../base/inert-text";
import type { ReadingService } from "../window/reading-service";
import { readListedOrders, trackedOrder } from "./listed-orders";
import { orderHover } from "./order-hover";
import { localize } from "../base/localize";

/** Characters of a status in a lens; the hover has all of it. */
const MAX_STATE = 80;

/**
 * Hover and lenses of order files: the status of each order, and what can be done. A document is read once per
 * version.
 */
export class OrderFileProviders implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly read = new WeakMap<vscode.TextDocument, Read>();

  /** @param changed called when the status of orders changes */
  constructor(
    private readonly collector: Collector,
    private readonly reading: ReadingService,
    changed: () => void,
  ) {
    this.disposables.add(collector.onDidChange(changed));
    this.disposables.add(collector.onDidLearn(changed));
  }

  async hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const offset = document.offsetAt(position);
    const listed = (await this.orders(document)).find(({ start, end }) => start <= offset && offset <= end);
    if (listed === undefined) return undefined;
    const range = new vscode.Range(document.positionAt(listed.start), document.positionAt(listed.end));
    return new vscode.Hover(orderHover(listed, trackedOrder(this.collector, listed)), range);
  }

  async lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const orders = await this.orders(document);
    const lensAt = (offset: number, command: vscode.Command): vscode.CodeLens => {
      const start = document.positionAt(offset);
      return new vscode.CodeLens(new vscode.Range(start, start), command);
    };
    return [
      ...this.actionsForAll(document, orders).map((all) => lensAt(0, all)),
      ...orders.flatMap((listed) => this.actions(document, listed).map((each) => lensAt(listed.start, each))),
    ];
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** For one order, its own line has the action. */
  private actionsForAll({ uri }: vscode.TextDocument, orders: OrderFile["orders"]): readonly vscode.Command[] {
    const saved = orders.filter(({ save }) => save !== undefined);
    if (saved.length < 2 || !saved.some((listed) => trackedOrder(this.collector, listed) !== undefined)) return [];
    return [action(localize("Collect All to These Files…"), "collectAllToFiles", { file: uri.toString() })];
  }

  private actions({ uri }: vscode.TextDocument, listed: FileOrder): vscode.Command[] {
    const facts = trackedOrder(this.collector, listed);
    if (facts === undefined) {
      const { product, reference, label, tags } = listed;
      const named = { product, reference: reference.kind, number: reference.value, label: label ?? "", tags };
      return [action(localize("Track"), "trackOrder", named)];
    }
    const { id } = facts.order;
    const state = action(inertText(facts.state.words, MAX_STATE), "showDetails", { order: id });
    if (listed.save === undefined) return [state];
    const where = { file: uri.toString(), order: id };
    return [state, action(localize("Collect to These Files"), "collectToFiles", where)];
  }

  /** Empty if it cannot be read in time. */
  private orders(document: vscode.TextDocument): Promise<OrderFile["orders"]> {
    const known = this.read.get(document);
    if (known?.version === document.version) return known.orders;
    const orders = readListedOrders(this.reading, document.getText()).then(
      (file) => file.orders,
      () => [],
    );
    this.read.set(document, { version: document.version, orders });
    return orders;
  }
}

interface Read {
  readonly version: number;
  readonly orders: Promise<OrderFile["orders"]>;
}

function action(title: string, name: CommandName, argument: object): vscode.Command {
  return { title, command: commandId(name), arguments: [argument] };
}
