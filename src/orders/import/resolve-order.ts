import { PRODUCT_FACTS, type Product } from "../../api/product";
import type { OrderEvent } from "../journal/events";
import { isLabel, MAX_TAGS } from "../model/label";
import type { Account, AccountId, CaName, OrderReference } from "../model/order";
import { formatOrderId } from "../model/order-id";
import type { ParsedOrder } from "./parsed-order";

/** What a person chose for orders that do not say it themselves. */
export interface ResolveDefaults {
  readonly ca: CaName;
  /** Where orders that have a collection code and no account are: their codes are sent there. */
  readonly codeCa: CaName;
  readonly product?: Product;
  readonly account?: AccountId;
  readonly accounts: readonly Account[];
  /** The CA of a host, if it is Sectigo's or that of an account. */
  readonly caAt: (host: string) => CaName | undefined;
}

/** What must be asked before an order can be tracked. */
export type Missing = "product" | "account" | "collection-code" | "known-host" | "shorter-number";

/** A found order, ready to be tracked, or what is missing. */
export type ResolvedOrder =
  | {
      readonly tracked: Extract<OrderEvent, { type: "tracked" }>;
      /** A secret: to be stored under the order's id before it is tracked. */
      readonly collectionCode?: string;
      /** What the text says but is not allowed for an order: too long, or with invisible characters. */
      readonly leftOut: readonly ("label" | "tags")[];
    }
  | { readonly missing: Missing };

/** Combines what a text says and what a person chose into an order to track. What the text says takes precedence. */
export function resolveOrder(found: ParsedOrder, defaults: ResolveDefaults): ResolvedOrder {
  const product = found.product ?? defaults.product;
  if (product === undefined) return { missing: "product" };
  const account = accountOf(found, defaults);
  const byCode = found.reference.kind === "collectionCode" || (account === undefined && takesCode(product, found));
  if (byCode && found.collectionCode === undefined) return { missing: "collection-code" };
  if (!byCode && account === undefined) return { missing: "account" };
  const reference: OrderReference = byCode ? { kind: "collectionCode" } : found.reference;
  const ca = byCode ? caOfCode(found, defaults) : (account?.ca ?? defaults.ca);
  // A code is never sent to an unknown server that a text names, nor to a different one than it names.
  if (ca === undefined) return { missing: "known-host" };
  const number = found.reference.kind === "collectionCode" ? undefined : found.reference.value;
  const label = isLabel(found.label) ? found.label : byCode ? number : undefined;
  const tags = found.tags?.filter(isLabel).slice(0, MAX_TAGS);
  try {
    return {
      tracked: {
        type: "tracked",
        id: formatOrderId({ ca, product, reference }),
        ca,
        product,
        reference,
        ...(!byCode && account && { account: account.id }),
        ...(label !== undefined && { label }),
        ...(tags && { tags }),
      },
      ...(byCode && found.collectionCode !== undefined && { collectionCode: found.collectionCode }),
      leftOut: [
        ...(found.label !== undefined && found.label !== "" && !isLabel(found.label) ? (["label"] as const) : []),
        ...(found.tags !== undefined && found.tags.length !== tags?.length ? (["tags"] as const) : []),
      ],
    };
  } catch {
    return { missing: "shorter-number" };
  }
}

function caOfCode(found: ParsedOrder, defaults: ResolveDefaults): CaName | undefined {
  if (found.host !== undefined) return defaults.caAt(found.host);
  return accountNamed(found, defaults)?.ca ?? defaults.codeCa;
}

/** The account that the text names, else the chosen one, else the only one. */
function accountOf(found: ParsedOrder, defaults: ResolveDefaults): Account | undefined {
  const { accounts, account, ca } = defaults;
  const ofCa = accounts.filter((each) => each.ca === ca);
  const only = ofCa.length === 1 ? ofCa[0] : undefined;
  return accountNamed(found, defaults) ?? accounts.find((each) => each.id === account) ?? only;
}

/**
 * The account that the text names by label, else by login name. A name that matches accounts at several CAs does not
 * count: orders and codes would go to one of them by chance.
 */
export function accountNamed(
  { account }: ParsedOrder,
  { accounts }: Pick<ResolveDefaults, "accounts">,
): Account | undefined {
  const lower = account?.toLowerCase();
  const [byLabel, byLogin] = [
    accounts.filter(({ label }) => label.toLowerCase() === lower),
    accounts.filter(({ loginName }) => loginName.toLowerCase() === lower),
  ];
  const found = byLabel.length > 0 ? byLabel : byLogin;
  const exact = found.filter(({ label, loginName }) => label === account || loginName === account);
  const [first, ...others] = exact.length > 0 ? exact : found;
  return others.every(({ ca }) => ca === first?.ca) ? first : undefined;
}

/** Whether an order will be identified by its collection code alone, as far as the text and a chosen product say. */
export function goesByCode(found: ParsedOrder, defaults: Pick<ResolveDefaults, "accounts" | "product">): boolean {
  const product = found.product ?? defaults.product;
  if (found.reference.kind === "collectionCode") return true;
  return product !== undefined && defaults.accounts.length === 0 && takesCode(product, found);
}

/** Whether the product's endpoint delivers by the collection code that was found, without a login. */
function takesCode(product: Product, { collectionCode }: ParsedOrder): boolean {
  return PRODUCT_FACTS[product].collectionCode !== "never" && collectionCode !== undefined;
}
