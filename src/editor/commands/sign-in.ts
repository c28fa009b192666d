import { freezeSaid } from "../../orders/checking/guard";
import * as vscode from "vscode";
import { PRODUCT_FACTS } from "../../api/product";
import type { Account, AccountId, CaName, Order, OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import { Arguments, ArgumentError } from "../base/arguments";
import type { Collector } from "../window/collector";
import { commandId } from "../base/contributions";
import type { Program } from "../window/program";
import { caWords } from "../../orders/presentation/order-words";
import { inSentences, locale, localize } from "../base/localize";
import { accountChoice, chooseAccount, chooseOrder, chooseOrders } from "./choices";
import { typedProblem } from "./typed-value";
import { showInformation, showInput, showPick } from "../base/messages";
import { phrase } from "../../words/phrase";

/**
 * Allows one call with the stored password of a login that the CA refused, once a person has typed that the cause is
 * fixed.
 */
export async function trySignIn({ collector }: Program, argument: unknown): Promise<{ account: string } | undefined> {
  const given = new Arguments(argument);
  const isFrozen = ({ frozen }: Account): boolean => frozen !== undefined;
  const account = await chooseAccount(collector, given, localize("Which account?"), isFrozen, {
    words: localize("The CA did not refuse any sign-in, so there is nothing to try again."),
  });
  if (account === undefined) return undefined;
  if (account.frozen === undefined) {
    void showInformation(
      localize("The sign-in for “{0}” was not refused, so there is nothing to try again.", account.label),
    );
    return undefined;
  }
  const phrase = localize("try once");
  const typed = await showInput({
    title: localize("Try to Sign In “{0}” Once", account.label),
    prompt: localize(
      "The CA said: {0} It counts failed sign-ins and locks the account after a few. If you are sure of the stored password, type “{1}” to make one call with it.",
      freezeSaid(account.frozen),
      phrase,
    ),
    check: (text) =>
      text === "" || text.toLowerCase() === phrase.toLowerCase() ? undefined : localize("Type “{0}” to agree.", phrase),
  });
  if (typed === undefined || typed === "") return undefined;
  await collector.accounts.tryOnce(account);
  return { account: account.id };
}

/** Assigns orders to another account at the same CA, for example after theirs was removed. */
export async function changeAccount(
  { collector }: Program,
  argument: unknown,
): Promise<{ orders: readonly OrderId[]; account: string } | undefined> {
  const given = new Arguments(argument);
  const ids = await chooseOrders(
    collector,
    given,
    localize("Choose orders that belong to another account"),
    ({ account }) => account !== undefined,
    { words: localize("All orders go by their collection codes, and need no account.") },
  );
  const orders = ids.flatMap((id) => collector.book.get(id) ?? []).filter(({ account }) => account !== undefined);
  const [ca, ...others] = new Set(orders.map((order) => order.ca));
  if (ca === undefined) return undefined;
  if (others.length > 0) {
    throw new ArgumentError(phrase("These orders are at different CAs. Choose orders at one CA."));
  }
  const account = await accountOf(collector, ca, given.text("account"), new Set(orders.map((order) => order.account)));
  if (account === undefined) return undefined;
  await collector.book.record(
    orders.map(({ id, product, reference }) => ({ type: "tracked", id, ca, product, reference, account: account.id })),
  );
  return { orders: orders.map(({ id }) => id), account: account.id };
}

/** @param present the accounts of the orders: the only one is not offered again */
async function accountOf(
  collector: Collector,
  ca: CaName,
  named: string | undefined,
  present: ReadonlySet<AccountId | undefined>,
): Promise<Account | undefined> {
  const accounts = collector.book.accounts().filter((account) => account.ca === ca);
  if (named !== undefined) {
    const account = accounts.find(({ id }) => id === named);
    if (account === undefined) throw new ArgumentError(phrase("There is no account “{0}” at that CA.", named));
    return account;
  }
  const others = accounts.filter(({ id }) => present.size > 1 || !present.has(id));
  if (others.length === 0) {
    const add = localize("Add Account…");
    const chosen = await showInformation(localize("You have no other account at the CA of these orders."), add);
    if (chosen === add) await vscode.commands.executeCommand(commandId("addAccount"));
    return undefined;
  }
  const placeholder = localize("Which account do they belong to?");
  return showPick({ title: localize("Choose an Account"), placeholder, choices: others.map(accountChoice) });
}

/** Asks for an order's collection code, puts it into the secret storage, and fetches the certificate with it. */
export async function enterCode({ collector }: Program, argument: unknown): Promise<{ order: OrderId } | undefined> {
  const id = await chooseOrder(
    collector,
    new Arguments(argument),
    localize("Choose an order to enter its collection code"),
    takesCode,
    { words: localize("No order takes a collection code.") },
  );
  const order = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || order === undefined || !takesCode(order)) return undefined;
  const isRefused = collector.facts(id)?.state.status === "code-refused";
  const refusedProblem = async (text: string): Promise<string | undefined> =>
    isRefused && text === (await collector.secrets.collectionCode(order))
      ? localize("The CA refused this code. Enter a different one.")
      : undefined;
  const code = await showInput({
    title: localize("Collection Code of {0}", titleOf(order, localize)),
    prompt: inSentences(
      localize("The code from the collection e-mail. It is kept like a password."),
      localize(
        "It is sent to {0}.",
        order.account === undefined ? caWords(order.ca, locale) : accountHostOf(collector, order),
      ),
    ),
    secret: true,
    check: async (text) => {
      if (text === "") return undefined;
      return typedProblem(order.product, "collectionCode", text, locale) ?? (await refusedProblem(text));
    },
  });
  if (!code) return undefined;
  await collector.enterCode(id, code);
  return { order: id };
}

/**
 * Whether an order can use a collection code: it is identified by one, or its endpoint accepts one besides the number.
 */
function takesCode({ reference, product }: Order): boolean {
  return reference.kind === "collectionCode" || PRODUCT_FACTS[product].collectionCode !== "never";
}

function accountHostOf({ book }: Collector, order: Order): string {
  const account = book.account(order.account ?? "");
  return account === undefined || account.host === "" ? caWords(order.ca, locale) : account.host;
}
