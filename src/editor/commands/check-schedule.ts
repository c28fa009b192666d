import type { OrderId } from "../../orders/model/order";
import { isWatched, lookDue } from "../../orders/checking/schedule";
import { canBeWatched } from "../../orders/checking/watchable";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import type { Collector } from "../window/collector";
import { timeWords } from "../../orders/presentation/time-words";
import { localize, locale } from "../base/localize";
import type { Program } from "../window/program";
import { chooseOrders, type DeadEnd } from "./choices";
import { offerUndo } from "./offer-undo";
import { showInStatusBar } from "../base/messages";

/** ms for which the status bar confirms the request; the row shows it permanently. */
const STATUS_MESSAGE = 6_000;

/** Stops the automatic checks of orders. */
export async function pauseChecks({ collector }: Program, argument: unknown): Promise<Paused | undefined> {
  const question = localize("Choose orders whose checks to pause");
  const orders = await chooseOrders(collector, new Arguments(argument), question, ({ paused }) => !paused, {
    words: localize("The checks of all orders are paused already."),
  });
  if (orders.length === 0) return undefined;
  await collector.book.record(orders.map((id) => ({ type: "paused", id })));
  return { orders };
}

/** Undoes {@link pauseChecks}. */
export async function resumeChecks({ collector }: Program, argument: unknown): Promise<Paused | undefined> {
  const question = localize("Choose orders whose checks to resume");
  const orders = await chooseOrders(collector, new Arguments(argument), question, ({ paused }) => paused, {
    words: localize("The checks of no single order are paused."),
  });
  if (orders.length === 0) return undefined;
  await collector.book.record(orders.map((id) => ({ type: "resumed", id })));
  return { orders };
}

/** The orders whose checks were paused or resumed. */
export interface Paused {
  readonly orders: readonly OrderId[];
}

/** Stops the automatic checks of all orders, in all windows. */
export async function pauseAllChecks({ collector }: Program): Promise<{ paused: "all" }> {
  await collector.book.record([{ type: "checks-paused" }]);
  const done = localize("Orders are not checked automatically until you resume checks.");
  void offerUndo(collector, done, () => resume(collector), localize("Resume"));
  return { paused: "all" };
}

/** Undoes {@link pauseAllChecks}. */
export async function resumeAllChecks({ collector }: Program): Promise<{ resumed: "all" }> {
  await resume(collector);
  return { resumed: "all" };
}

async function resume({ book }: Collector): Promise<void> {
  await book.record([{ type: "checks-resumed" }]);
}

/** Has orders checked again: for a reissue, or after a final answer. Collected certificates stay where they are. */
export async function watchAgain(
  { collector }: Program,
  argument: unknown,
): Promise<{ orders: readonly OrderId[] } | undefined> {
  const orders = await chooseOrders(
    collector,
    new Arguments(argument),
    localize("Choose orders to watch for another certificate"),
    canBeWatched,
    { words: localize("Each order still waits for its certificate, or is watched already.") },
  );
  if (orders.length === 0) return undefined;
  await collector.book.record(orders.map((id) => ({ type: "watched", id })));
  tellNext(collector, orders);
  return { orders };
}

/** Ends {@link watchAgain}. */
export async function stopWatching(
  { collector }: Program,
  argument: unknown,
): Promise<{ orders: readonly OrderId[] } | undefined> {
  const question = localize("Choose orders to watch no longer");
  const orders = await chooseOrders(collector, new Arguments(argument), question, isWatched, {
    words: localize("No order is watched for another certificate."),
    next: { label: localize("Watch for Another Certificate"), command: "watchAgain" },
  });
  if (orders.length === 0) return undefined;
  await collector.book.record(orders.map((id) => ({ type: "watched", id, at: 0 })));
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
    localize("Choose orders to check once in 15 minutes"),
    ({ id }) => collector.facts(id)?.check.due !== undefined,
    noneWaits(),
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

function noneWaits(): DeadEnd {
  return {
    words: localize("No order is waiting."),
    next: { label: localize("Track Order…"), command: "trackOrder" },
  };
}

/** Says when the next check takes place. */
function tellNext(collector: Collector, ids: readonly OrderId[]): void {
  const [facts, ...others] = ids.flatMap((id) => collector.facts(id) ?? []);
  const due = facts?.check.due;
  if (facts === undefined || due === undefined) return;
  const at = timeWords(due, Date.now(), locale);
  const summary =
    others.length === 0
      ? localize("{0} will be checked again at {1}.", titleOf(facts.order, localize), at)
      : localize("{0} orders will be checked again, the first at {1}.", ids.length, at);
  showInStatusBar(summary, STATUS_MESSAGE);
}
