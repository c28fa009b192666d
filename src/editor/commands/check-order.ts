import type { AskResult } from "../../orders/checking/ask";
import type { CheckSummary } from "../../orders/checking/check-many";
import type { Order, OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import type { CallForm } from "../../orders/ports";
import { mayAsk } from "../../orders/checking/schedule";
import { Arguments } from "../base/arguments";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { timeWords } from "../../orders/presentation/time-words";
import { localize, locale } from "../base/localize";
import { chooseOrders } from "./choices";
import { isArchived } from "./edit-orders";
import { showCheckResult } from "./result-messages";
import { withLockHolderShown } from "./lock-holder";
import { checkAll } from "./bulk-check";
import { showInformation, withProgress } from "../base/messages";

/** What a program is told about a check. */
export interface CheckOutcome {
  readonly order: OrderId;
  /** `answered`, or why the order was not checked. */
  readonly result: AskResult["kind"];
  readonly group: string;
  readonly words: string;
}

/** Checks one order now, as far as the CA's rules let a person do so; several selected orders as {@link checkAll}. */
export async function checkOrder(
  program: Program,
  argument: unknown,
): Promise<CheckOutcome | CheckSummary | undefined> {
  const given = new Arguments(argument);
  if (given.list("orders") !== undefined) return checkAll(program, argument);
  const { collector } = program;
  const question = localize("Choose orders to check");
  const isKept = (order: Order): boolean => !isArchived(collector, order);
  const [id, ...others] = await chooseOrders(collector, given, question, isKept, {
    words: localize("All orders are archived, so none is checked."),
    next: { label: localize("Show Archived Orders"), command: "showArchived" },
  });
  if (id === undefined) return undefined;
  return others.length === 0 ? checkForPerson(program, id) : checkAll(program, { orders: [id, ...others] });
}

/** Checks one order as {@link checkWithProgress} does. */
export async function checkForPerson(program: Program, id: OrderId): Promise<CheckOutcome | undefined> {
  const result = await checkWithProgress(program, id);
  return result && checkOutcome(program.collector, id, result.kind);
}

/**
 * Checks one order with progress and cancel, asks first if the CA wants a longer wait, and reports what prevented the
 * check.
 * @param form parameters to send instead of the default
 */
export async function checkWithProgress(
  program: Program,
  id: OrderId,
  form?: CallForm,
): Promise<AskResult | undefined> {
  const { collector } = program;
  const facts = collector.facts(id);
  if (facts === undefined) return undefined;
  const { check } = facts;
  const title = titleOf(facts.order, localize);
  const may = mayAsk(check, Date.now());
  if (may === "no" && check.sooner !== undefined) {
    void showInformation(
      localize(
        "{0} was checked just now, and can be checked again at {1}.",
        title,
        timeWords(check.sooner, Date.now(), locale),
      ),
    );
    return { kind: "not-now", check };
  }
  if (may === "after-agreeing") {
    const ask = localize("Check Anyway");
    const chosen = await showInformation(
      localize(
        "The CA asks you to wait until {0} before checking {1} again.",
        timeWords(check.free ?? check.due ?? Date.now(), Date.now(), locale),
        title,
      ),
      ask,
    );
    if (chosen !== ask) return { kind: "not-now", check };
    await collector.agree(id);
  }
  const result = await withProgress(localize("Checking {0}", title), (signal, progress) =>
    withLockHolderShown(
      collector,
      [facts.order.ca],
      (words) => progress.report(words),
      () => (form === undefined ? collector.check(id, signal) : collector.checkAs(id, form, signal)),
    ),
  );
  await showCheckResult(program, id, result);
  return result;
}

function checkOutcome(collector: Collector, id: OrderId, result: AskResult["kind"]): CheckOutcome {
  const state = collector.facts(id)?.state;
  return { order: id, result, group: state?.group ?? "", words: state?.words ?? "" };
}
