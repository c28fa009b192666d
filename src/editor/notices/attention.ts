import { freezeSaid } from "../../orders/checking/guard";
import type { Phrase } from "../../words/phrase";
import * as vscode from "vscode";
import type { AskResult } from "../../orders/checking/ask";
import { needsPerson, type Notice } from "../../orders/presentation/attention";
import { GatheredNotices } from "../../orders/presentation/gathered-notices";
import type { Account, Freeze, LoginKey, OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";
import { requestedWait } from "../../orders/checking/backoff";
import type { OrderStatusStore } from "../../orders/presentation/order-status-store";
import { isSavedOlder, titleOf } from "../../orders/presentation/state";
import { systemClock } from "../base/clock";
import type { Collector } from "../window/collector";
import { commandId, ORDERS_VIEW } from "../base/contributions";
import { DisposableStore } from "../base/disposable-store";
import { caWords, namesOf } from "../../orders/presentation/order-words";
import { timeWords } from "../../orders/presentation/time-words";
import { localize, locale } from "../base/localize";
import type { EditorSettings } from "../base/settings";
import { showError, showInformation, showWarning } from "../base/messages";
import { onePerName } from "./one-per-name";

/** ms of the shortest wait that a person is told about; shorter ones pass unnoticed. */
const LONG_WAIT = 30 * 60_000;

/**
 * Notifications about automatic checks: only when orders are ready or need the person; each offers to mute its orders.
 */
export class Attention implements Disposable {
  private readonly disposables = new DisposableStore();
  /** Until when the CA asks to wait, as last reported. Epoch ms, by login. */
  private readonly waits = new Map<LoginKey, number>();

  constructor(
    private readonly collector: Collector,
    private readonly settings: EditorSettings,
    statuses: OrderStatusStore,
  ) {
    const gathered = this.disposables.add(
      new GatheredNotices(
        systemClock,
        () => collector.isAsking,
        (notices) => {
          if (this.settings.get("notifications") === "none") return;
          for (const notice of notices) void this.tell(notice);
        },
      ),
    );
    this.disposables.add(statuses.onDidChange((changes) => gathered.turned(changes)));
    this.disposables.add(
      collector.onDidAsk((id, result) => {
        gathered.noteAsked(id);
        this.heed(id, result);
      }),
    );
    this.disposables.add(collector.services.onDidRest((account, objection) => void this.tellRest(account, objection)));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** Shows one message for the login, however many orders it has. */
  async tellFrozen(id: OrderId, freeze: Freeze): Promise<void> {
    const account = this.collector.facts(id)?.account;
    if (account === undefined) return;
    // Without an answer, the password may well be right.
    const isUnanswered = freeze.code === 0;
    const action = isUnanswered ? localize("Try Once…") : localize("Change Password…");
    const chosen = await showError(
      isUnanswered
        ? localize("The first sign-in of “{0}” got no answer.", account.label)
        : localize("The CA refused the sign-in of “{0}”: {1}", account.label, freezeSaid(freeze)),
      action,
    );
    if (chosen !== action) return;
    if (this.collector.book.account(account.id)?.frozen === undefined) {
      void showInformation(localize("“{0}” can sign in again.", account.label));
      return;
    }
    const command = isUnanswered ? "trySignIn" : "changePassword";
    await vscode.commands.executeCommand(commandId(command), { account: account.id });
  }

  /** Says once per login that the CA asks for a long wait, during which none of its orders are checked. */
  tellWait(id: OrderId): void {
    const facts = this.collector.facts(id);
    const login = facts && this.collector.book.loginOf(facts.order);
    if (facts === undefined || login === undefined) return;
    const until = requestedWait(login, facts.order.ca, Date.now());
    if (until === undefined || until - Date.now() < LONG_WAIT || this.waits.get(login.key) === until) return;
    this.waits.set(login.key, until);
    const who = facts.account?.label ?? caWords(facts.order.ca, locale);
    void showWarning(localize("The CA asks “{0}” to wait until {1}.", who, timeWords(until, Date.now(), locale)));
  }

  /** Says once that reports no longer watch an account's orders, and which call may change that. */
  private async tellRest({ id, label }: Account, objection: Phrase | string): Promise<void> {
    if (this.settings.get("notifications") === "none") return;
    const test = localize("Test Sign-In…");
    const words = localize(
      "The orders of “{0}” are checked one by one until a report works again. The last one was refused: {1}",
      label,
      objection,
    );
    if ((await showWarning(words, test)) === test)
      await vscode.commands.executeCommand(commandId("testSignIn"), { account: id });
  }

  private heed(id: OrderId, result: AskResult): void {
    if (this.settings.get("notifications") === "none") return;
    if (result.kind === "answered") this.tellWait(id);
    if (result.kind === "frozen" && result.now) void this.tellFrozen(id, result.freeze);
    if (result.kind === "answered" && result.froze !== undefined) void this.tellFrozen(id, result.froze);
  }

  private async tell({ kind, orders }: Notice): Promise<void> {
    const [id] = orders;
    const facts = id === undefined ? undefined : this.collector.facts(id);
    if (facts === undefined) return;
    const isOne = orders.length === 1;
    const names = namesOf(onePerName(orders.flatMap((each) => this.collector.book.get(each) ?? [])), locale);
    const show = showButton(kind, isOne);
    const mute = localize("Mute");
    const summary =
      kind === "ready"
        ? isOne
          ? localize("The certificate for {0} is ready.", names)
          : localize("{0} certificates are ready: {1}.", orders.length, names)
        : isOne
          ? localize("{0}: {1}", titleOf(facts.order, localize), facts.state.words)
          : localize("{0} orders need you: {1}.", orders.length, names);
    const message = kind === "ready" ? showInformation : showWarning;
    const isSaved = kind === "ready" && isOne && isSavedOlder(facts.order);
    const first = isSaved ? localize("Save Again…") : show;
    const chosen = await message(summary, first, mute);
    if (chosen === mute) await vscode.commands.executeCommand(commandId("muteOrder"), { orders });
    if (chosen !== first || this.isOver(kind, orders)) return;
    if (isSaved) await vscode.commands.executeCommand(commandId("saveAgain"), { order: id });
    else if (!isOne) await vscode.commands.executeCommand(`${ORDERS_VIEW}.focus`);
    else await vscode.commands.executeCommand(commandId(kind === "ready" ? "collect" : "showDetails"), { order: id });
  }

  /** Whether what a notice said is done by now, of which the person is told: a message may stay for hours. */
  private isOver(kind: Notice["kind"], orders: readonly OrderId[]): boolean {
    const still = orders.flatMap((id) => this.collector.facts(id) ?? []);
    if (still.some((facts) => kind === "ready" || needsPerson(facts.state))) return false;
    const [facts] = still;
    void showInformation(
      facts === undefined
        ? localize("This is no longer tracked.")
        : still.length === 1
          ? localize("{0} no longer needs you: {1}.", titleOf(facts.order, localize), facts.state.words)
          : localize("These orders no longer need you."),
    );
    return true;
  }
}

function showButton(kind: Notice["kind"], isOne: boolean): string {
  if (!isOne) return localize("Show Orders");
  return kind === "ready" ? localize("Open") : localize("Show Details");
}
