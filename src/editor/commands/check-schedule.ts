import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import { isWatched, lookDue } from "../../orders/checking/schedule";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import type { Collector } from "../window/collector";
import { timeWords } from "../../orders/presentation/order-words";
import { locale } from "../base/localize";
import type { Program } from "../window/program";
import { chooseOrders } from "./choices";
import { showInformation, showInStatusBar } from "../base/messages";

/** ms for which the status bar confirms the request; the row shows it permanently. */
const STATUS_MESSAGE = 6_000;

/** Stops automatic checks: of the orders in the argument, or of all orders without one. */
export async function pauseChecks({ collector }: Program, argument: unknown): Promise<{ paused: "all" | number }> {
  const orders = named(collector, argument);
  await collector.book.record(orders?.map((id) => ({ type: "paused", id })) ?? [{ type: "checks-paused" }]);
  if (orders !== undefined) return { paused: orders.length };
  const resume = vscode.l10n.t("Resume");
  void showInformation(vscode.l10n.t("Orders are not checked automatically until you resume checks."), resume).then(
    async (chosen) => {
      if (chosen === resume) await collector.book.record([{ type: "checks-resumed" }]);
    },
  );
  return { paused: "all" };
}

/** Undoes {@link pauseChecks}. */
export async function resumeChecks({ collector }: Program, argument: unknown): Promise<{ resumed: "all" | number }> {
  const orders = named(collector, argument);
  await collector.book.record(orders?.map((id) => ({ type: "resumed", id })) ?? [{ type: "checks-resumed" }]);
  return { resumed: orders?.length ?? "all" };
}

/** The orders that an argument names, or `undefined` when it does not name any. */
function named(collector: Collector, argument: unknown): readonly OrderId[] | undefined {
  const given = new Arguments(argument);
  const one = given.text("order");
  const orders = given.list("orders") ?? (one === undefined ? undefined : [one]);
  return orders?.filter((id) => collector.book.get(id) !== undefined);
}

/** Puts orders back to waiting: for a reissue, or after a final answer. Collected certificates stay. */
export async function watchAgain(
  { collector }: Program,
  argument: unknown,
): Promise<{ orders: readonly OrderId[] } | undefined> {
  const orders = await chooseOrders(
    collector,
    new Arguments(argument),
    vscode.l10n.t("Choose orders to watch for another certificate"),
    (order) => (order.certificates.length > 0 || order.answer?.outcome.kind === "refused") && !isWatched(order),
  );
  if (orders.length === 0) return undefined;
  await collector.book.record(orders.map((id) => ({ type: "watched", id })));
  tellNext(collector, orders);
  return { orders };
}

/** Schedules one check in 15 minutes, sooner than the usual pace. */
export async function lookOnce(
  { collector }: Program,
  argument: unknown,
): Promise<{ orders: readonly OrderId[] } | undefined> {
  const orders = await chooseOrders(
    collector,
    new Arguments(argument),
    vscode.l10n.t("Choose orders to check once in 15 minutes"),
    ({ id }) => collector.facts(id)?.check.due !== undefined,
  );
  if (orders.length === 0) return undefined;
  const now = Date.now();
  await collector.book.record(
    orders.flatMap((id) => {
      const order = collector.book.get(id);
      return order === undefined ? [] : { type: "look-armed", id, due: lookDue(order, now) };
    }),
  );
  tellNext(collector, orders);
  return { orders };
}

/** Says when the next check takes place. */
function tellNext(collector: Collector, ids: readonly OrderId[]): void {
  const [facts, ...others] = ids.flatMap((id) => collector.facts(id) ?? []);
  const due = facts?.check.due;
  if (facts === undefined || due === undefined) return;
  const at = timeWords(due, Date.now(), locale);
  const summary =
    others.length === 0
      ? vscode.l10n.t("{0} will be checked again at {1}.", titleOf(facts.order), at)
      : vscode.l10n.t("{0} orders will be checked again, the first at {1}.", ids.length, at);
  showInStatusBar(summary, STATUS_MESSAGE);
}
