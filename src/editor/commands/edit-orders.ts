import { allOf, phrase, type Phrase } from "../../words/phrase";
import type { OrderEvent } from "../../orders/journal/events";
import type { Order, OrderId } from "../../orders/model/order";
import { MAX_TAGS } from "../../orders/model/label";
import { titleOf } from "../../orders/presentation/state";
import { Arguments, ArgumentError } from "../base/arguments";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { chooseOrder, chooseOrders, type DeadEnd } from "./choices";
import { labelProblemSaid } from "./label-words";
import { offerUndo } from "./offer-undo";
import { showInput } from "../base/messages";
import { localize } from "../base/localize";

/** Gives an order the person's own name; an empty name removes it. */
export async function renameOrder(
  { collector }: Program,
  argument: unknown,
): Promise<{ order: OrderId; label: string } | undefined> {
  const given = new Arguments(argument);
  const id = await chooseOrder(collector, given, localize("Choose an order to rename"));
  const order = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || order === undefined) return undefined;
  const label =
    given.text("label") ??
    (await showInput({
      title: localize("Rename {0}", titleOf(order, localize)),
      prompt: localize("Your own name for this order. Leave it empty to use its domain."),
      value: order.label ?? "",
      check: labelProblemSaid,
    }));
  if (label === undefined) return undefined;
  const problem = labelProblemSaid(label.trim());
  if (problem !== undefined) throw new ArgumentError(problem);
  await collector.book.record([{ type: "renamed", id, label: label.trim() }]);
  return { order: id, label: label.trim() };
}

/** Sets tags: the argument's tags replace all, or a person edits those that the orders have in common. */
export async function tagOrder(
  { collector }: Program,
  argument: unknown,
): Promise<{ orders: readonly OrderId[] } | undefined> {
  const given = new Arguments(argument);
  const ids = await chooseOrders(collector, given, localize("Choose orders to tag"));
  const orders = ids.flatMap((id) => collector.book.get(id) ?? []);
  if (orders.length === 0) return undefined;
  const [first, ...others] = orders;
  const common = first?.tags.filter((tag) => others.every(({ tags }) => tags.includes(tag))) ?? [];
  const named = given.list("tags");
  const typed = named ?? (await typeTags(collector, orders, common));
  if (typed === undefined) return undefined;
  const problem = tagsProblem(typed);
  if (problem !== undefined) throw new ArgumentError(problem);
  const tagsOf = ({ tags }: Order): readonly string[] =>
    named ?? [...new Set([...tags.filter((tag) => !common.includes(tag)), ...typed])].slice(0, MAX_TAGS);
  await collector.book.record(orders.map((order) => ({ type: "tagged", id: order.id, tags: tagsOf(order) })));
  return { orders: ids };
}

async function typeTags(
  collector: Collector,
  orders: readonly Order[],
  common: readonly string[],
): Promise<readonly string[] | undefined> {
  const [first] = orders;
  const known = [...new Set([...collector.book.orders()].flatMap(({ tags }) => tags))].sort().slice(0, SHOWN_TAGS);
  const text = await showInput({
    title:
      orders.length === 1 && first !== undefined
        ? localize("Tag {0}", titleOf(first, localize))
        : localize("Tag {0} Orders", orders.length),
    prompt:
      known.length === 0
        ? localize("Your own words to group by, for example a customer, separated by commas.")
        : localize("Your own words to group by, separated by commas. In use: {0}.", allOf(known)),
    value: common.join(", "),
    check: (typed) => tagsProblem(tagsIn(typed)),
    stays: false,
  });
  return text === undefined ? undefined : tagsIn(text);
}

/** Tags in use that the prompt names. */
const SHOWN_TAGS = 10;

function tagsIn(text: string): readonly string[] {
  return [...new Set(text.split(",").map((tag) => tag.trim()))].filter((tag) => tag !== "");
}

/** What is wrong with tags, in one sentence, or `undefined`. */
export function tagsProblem(tags: readonly string[]): Phrase | undefined {
  if (tags.length > MAX_TAGS) return phrase("At most {0} tags.", MAX_TAGS);
  return tags.map((tag) => labelProblemSaid(tag)).find((problem) => problem !== undefined);
}

/** Archives orders: they are no longer checked, and are shown only in the archive. */
export async function archiveOrder({ collector }: Program, argument: unknown): Promise<Changed | undefined> {
  const choice = localize("Choose orders to archive");
  const changed = await change(collector, argument, "archived", choice, (order) => !isArchived(collector, order), {
    words: localize("All orders are archived already."),
  });
  if (changed === undefined) return undefined;
  const [first] = changed.orders.flatMap((id) => collector.book.get(id) ?? []);
  const done =
    changed.orders.length === 1 && first !== undefined
      ? localize("{0} was archived.", titleOf(first, localize))
      : localize("{0} orders were archived.", changed.orders.length);
  void offerUndo(collector, done, () => unarchive(collector, changed.orders));
  return changed;
}

/** Takes orders out of the archive, including those that were archived automatically. */
export async function unarchiveOrder({ collector }: Program, argument: unknown): Promise<Changed | undefined> {
  const choice = localize("Choose orders to unarchive");
  return change(collector, argument, "unarchived", choice, (order) => isArchived(collector, order), {
    words: localize("No order is archived."),
  });
}

/** By the person, or automatically a while after its certificate ended. */
export function isArchived(collector: Collector, { id }: Order): boolean {
  return collector.facts(id)?.state.archived === true;
}

async function unarchive(collector: Collector, ids: readonly OrderId[]): Promise<void> {
  await collector.book.record(ids.map((id) => ({ type: "unarchived", id })));
}

/** Stops notifications about these orders. */
export async function muteOrder({ collector }: Program, argument: unknown): Promise<Changed | undefined> {
  return change(collector, argument, "muted", localize("Choose orders to mute"), ({ muted }) => !muted, {
    words: localize("All orders are muted already."),
  });
}

/** Undoes {@link muteOrder}. */
export async function unmuteOrder({ collector }: Program, argument: unknown): Promise<Changed | undefined> {
  return change(collector, argument, "unmuted", localize("Choose orders to unmute"), ({ muted }) => muted, {
    words: localize("No order is muted."),
  });
}

/** The orders that were changed. */
export interface Changed {
  readonly orders: readonly OrderId[];
}

/** Records the same event for each order that the argument names or a person picks. */
async function change(
  collector: Collector,
  argument: unknown,
  type: Extract<OrderEvent["type"], "archived" | "unarchived" | "muted" | "unmuted">,
  question: string,
  suits: (order: Order) => boolean,
  none: DeadEnd,
): Promise<Changed | undefined> {
  const orders = await chooseOrders(collector, new Arguments(argument), question, suits, none);
  if (orders.length === 0) return undefined;
  await collector.book.record(orders.map((id) => ({ type, id })));
  return { orders };
}
