import * as vscode from "vscode";
import type { AskResult } from "../../orders/checking/ask";
import { checkMany, type CheckSummary } from "../../orders/checking/check-many";
import type { OrderId } from "../../orders/model/order";
import { mayAsk } from "../../orders/checking/schedule";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import type { Collector } from "../window/collector";
import { commandId, ORDERS_VIEW } from "../base/contributions";
import { timeWords } from "../../orders/presentation/time-words";
import { localize, locale } from "../base/localize";
import type { Program } from "../window/program";
import type { OrderFacts } from "../view/tree-elements";
import { showInformation, showWarning, withProgress } from "../base/messages";
import { tellDeadEnd } from "./choices";
import { withLockHolderShown } from "./lock-holder";
import { inRow } from "../../words/localize";

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
    tellNoneDue(facts);
    return undefined;
  }
  const summary = await workThrough(program, due, localize("Checking orders"));
  tellSummary(summaryWords(summary, { skipped: facts.length - due.length }), summary);
  return summary;
}

/** Tells a person that no order may be checked, and why. */
function tellNoneDue(facts: readonly OrderFacts[]): void {
  const waiting = facts.filter(({ check }) => check.plan.due !== undefined);
  const next = waiting.reduce((first, { check }) => Math.min(first, check.free ?? Infinity), Infinity);
  if (next === Infinity) {
    void tellDeadEnd({
      words: localize("No order is waiting for the CA."),
      next: { label: localize("Track Order…"), command: "trackOrder" },
    });
    return;
  }
  void showInformation(
    localize("The CA asks to wait until {0} before orders are checked again.", timeWords(next, Date.now(), locale)),
  );
}

/** The result of {@link collectSeveral}. */
export interface CollectedSeveral {
  /** The orders whose certificates are here now. */
  readonly orders: readonly OrderId[];
}

/** Fetches the certificates of several orders from the CA, one after another, and offers to open them. */
export async function collectSeveral(program: Program, ids: readonly OrderId[]): Promise<CollectedSeveral> {
  const { collector } = program;
  const facts = ids.flatMap((id) => collector.facts(id) ?? []);
  const missing = facts.filter(({ order }) => order.certificates.length === 0);
  const summary = await workThrough(program, missing, localize("Collecting certificates"));
  const here = ids.filter((id) => collector.collected(id) !== undefined);
  const words = summaryWords(summary, { here: facts.length - missing.length });
  if (here.length === 0 || here.length > OPENED) tellSummary(words, summary);
  else void offerToOpen(words, here);
  return { orders: here };
}

async function offerToOpen(text: string, orders: readonly OrderId[]): Promise<void> {
  const open = orders.length === 1 ? localize("Open") : localize("Open All");
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
          const name = order === undefined ? "" : titleOf(order, localize);
          progress.report(localize("{0} of {1}: {2}", done, facts.length, name), 100 / facts.length);
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

/**
 * The summary in one line, the best first, without those whose count is zero.
 * @param others orders that were named, too. `skipped`: they did not need a check or may not have one now. `here`:
 *   their certificates were collected before
 */
function summaryWords(
  summary: CheckSummary,
  { skipped = 0, here = 0 }: { readonly skipped?: number; readonly here?: number },
): string {
  const { unchanged, collected, failed, later, signIn, notAsked } = summary;
  const asked = unchanged.length + collected.length + failed.length;
  const counts: [number, string][] = [
    [asked, localize("{0} checked", asked)],
    [collected.length, localize("{0} new", collected.length)],
    [here, localize("{0} here already", here)],
    [failed.length, localize("{0} failed", failed.length)],
    [signIn.length, localize("{0} need a sign-in", signIn.length)],
    [later.length + skipped, localize("{0} not due", later.length + skipped)],
    [notAsked.length, localize("{0} not checked", notAsked.length)],
  ];
  const words = counts.filter(([count]) => count > 0).map(([, each]) => each);
  return inRow(words, localize);
}

function tellSummary(text: string, { failed, signIn }: CheckSummary): void {
  const show = localize("Show Orders");
  const shown = failed.length + signIn.length > 0 ? showWarning(text, show) : showInformation(text, show);
  void shown.then(async (chosen) => {
    if (chosen === show) await vscode.commands.executeCommand(`${ORDERS_VIEW}.focus`);
  });
}
