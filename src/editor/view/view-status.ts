import { HOUR } from "../../orders/model/policy";
import * as vscode from "vscode";
import type { Arrangement } from "../../orders/presentation/arrange";
import type { AttentionCounts } from "../../orders/presentation/attention";
import type { Disposable } from "../../orders/ports";
import { loginKey } from "../../orders/model/login-key";
import { requestedWait } from "../../orders/checking/backoff";
import { effectiveWait } from "../../orders/checking/schedule";
import { MutableDisposable } from "../../orders/mutable-disposable";
import type { OrderStatusStore } from "../../orders/presentation/order-status-store";
import { ROW_TRAITS, RowTally } from "../../orders/presentation/row-tally";
import { systemClock } from "../base/clock";
import type { Collector } from "../window/collector";
import { outagesHere } from "../window/outages";
import { PREFIX, type ContextKey } from "../base/contributions";
import { DisposableStore } from "../base/disposable-store";
import { inertText } from "../base/inert-text";
import { outageWords, type Outage } from "../../orders/presentation/outage";
import { timeWords } from "../../orders/presentation/time-words";
import { inSentences, locale, localize } from "../base/localize";
import type { OrdersTree } from "./orders-tree";
import type { TreeElement } from "./tree-elements";
import { StatusItem, attentionWords } from "./status-item";
import { inRow } from "../../words/localize";

/** ms in which changes are counted together. */
const DEBOUNCE = 150;

/** ms that one call usually takes, to estimate the slowest pace of all orders. */
const CALL = 2_000;

/** What surrounds the tree: badge, status bar, message, and the context keys for welcome texts and menus. */
export class ViewStatus implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly counting = this.disposables.add(new MutableDisposable());
  private readonly status = this.disposables.add(new StatusItem());
  private readonly tally: RowTally;
  /** The context keys as the editor has them. */
  private readonly told = new Map<ContextKey, boolean>();

  constructor(
    private readonly view: vscode.TreeView<TreeElement>,
    private readonly tree: OrdersTree,
    statuses: OrderStatusStore,
    private readonly collector: Collector,
  ) {
    const later = (): void => {
      if (this.counting.value === undefined) this.counting.value = systemClock.after(DEBOUNCE, () => this.update());
    };
    this.tally = new RowTally(statuses.rows.values());
    this.disposables.add(
      statuses.onDidChange((changes) => {
        this.tally.take(changes);
        later();
      }),
    );
    this.disposables.add(collector.onDidChange(later));
    this.disposables.add(tree.onDidArrange(() => this.update()));
    this.disposables.add(collector.sandbox.onDidChange(later));
    this.update();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private update(): void {
    this.counting.value = undefined;
    const { book } = this.collector;
    const { filter, archived } = this.tree.arrangement;
    const { tally } = this;
    const wants = tally.attention;
    const accounts = book.accounts();
    const outages = outagesHere(this.collector, tally.awaited());
    this.setContext("hasAccounts", accounts.length > 0);
    this.setContext("hasOrders", tally.size > 0);
    // What the walkthrough's steps are about: not the sandbox's own account and sample orders.
    this.setContext(
      "hasOwnAccounts",
      accounts.some(({ ca }) => ca !== "sandbox"),
    );
    // What is true of any row, which also decides which commands the palette offers.
    for (const trait of ROW_TRAITS) this.setContext(trait, tally.has(trait));
    this.setContext(
      "hasLocked",
      accounts.some(({ frozen }) => frozen !== undefined),
    );
    this.setContext("sandboxRunning", this.collector.sandbox.isRunning);
    this.setContext(
      "sandboxStopped",
      outages.some(({ kind }) => kind === "stopped"),
    );
    this.setContext(
      "unreachable",
      outages.some(({ kind }) => kind !== "stopped"),
    );
    this.setContext("checksPaused", book.paused);
    this.setContext("filtered", filter !== "");
    this.setContext("archivedShown", archived);
    const value = wants.needsYou + wants.trouble;
    this.view.badge = value === 0 ? undefined : { value, tooltip: inRow(attentionWords(wants), localize) };
    this.view.description = filter === "" ? "" : localize("“{0}”", inertText(filter));
    this.view.message = inertText(this.messageOf(wants, this.tree.arrangement, outages));
    this.status.show(wants);
  }

  private messageOf(wants: AttentionCounts, { filter, archived }: Arrangement, outages: readonly Outage[]): string {
    const { size } = this.tree;
    const isOnly = this.tally.caCount === 1;
    const sentences = outages.map((outage) => outageWords(outage, isOnly, Date.now(), locale));
    if (archived) {
      const isNone = size === 0 && filter === "";
      sentences.push(isNone ? localize("No orders are archived yet.") : localize("These orders are archived."));
    }
    if (filter !== "") {
      const all = archived ? this.tally.size - wants.tracked : wants.tracked;
      sentences.push(
        size === 0
          ? localize("No orders match “{0}”.", filter)
          : localize("Orders that match “{2}”: {0} of {1}.", size, all, filter),
      );
    }
    if (this.collector.book.paused) sentences.push(localize("All checks are paused."));
    sentences.push(...this.waits());
    const wait = effectiveWait(this.tally.waiting, CALL);
    if (wait > effectiveWait(0, CALL)) {
      const hours = Math.ceil(wait / HOUR);
      sentences.push(localize("So many orders are waiting that each is checked only about every {0} hours.", hours));
    }
    return inSentences(...sentences);
  }

  /** Accounts for which the CA asks to wait. */
  private waits(): string[] {
    const { book } = this.collector;
    return book.accounts().flatMap((account) => {
      const until = requestedWait(book.login(loginKey(account.ca, account)), account.ca, Date.now());
      if (until === undefined) return [];
      return [localize("The CA asks “{0}” to wait until {1}.", account.label, timeWords(until, Date.now(), locale))];
    });
  }

  /** Tells the editor, where it does not know it yet. */
  private setContext(key: ContextKey, value: boolean): void {
    if (this.told.get(key) === value) return;
    this.told.set(key, value);
    void vscode.commands.executeCommand("setContext", `${PREFIX}.${key}`, value);
  }
}
