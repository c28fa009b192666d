import * as vscode from "vscode";
import type { AskResult } from "../../orders/checking/ask";
import { checkMany, type CheckSummary } from "../../orders/checking/check-many";
import type { OrderId } from "../../orders/model/order";
import { mayAsk } from "../../orders/checking/schedule";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import type { Collector } from "../window/collector";
import { commandId, ORDERS_VIEW } from "../base/contributions";
import { timeWords } from "../../orders/presentation/order-words";
import { locale } from "../base/localize";
import type { Program } from "../window/program";
import type { OrderFacts } from "../view/tree-elements";
import { showInformation, showWarning, withProgress } from "../base/messages";
import { withLockHolderShown } from "./lock-holder";

/** Documents that are opened together after collecting; more would bury what a person was working on. */
const OPENED = 5;

/** Checks every order that may be checked now, or of the selected orders if the argument names any. */
export async function checkAll(program: Program, argument: unknown): Promise<CheckSummary | undefined> {
  const { collector } = program;
  const orders = new Arguments(argument).list("orders") ?? [...collector.orderIds()];
  const facts = orders.flatMap((id) => collector.facts(id) ?? []).filter(({ state }) => !state.archived);
  const now = Date.now();
  const due = facts.filter(({ check }) => check.plan.due !== undefined && mayAsk(check, now) === "yes");
  if (due.length === 0) {
    void showInformation(noneDue(facts));
    return undefined;
  }
  const summary = await workThrough(program, due, vscode.l10n.t("Checking orders"));
  const left = facts.length - due.length;
  const more =
    left === 0 ? [] : [vscode.l10n.t("Skipped because they are finished or the CA asks to wait: {0}.", left)];
  tellSummary([...summaryWords(summary), ...more], summary);
  return summary;
}

/** What a person is told when no order may be checked. */
function noneDue(facts: readonly OrderFacts[]): string {
  const waiting = facts.filter(({ check }) => check.plan.due !== undefined);
  const next = waiting.reduce((first, { check }) => Math.min(first, check.free ?? Infinity), Infinity);
  return next === Infinity
    ? vscode.l10n.t("No orders are waiting for the CA.")
    : vscode.l10n.t(
        "No order can be checked yet, because the CA asks to wait between checks. The first is due at {0}; you can check a single order sooner.",
        timeWords(next, Date.now(), locale),
      );
}

/** The result of {@link collectAllReady}. */
export interface CollectedAll {
  /** Fetched from the CA by this command. */
  readonly collected: number;
  /** All orders that were ready and are now collected, including those already here. */
  readonly orders: readonly OrderId[];
}

/**
 * Collects everything that is ready: certificates at the CA are fetched, and those already here count as collected.
 */
export async function collectAllReady(program: Program): Promise<CollectedAll | undefined> {
  const { collector } = program;
  const ready = [...collector.orderIds()]
    .flatMap((id) => collector.facts(id) ?? [])
    .filter(({ state }) => state.group === "ready" && !state.archived);
  const atCa = ready.filter(({ state }) => state.status === "ready-to-collect");
  const summary =
    atCa.length === 0 ? undefined : await workThrough(program, atCa, vscode.l10n.t("Collecting certificates"));
  const taken = ready.map(({ order }) => order.id).filter((id) => collector.collected(id) !== undefined);
  if (taken.length === 0 && summary === undefined) {
    void showInformation(vscode.l10n.t("No certificates are ready."));
    return undefined;
  }
  await collector.book.record(taken.map((id) => ({ type: "opened", id })));
  const here =
    taken.length === 1
      ? vscode.l10n.t("1 certificate was collected.")
      : vscode.l10n.t("{0} certificates were collected.", taken.length);
  const others = summary === undefined ? [] : summaryWords({ ...summary, collected: [] });
  if (taken.length === 0 || taken.length > OPENED) tellSummary([here, ...others], summary);
  else void offerToOpen([here, ...others].join(" "), taken);
  return { collected: summary?.collected.length ?? 0, orders: taken };
}

async function offerToOpen(text: string, orders: readonly OrderId[]): Promise<void> {
  const open = orders.length === 1 ? vscode.l10n.t("Open") : vscode.l10n.t("Open All");
  if ((await showInformation(text, open)) !== open) return;
  for (const order of orders) await vscode.commands.executeCommand(commandId("openCertificate"), { order });
}

/** Checks one order after another, with progress and cancel; a refused sign-in is reported once for its account. */
async function workThrough(
  { collector, attention }: Program,
  facts: readonly OrderFacts[],
  title: string,
): Promise<CheckSummary> {
  const check = oncePerHindrance(collector);
  const orders = facts.map(({ order }) => order);
  const tell = (id: OrderId, result: AskResult): void => {
    if (result.kind === "answered") attention.tellWait(id);
    if (result.kind === "answered" && result.froze !== undefined) void attention.tellFrozen(id, result.froze);
    if (result.kind === "frozen" && result.now) void attention.tellFrozen(id, result.freeze);
  };
  return withProgress(title, (signal, progress) => {
    const work = () =>
      checkMany(
        orders,
        check,
        (done, id, result) => {
          const order = collector.book.get(id);
          const name = order === undefined ? "" : titleOf(order);
          progress.report(vscode.l10n.t("{0} of {1}: {2}", done, facts.length, name), 100 / facts.length);
          tell(id, result);
        },
        signal,
      );
    const cas = orders.map(({ ca }) => ca);
    return withLockHolderShown(collector, cas, (words) => progress.report(words), work);
  });
}

/**
 * Checks as the collector does, but skips calls whose result is known: without a password no order of that account can
 * be checked, and behind a call that does not end, no order at all.
 */
function oncePerHindrance(collector: Collector): (id: OrderId, signal: AbortSignal) => Promise<AskResult> {
  const hindered = new Map<string, AskResult>();
  return async (id, signal) => {
    const { account = id, ca = "" } = collector.book.get(id) ?? {};
    const known = hindered.get(account) ?? hindered.get(ca);
    if (known !== undefined) return known;
    const result = await collector.check(id, signal);
    if (result.kind === "no-secret" && result.missing === "password") hindered.set(account, result);
    if (result.kind === "busy" || result.kind === "not-recorded") hindered.set(ca, result);
    return result;
  };
}

/** The summary in sentences, the best first, without those whose count is zero. */
function summaryWords({ unchanged, collected, failed, later, signIn, notAsked }: CheckSummary): string[] {
  const asked = unchanged.length + collected.length + failed.length;
  const sentences: [number, string][] = [
    [asked, vscode.l10n.t("Orders checked: {0}.", asked)],
    [collected.length, vscode.l10n.t("Certificates collected: {0}.", collected.length)],
    [failed.length, vscode.l10n.t("Failed or refused: {0}.", failed.length)],
    [signIn.length, vscode.l10n.t("Waiting for you to sign in again: {0}.", signIn.length)],
    [later.length, vscode.l10n.t("Already checked moments ago: {0}.", later.length)],
    [notAsked.length, vscode.l10n.t("Not checked: {0}.", notAsked.length)],
  ];
  return sentences.filter(([count]) => count > 0).map(([, sentence]) => sentence);
}

function tellSummary(sentences: readonly string[], summary: CheckSummary | undefined): void {
  const isBad = summary !== undefined && summary.failed.length + summary.signIn.length > 0;
  const show = vscode.l10n.t("Show Orders");
  const text = sentences.join(" ");
  const shown = isBad ? showWarning(text, show) : showInformation(text, show);
  void shown.then(async (chosen) => {
    if (chosen === show) await vscode.commands.executeCommand(`${ORDERS_VIEW}.focus`);
  });
}
