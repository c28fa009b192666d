import * as vscode from "vscode";
import type { Account, AccountId, CaName, Order, OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import { ArgumentError, type Arguments } from "../base/arguments";
import type { Collector } from "../window/collector";
import { hostProblem, readCaHost } from "./ca-host";
import { caWords, productName, referenceWords } from "../../orders/presentation/order-words";
import { locale } from "../base/localize";
import { showInformation, showPick, showPickMany, type Choice } from "../base/messages";

/**
 * The order that a command is about: the one its argument names, or the one a person picks.
 * @param suits which orders make sense for the command
 * @returns undefined when the person leaves
 * @throws ArgumentError when the argument names an order that is not tracked
 */
export async function chooseOrder(
  collector: Collector,
  given: Arguments,
  placeholder: string,
  suits: (order: Order) => boolean = () => true,
): Promise<OrderId | undefined> {
  const named = given.text("order");
  if (named !== undefined) return tracked(collector, named);
  const choices = orderChoices(collector, suits);
  return choices && showPick({ title: vscode.l10n.t("Choose an Order"), placeholder, choices, stays: false });
}

/**
 * The orders that a command is about, as {@link chooseOrder}: `orders` of its argument, or `order`, or those that a
 * person picks.
 * @returns empty when the person leaves
 * @throws ArgumentError as {@link chooseOrder} does
 */
export async function chooseOrders(
  collector: Collector,
  given: Arguments,
  placeholder: string,
  suits: (order: Order) => boolean = () => true,
): Promise<readonly OrderId[]> {
  const one = given.text("order");
  const named = given.list("orders") ?? (one === undefined ? undefined : [one]);
  if (named !== undefined) return named.map((id) => tracked(collector, id));
  const choices = orderChoices(collector, suits);
  if (choices === undefined) return [];
  return (await showPickMany({ title: vscode.l10n.t("Choose Orders"), placeholder, choices, stays: false })) ?? [];
}

function tracked(collector: Collector, id: OrderId): OrderId {
  if (collector.book.get(id) !== undefined) return id;
  throw new ArgumentError(vscode.l10n.t("The order “{0}” is not tracked.", id));
}

/** The orders to choose from, by name; `undefined`, after telling the person, when there are none. */
function orderChoices(collector: Collector, suits: (order: Order) => boolean): readonly Choice<OrderId>[] | undefined {
  const orders = [...collector.book.orders()].filter(suits);
  if (orders.length === 0) {
    void showInformation(vscode.l10n.t("This command does not apply to any tracked order yet."));
    return undefined;
  }
  return orders
    .map((order) => ({
      label: titleOf(order),
      description: `${productName(order.product, locale)}, ${referenceWords(order, locale)}`,
      detail: collector.facts(order.id)?.state.words ?? "",
      value: order.id,
    }))
    .sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }));
}

/**
 * The account that a command is about, as {@link chooseOrder}. If there is only one, it is not asked for.
 * @throws ArgumentError when the argument names an unknown account
 */
export async function chooseAccount(
  collector: Collector,
  given: Arguments,
  placeholder: string,
): Promise<Account | undefined> {
  const accounts = collector.book.accounts();
  const named = given.text("account");
  if (named !== undefined) return accountNamed(accounts, named);
  if (accounts.length <= 1) {
    if (accounts.length === 0) void showInformation(vscode.l10n.t("There are no accounts yet. Add one first."));
    return accounts[0];
  }
  return showPick({ title: vscode.l10n.t("Choose an Account"), placeholder, choices: accounts.map(accountChoice) });
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
  return `${loginName} @ ${ca === "sandbox" ? vscode.l10n.t("sandbox") : host}`;
}

function accountNamed(accounts: readonly Account[], id: AccountId): Account {
  const account = accounts.find((each) => each.id === id);
  if (account === undefined) throw new ArgumentError(vscode.l10n.t("There is no account “{0}”.", id));
  return account;
}
