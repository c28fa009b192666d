import * as vscode from "vscode";
import type { Account, AccountId, CaName, Order, OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import { ArgumentError, type Arguments } from "../base/arguments";
import { commandId, type CommandName } from "../base/contributions";
import type { Collector } from "../window/collector";
import { certificateLookedAt, selectedOrders } from "../window/looking";
import { hostProblem, readCaHost } from "./ca-host";
import { caWords, orderedWords } from "../../orders/presentation/order-words";
import { localize, locale } from "../base/localize";
import { showInformation, showPick, showPickMany, type Choice } from "../base/messages";
import { phrase } from "../../words/phrase";

/** Why there is nothing to choose from, in a sentence, and what leads further. */
export interface DeadEnd {
  readonly words: string;
  readonly next?: { readonly label: string; readonly command: CommandName; readonly argument?: object };
}

/** Which orders make sense for a command, and what to say if there are none: nothing, if all do. */
type Fitting = readonly [] | readonly [suits: (order: Order) => boolean, none: DeadEnd];

/**
 * The order that a command is about: the one its argument names, else the one whose page or document is active, else
 * the selected row, else the one a person picks. With `selected: true` in the argument, as keybindings have it, none
 * but the selected row of an order counts.
 * @param question a sentence without a full stop
 * @param fitting which orders make sense for the command; what to say if there are none
 * @returns undefined when the person leaves
 * @throws ArgumentError when the argument names an order that is not tracked
 */
export async function chooseOrder(
  collector: Collector,
  given: Arguments,
  question: string,
  ...fitting: Fitting
): Promise<OrderId | undefined> {
  const [suits = () => true, none] = fitting;
  const named = given.text("order");
  if (named !== undefined) return tracked(collector, named);
  const seen = await lookedAt(collector, given, suits);
  if (seen.length === 1 || (seen.length === 0 && isOfSelection(given))) return seen[0];
  // Of several rows that are selected, the person says which.
  const isOffered = (order: Order): boolean => suits(order) && (seen.length === 0 || seen.includes(order.id));
  const choices = orderChoices(collector, isOffered, none);
  return choices && showPick({ title: question, placeholder: placeholder(), choices, stays: false });
}

/**
 * The orders that a command is about, as {@link chooseOrder}: `orders` of its argument, or `order`, or the one whose
 * page or document is active, or all selected rows, or those that a person picks.
 * @returns empty when the person leaves
 * @throws ArgumentError as {@link chooseOrder} does
 */
export async function chooseOrders(
  collector: Collector,
  given: Arguments,
  question: string,
  ...fitting: Fitting
): Promise<readonly OrderId[]> {
  const [suits = () => true, none] = fitting;
  const one = given.text("order");
  const named = given.list("orders") ?? (one === undefined ? undefined : [one]);
  if (named !== undefined) return named.map((id) => tracked(collector, id));
  const seen = await lookedAt(collector, given, suits, true);
  if (seen.length > 0 || isOfSelection(given)) return seen;
  const choices = orderChoices(collector, suits, none);
  if (choices === undefined) return [];
  return (await showPickMany({ title: question, placeholder: placeholder(), choices, stays: false })) ?? [];
}

function placeholder(): string {
  return localize("Name, number or state");
}

function isOfSelection(given: Arguments): boolean {
  return given.flag("selected") === true;
}

/** The orders before the person for which a command makes sense: the one of the active editor, else those selected. */
async function lookedAt(
  collector: Collector,
  given: Arguments,
  suits: (order: Order) => boolean,
  isForMany = false,
): Promise<readonly OrderId[]> {
  // A key is about nothing else.
  if (isOfSelection(given)) await collector.looking.drawn();
  const before = collector.looking.at();
  const does = (id: OrderId): boolean => {
    const order = collector.book.get(id);
    return order !== undefined && suits(order);
  };
  if (isOfSelection(given)) return selectedOrders(before).filter(does);
  const selected = [...new Set(before.selected.map(({ order }) => order))].filter(does);
  // Several rows are selected on purpose; one is by the click that opened the page.
  if (selected.length > 1 && isForMany) return selected;
  if (before.page !== undefined && does(before.page.order)) return [before.page.order];
  return selected;
}

/**
 * Which certificate of an order a command is about: the one that its argument names, or the one before the person
 * unless the argument names an order. Its serial number in hex; `undefined` for the newest.
 */
export function certificateFor(collector: Collector, given: Arguments, order: OrderId): string | undefined {
  const isNamed = given.text("order") !== undefined || given.list("orders") !== undefined;
  return given.text("serialNumber") ?? (isNamed ? undefined : certificateLookedAt(collector.looking.at(), order));
}

function tracked(collector: Collector, id: OrderId): OrderId {
  if (collector.book.get(id) !== undefined) return id;
  throw new ArgumentError(phrase("The order “{0}” is not tracked.", id));
}

/** The orders to choose from, by name; `undefined`, after telling the person why and what next, when there are none. */
function orderChoices(
  collector: Collector,
  suits: (order: Order) => boolean,
  none: DeadEnd | undefined,
): readonly Choice<OrderId>[] | undefined {
  const all = [...collector.book.orders()];
  const orders = all.filter(suits);
  if (orders.length === 0) {
    void tellDeadEnd(all.length === 0 || none === undefined ? nothingTracked() : none);
    return undefined;
  }
  return orders
    .map((order) => ({
      label: titleOf(order, localize),
      description: orderedWords(order, locale),
      detail: collector.facts(order.id)?.state.words ?? "",
      value: order.id,
    }))
    .sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }));
}

/** Says why a command cannot go on, with the one thing that leads further, if there is one. */
export async function tellDeadEnd({ words, next }: DeadEnd): Promise<void> {
  if (next === undefined) {
    void showInformation(words);
    return;
  }
  if ((await showInformation(words, next.label)) !== next.label) return;
  await vscode.commands.executeCommand(commandId(next.command), next.argument);
}

/** What to say where no order is tracked. */
export function nothingTracked(): DeadEnd {
  return {
    words: localize("No orders are tracked yet."),
    next: { label: localize("Track Order…"), command: "trackOrder" },
  };
}

/** What to say where a certificate is wanted and none was collected. */
export function noCertificate(): DeadEnd {
  return {
    words: localize("No certificate is here yet."),
    next: { label: localize("Check All Orders"), command: "checkAll" },
  };
}

/** What to say where no certificate was collected for an order that was named. */
export function noCertificateOf({ book }: Collector, id: OrderId): DeadEnd {
  const order = book.get(id);
  return {
    words: localize("No certificate is here for {0} yet.", order === undefined ? id : titleOf(order, localize)),
    next: { label: localize("Check Now"), command: "checkOrder", argument: { order: id } },
  };
}

/**
 * The account that a command is about, as {@link chooseOrder}: that of an order that the argument names, too. If there
 * is only one that fits, it is not asked for.
 * @param fitting which accounts make sense for the command; what to say if there are none; how each of them stands
 * @throws ArgumentError when the argument names an unknown account
 */
export async function chooseAccount(
  collector: Collector,
  given: Arguments,
  question: string,
  ...fitting:
    readonly [] | readonly [suits: (account: Account) => boolean, none: DeadEnd, state?: (account: Account) => string]
): Promise<Account | undefined> {
  const [suits = () => true, none, state] = fitting;
  const { book } = collector;
  const all = book.accounts();
  const named = given.text("account") ?? book.account(book.get(given.text("order") ?? "")?.account ?? "")?.id;
  if (named !== undefined) return accountNamed(all, named);
  const accounts = all.filter(suits);
  if (accounts.length <= 1) {
    if (accounts.length === 0) void tellDeadEnd(all.length === 0 || none === undefined ? noAccount() : none);
    return accounts[0];
  }
  const choices = accounts.map((account) => ({
    ...accountChoice(account),
    ...(state !== undefined && { detail: state(account) }),
  }));
  return showPick({ title: question, placeholder: localize("Name or server"), choices });
}

/** What to say where an account is wanted and none was added. */
export function noAccount(): DeadEnd {
  return {
    words: localize("No account was added yet."),
    next: { label: localize("Add Account…"), command: "addAccount" },
  };
}

/** The CAs where an order without an account can be: Sectigo itself, and wherever an account is. */
export function knownCas(accounts: readonly Account[]): readonly CaName[] {
  return [...new Set<CaName>(["sectigo", ...accounts.map(({ ca }) => ca)])];
}

/** The CA of a host among {@link knownCas}. */
export function knownCaAt(host: string, accounts: readonly Account[]): CaName | undefined {
  if (hostProblem(host) !== undefined) return undefined;
  const { ca } = readCaHost(host);
  return knownCas(accounts).find((known) => known === ca);
}

/** A CA as an item of a list. */
export function caChoice(ca: CaName): Choice<CaName> {
  return { label: caWords(ca, locale), value: ca };
}

/** An account as an item of a list. */
export function accountChoice(account: Account): Choice<Account> {
  return { label: account.label, description: accountHost(account), value: account };
}

/** The host of an account; for the sandbox its name, since its port changes at each start. */
export function accountHost({ loginName, host, ca }: Omit<Account, "id">): string {
  return `${loginName} @ ${ca === "sandbox" ? localize("sandbox") : host}`;
}

function accountNamed(accounts: readonly Account[], id: AccountId): Account {
  const account = accounts.find((each) => each.id === id);
  if (account === undefined) throw new ArgumentError(phrase("There is no account “{0}”.", id));
  return account;
}
