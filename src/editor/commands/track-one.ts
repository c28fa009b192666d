import * as vscode from "vscode";
import { ENDPOINTS, parameterOf } from "../../api/endpoints";
import { PRODUCT_FACTS, PRODUCTS, type Product } from "../../api/product";
import type { ParsedOrder } from "../../orders/import/parsed-order";
import { accountNamed } from "../../orders/import/resolve-order";
import { NUMBER_KINDS, type Account, type CaName, type OrderId } from "../../orders/model/order";
import { PRODUCT_SHORT, productName, twinWords } from "../../orders/presentation/order-words";
import { titleOf } from "../../orders/presentation/state";
import { ArgumentError } from "../base/arguments";
import { commandId } from "../base/contributions";
import { localize, locale } from "../base/localize";
import { showInformation, type Choice } from "../base/messages";
import { runMultiStepInput, type InputStep } from "../base/multi-step-input";
import type { Program } from "../window/program";
import { askAccount } from "./accounts";
import { accountChoice, caChoice, knownCaAt, knownCas } from "./choices";
import { valueProblem } from "./typed-value";
import { anyOf, phrase } from "../../words/phrase";

/** The result of tracking one order. Plain data. */
export interface TrackedOne {
  readonly order: OrderId;
  readonly added: boolean;
}

/** What is known of an order besides its text. */
export interface TrackOptions {
  readonly product?: Product;
  readonly account?: Account;
  readonly tags?: readonly string[];
  /** Whether a person typed it: then what they tracked last counts where nothing else is said. */
  readonly isTyped: boolean;
}

/** What is decided about an order that is being tracked. */
interface Draft {
  product: Product | undefined;
  account: Account | undefined;
  /** Where an order is that a collection code alone fetches: the code is sent there. */
  ca: CaName | undefined;
}

/**
 * Tracks one order, and asks for what neither its text nor the options say.
 * @throws ArgumentError when the CA's page has no such reference or number for the product
 */
export async function trackOne(
  program: Program,
  found: ParsedOrder,
  options: TrackOptions,
): Promise<TrackedOne | undefined> {
  const { collector, memory } = program;
  const { reference } = found;
  const byCode = reference.kind === "collectionCode";
  const accounts = collector.book.accounts();
  if (!byCode && accounts.length === 0) {
    return (await askAccount(program, undefined)) && trackOne(program, found, options);
  }
  const products = productsFor(found);
  const stated = options.product ?? found.product;
  const isOpen = options.isTyped && stated === undefined;
  const remembered = isOpen ? rememberedProduct(program, byCode, products) : undefined;
  const draft: Draft = {
    product: stated ?? remembered ?? (products.length === 1 ? products[0] : undefined),
    account: byCode ? undefined : accountFor(program, found, options),
    ca: byCode ? (options.account?.ca ?? caOfCode(found, accounts)) : undefined,
  };
  const isAsked = draft.product === undefined;
  const done = await runMultiStepInput(localize("Track Order"), [
    ...(byCode || draft.account !== undefined ? [] : [accountStep(draft, accounts)]),
    ...(isAsked ? [productStep(draft, products)] : []),
    ...(byCode && draft.ca === undefined ? [caStep(draft, knownCas(accounts))] : []),
  ]);
  const { product, account } = draft;
  const ca = account?.ca ?? draft.ca;
  if (!done || product === undefined || ca === undefined) return undefined;
  checkReference(found, product);
  const result = await collector.track({ ca, product, reference }, account?.id, {
    ...(found.label !== undefined && { label: found.label }),
    ...(options.tags !== undefined && { tags: options.tags }),
    ...(found.collectionCode !== undefined && { collectionCode: found.collectionCode }),
  });
  if (options.isTyped) {
    memory.note({
      [byCode ? "codeProduct" : "product"]: product,
      ...(account !== undefined && { account: account.id }),
    });
  }
  const isListed = await program.reveal(result.id, options.isTyped);
  const tracked = { order: result.id, added: result.added };
  tellTracked(program, tracked, remembered === undefined ? [] : products, isListed);
  return tracked;
}

/** The products whose endpoints know an order by such a reference. */
export function productsFor({ reference: { kind } }: ParsedOrder): readonly Product[] {
  return PRODUCTS.filter((product) =>
    kind === "collectionCode"
      ? PRODUCT_FACTS[product].collectionCode !== "never"
      : parameterOf(ENDPOINTS[product], kind) !== undefined,
  );
}

/** What was tracked last in the same way, or else what all orders are. */
function rememberedProduct(
  { memory, collector }: Program,
  byCode: boolean,
  products: readonly Product[],
): Product | undefined {
  const tracked = new Set([...collector.book.orders()].map(({ product }) => product));
  const [all] = tracked;
  const { last } = memory;
  const product = (byCode ? last.codeProduct : last.product) ?? (tracked.size === 1 ? all : undefined);
  return product !== undefined && products.includes(product) ? product : undefined;
}

/** The account that is named, the only one, or the one of the order that was tracked last. */
function accountFor({ memory, collector }: Program, found: ParsedOrder, options: TrackOptions): Account | undefined {
  const accounts = collector.book.accounts();
  const only = accounts.length === 1 ? accounts[0] : undefined;
  const remembered = options.isTyped ? accounts.find(({ id }) => id === memory.last.account) : undefined;
  return options.account ?? accountNamed(found, { accounts }) ?? only ?? remembered;
}

/** A code is never sent to a server that nobody chose. */
function caOfCode(found: ParsedOrder, accounts: readonly Account[]): CaName | undefined {
  const { host } = found;
  const [only, ...others] = knownCas(accounts);
  if (host !== undefined) {
    const ca = knownCaAt(host, accounts);
    if (ca !== undefined) return ca;
    throw new ArgumentError(
      phrase("Its collection code is for a server where you have no account. Add an account there first."),
    );
  }
  return accountNamed(found, { accounts })?.ca ?? (others.length === 0 ? only : undefined);
}

function accountStep(draft: Draft, accounts: readonly Account[]): InputStep {
  return async (input) => {
    const placeholder = localize("Which account does the order belong to?");
    draft.account = await input.pick({ placeholder, choices: accounts.map(accountChoice) });
  };
}

function productStep(draft: Draft, products: readonly Product[]): InputStep {
  return async (input) => {
    const placeholder = localize("What was ordered?");
    draft.product = await input.pick({ placeholder, choices: products.map(productChoice) });
  };
}

function caStep(draft: Draft, cas: readonly CaName[]): InputStep {
  return async (input) => {
    const placeholder = localize("Where was it ordered? The collection code is sent there.");
    draft.ca = await input.pick({ placeholder, choices: cas.map(caChoice) });
  };
}

/** A product as an item of a list. */
export function productChoice(product: Product): Choice<Product> {
  return { label: productName(product, locale), description: ENDPOINTS[product].name, value: product };
}

/** @throws ArgumentError when the page of the product has no such reference, or forbids the number */
export function checkReference({ reference, collectionCode }: ParsedOrder, product: Product): void {
  const endpoint = ENDPOINTS[product];
  if (parameterOf(endpoint, reference.kind) === undefined) {
    const kinds = [...NUMBER_KINDS, "collectionCode" as const].filter(
      (kind) => parameterOf(endpoint, kind) !== undefined,
    );
    throw new ArgumentError(phrase("{0} identifies an order by one of: {1}.", endpoint.name, anyOf(kinds)));
  }
  const value = reference.kind === "collectionCode" ? collectionCode : reference.value;
  const problem = value === undefined ? undefined : valueProblem(product, reference.kind, value);
  if (problem !== undefined) throw new ArgumentError(problem);
}

/**
 * @param others the products that it may be instead of the one that was taken from memory
 * @param isListed whether its row shows
 */
function tellTracked(
  program: Program,
  { order: id, added }: TrackedOne,
  others: readonly Product[],
  isListed: boolean,
): void {
  const { book } = program.collector;
  const order = book.get(id);
  if (order === undefined) return;
  const [twin] = added ? book.twinsOf(id) : [];
  if (!added) void showInformation(localize("This order is already tracked as “{0}”.", titleOf(order, localize)));
  else if (twin !== undefined) void showInformation(twinWords(twin, locale));
  else if (others.length > 1) void offerProducts(program, id);
  else if (!isListed) void offerToShow(program, id);
}

/** Says what an order was taken for, since nobody said it, and lets the person correct that. */
async function offerProducts({ collector }: Program, id: OrderId): Promise<void> {
  const order = collector.book.get(id);
  if (order === undefined) return;
  const change = localize("Change Product…");
  const taken = localize("{0} is now tracked as {1}.", titleOf(order, localize), PRODUCT_SHORT[order.product]);
  if ((await showInformation(taken, change)) !== change) return;
  await vscode.commands.executeCommand(commandId("changeProduct"), { order: id });
}

/** Says why the row of a new order does not show, and offers to show it. */
async function offerToShow({ collector, tree }: Program, id: OrderId): Promise<void> {
  const order = collector.book.get(id);
  if (order === undefined) return;
  const { archived, filter } = tree.arrangement;
  const command = archived ? "hideArchived" : filter === "" ? undefined : "clearFilter";
  const label = archived ? localize("Back to Current Orders") : localize("Clear Filter");
  const words = localize("{0} is now tracked.", titleOf(order, localize));
  const chosen = await showInformation(words, ...(command === undefined ? [] : [label]));
  if (chosen === label && command !== undefined) await vscode.commands.executeCommand(commandId(command));
}
