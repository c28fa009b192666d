import * as vscode from "vscode";
import { PRODUCTS } from "../../api/product";
import { findingTitle, findingWords } from "../../orders/finding/finding-words";
import { trackingLines, type Discovery, type FoundOrder } from "../../orders/finding/discovery";
import type { Account, OrderId } from "../../orders/model/order";
import { inSentences, locale, localize } from "../base/localize";
import {
  showInformation,
  showPick,
  showPickMany,
  withQuietProgress,
  type Choice,
  type Heading,
} from "../base/messages";
import { commandId } from "../base/contributions";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { takeBack } from "./offer-undo";
import { productChoice } from "./track-one";
import { canWatchByReport, watchOfferWords } from "./watch-by-report";
import { inRow } from "../../words/localize";

/** More orders than this are chosen by their status, not one by one. */
const LISTED = 5_000;

/** Orders that are written to disk at once. */
const BATCH = 500;

/**
 * Shows what the CA lists, what is not tracked yet in front.
 * @param notes what the list does not hold
 * @returns the orders to track, `undefined` when the person left
 */
export async function chooseFound(
  account: Account,
  discovery: Discovery,
  notes: readonly string[],
): Promise<readonly FoundOrder[] | undefined> {
  const { fresh, tracked, elsewhere, unusable } = discovery;
  const count = fresh.reduce((sum, { orders }) => sum + orders.length, 0);
  const facts = [
    count === 1
      ? localize("1 order is not tracked yet")
      : localize("{0} orders are not tracked yet", shownCount(count)),
    ...(tracked.length > 0 ? [localize("{0} tracked already", shownCount(tracked.length))] : []),
    ...(unusable > 0 ? [localize("{0} without a usable number", shownCount(unusable))] : []),
    ...notes,
  ];
  const placeholder = inRow(facts, localize);
  const title = localize("Track Orders of “{0}”", account.label);
  // A search may have taken a minute, and Enter alone marks nothing.
  const unmarked = localize("Tick the orders to track, or press Escape");
  if (count + tracked.length + elsewhere.length > LISTED) {
    const groups = await showPickMany({ title, placeholder, choices: fresh.map(groupChoice), unmarked });
    return groups?.flat();
  }
  const choices = [
    ...fresh.flatMap((group) => listed(statusWords(group), group.orders)),
    ...listed(localize("Tracked already"), tracked),
    ...listed(localize("Not collected here"), elsewhere),
  ];
  const picked = await showPickMany({ title, placeholder, choices, unmarked });
  const others = new Set([...tracked, ...elsewhere]);
  return picked?.filter((found) => !others.has(found));
}

/**
 * Tracks orders with what the CA says of them, and asks once what those are that do not say it.
 * @returns those that were not tracked before
 */
export async function trackFound(
  program: Program,
  account: Account,
  picked: readonly FoundOrder[],
): Promise<readonly OrderId[]> {
  const { collector } = program;
  const { book } = collector;
  const settled = await withProducts(picked);
  const lines = trackingLines(settled ?? [], account, (name) => book.idOf(name));
  const ids = lines.flatMap((line) => (line.type === "tracked" && book.get(line.id) === undefined ? line.id : []));
  const isNew = new Set(ids);
  const written = lines.filter((line) => "id" in line && isNew.has(line.id));
  await withQuietProgress(localize("Tracking orders"), async () => {
    for (let from = 0; from < written.length; from += 2 * BATCH)
      await book.record(written.slice(from, from + 2 * BATCH));
  });
  const [first] = ids;
  if (first === undefined) return [];
  await program.reveal(first, true);
  void tellTracked(collector, account, ids);
  return ids;
}

/** @returns undefined when the person left */
async function withProducts(picked: readonly FoundOrder[]): Promise<readonly FoundOrder[] | undefined> {
  const unsaid = picked.filter(({ isGuessed }) => isGuessed).length;
  if (unsaid === 0) return picked;
  const product = await showPick({
    title: localize("Track Orders"),
    placeholder:
      unsaid === 1
        ? localize("What was ordered? 1 order does not say.")
        : localize("What was ordered? {0} orders do not say.", unsaid),
    choices: PRODUCTS.map(productChoice),
  });
  if (product === undefined) return undefined;
  return picked.map((found) => (found.isGuessed ? { ...found, product } : found));
}

/** Says that there is nothing to tick, and what one report can do for what is tracked. */
export async function tellNothingNew(collector: Collector, account: Account, { tracked }: Discovery): Promise<void> {
  const words =
    tracked.length === 0
      ? localize("The CA lists no order of “{0}” that can be collected here.", account.label)
      : localize(
          "All orders of “{0}” that the CA lists are tracked already: {1}.",
          account.label,
          shownCount(tracked.length),
        );
  if (tracked.length === 0 || !canWatchByReport(collector, account)) return void showInformation(words);
  const watch = localize("Watch by Report");
  if ((await showInformation(inSentences(words, watchOfferWords()), watch)) === watch)
    await vscode.commands.executeCommand(commandId("watchByReport"), { account: account.id });
}

/** Says how many, with the way back and what one report can do for all of them. */
async function tellTracked(collector: Collector, account: Account, ids: readonly OrderId[]): Promise<void> {
  const done =
    ids.length === 1
      ? localize("1 order is now tracked")
      : localize("{0} orders are now tracked", shownCount(ids.length));
  const undo = localize("Undo");
  const watch = localize("Watch by Report");
  const isOffered = canWatchByReport(collector, account);
  const chosen = await (isOffered
    ? showInformation(localize("{0}. {1}", done, watchOfferWords()), watch, undo)
    : showInformation(localize("{0}.", done), undo));
  if (chosen === watch) await vscode.commands.executeCommand(commandId("watchByReport"), { account: account.id });
  if (chosen === undo)
    await takeBack(collector, () => collector.book.record(ids.map((id) => ({ type: "forgotten", id }))));
}

function listed(heading: string, orders: readonly FoundOrder[]): (Choice<FoundOrder> | Heading)[] {
  return orders.length === 0 ? [] : [{ heading }, ...orders.map(foundChoice)];
}

function foundChoice(found: FoundOrder): Choice<FoundOrder> {
  return { label: findingTitle(found), description: findingWords(found, locale), value: found };
}

function groupChoice(group: Discovery["fresh"][number]): Choice<readonly FoundOrder[]> {
  const { orders } = group;
  return {
    label: statusWords(group),
    description: localize("{0} orders", shownCount(orders.length)),
    value: orders,
  };
}

/** The CA's word. */
function statusWords({ status }: Discovery["fresh"][number]): string {
  return status === "" ? localize("No status") : status;
}

/** A number as the reader writes it. */
export function shownCount(count: number): string {
  return count.toLocaleString(locale.language);
}
