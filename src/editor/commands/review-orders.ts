import { isProblem } from "../../orders/import/parsed-order";
import { PRODUCTS, type Product } from "../../api/product";
import type { ResolvedOrder } from "../../orders/import/resolve-order";
import type { Account, OrderReference } from "../../orders/model/order";
import { caWords, PRODUCT_SHORT, referenceWords } from "../../orders/presentation/order-words";
import { localize, locale } from "../base/localize";
import { askPickMany, showInformation, showPick, type Choice } from "../base/messages";
import { productChoice } from "./track-one";
import { amount, type Phrase } from "../../words/phrase";
import { inRow } from "../../words/localize";

/** An order that a text names, ready to be tracked. */
export interface Candidate {
  /** The same for the same part of the text, whatever product it is taken for. */
  readonly place: number;
  readonly line: number;
  readonly resolved: Extract<ResolvedOrder, { readonly tracked: unknown }>;
  readonly account: Account | undefined;
  readonly isKnown: boolean;
  /** The same order as another product; what is said if it cannot be that. */
  readonly as: (product: Product) => Candidate | Phrase;
}

/** The orders that a text proposes, with the person's choices for orders that do not say everything themselves. */
export interface Proposal {
  readonly candidates: readonly Candidate[];
  readonly repeated: number;
  readonly problems: readonly { readonly line: number; readonly message: Phrase }[];
}

/** More orders than this are not listed one by one before they are tracked. */
const LISTED = 2_000;

/**
 * Shows the recognized orders.
 * @returns the ones that the person chose, `undefined` when they left
 */
export async function reviewOrders(parsed: Proposal): Promise<readonly Candidate[] | undefined> {
  const fresh = parsed.candidates.filter(({ isKnown }) => !isKnown);
  const title = localize("Track Orders");
  const placeholder = countWords(fresh.length, parsed);
  if (fresh.length === 0) return [];
  if (fresh.length > LISTED) {
    const track = { label: localize("Track All {0} Orders", fresh.length), value: fresh };
    return showPick({ title, placeholder, choices: [track] });
  }
  return reviewEach(fresh, title, placeholder);
}

const CHANGE = "change-product";

/** Shows the orders one by one, each with the product that was found or chosen for it, which can be changed. */
async function reviewEach(
  fresh: readonly Candidate[],
  title: string,
  placeholder: string,
): Promise<readonly Candidate[] | undefined> {
  let rows: readonly Row[] = fresh.map((candidate) => ({ candidate, picked: true }));
  for (;;) {
    const tooltip = localize("Change the Product of All Selected Orders…");
    const marked = await askPickMany({
      title,
      placeholder,
      choices: rows.map(candidateChoice),
      buttons: [{ id: CHANGE, icon: "tag", tooltip }],
    });
    // As another product it may be tracked already.
    if (marked?.pressed === undefined) return marked?.picked.filter(({ isKnown }) => !isKnown);
    const picked = new Set(marked.picked);
    const wanted = new Set(marked.on === undefined ? marked.picked : [marked.on]);
    const product = wanted.size === 0 ? undefined : await askProduct([...wanted]);
    rows = rows.map(({ candidate }) => {
      const changed = product === undefined || !wanted.has(candidate) ? candidate : candidate.as(product);
      return { candidate: isProblem(changed) ? candidate : changed, picked: picked.has(candidate) };
    });
  }
}

/** An order in the list, and whether it is selected. */
interface Row {
  readonly candidate: Candidate;
  readonly picked: boolean;
}

/** Asks for the product of some orders among those that all of them can be. */
async function askProduct(candidates: readonly Candidate[]): Promise<Product | undefined> {
  const possible = PRODUCTS.filter((product) => candidates.every((each) => !isProblem(each.as(product))));
  if (possible.length === 0) {
    void showInformation(localize("No product fits all selected orders. Change them one by one."));
    return undefined;
  }
  return showPick({
    title: localize("Change Product"),
    placeholder: localize("What was ordered?"),
    choices: possible.map(productChoice),
  });
}

function candidateChoice({ candidate, picked }: Row): Choice<Candidate> {
  const { resolved, account, line, isKnown } = candidate;
  const { tracked } = resolved;
  const number = numberOf(tracked.reference);
  const where = account?.label ?? localize("no account, at {0}", caWords(tracked.ca, locale));
  return {
    label: tracked.label ?? number,
    description: [
      PRODUCT_SHORT[tracked.product],
      referenceWords(tracked, locale),
      where,
      ...(tracked.tags ?? []),
      ...(isKnown ? [localize("already tracked")] : []),
      localize("line {0}", line),
    ].join(" · "),
    value: candidate,
    picked,
    actions: [{ id: CHANGE, icon: "tag", tooltip: localize("Change Product…") }],
  };
}

/** An order's number in words; a collection code is never shown. */
export function numberOf(reference: OrderReference): string {
  return reference.kind === "collectionCode" ? localize("Order with a collection code") : reference.value;
}

/** How many orders there are, and what else was in the text. */
function countWords(fresh: number, { candidates, repeated, problems }: Proposal): string {
  const known = candidates.length - fresh + repeated;
  const counts = [
    fresh === 1 ? localize("1 order was recognized") : localize("{0} orders were recognized", amount(fresh)),
    ...(known > 0 ? [localize("{0} tracked already", amount(known))] : []),
    ...problemWords(problems.length),
  ];
  return inRow(counts, localize);
}

/** How many parts of a text could not be used; nothing if all could. */
export function problemWords(count: number): string[] {
  if (count === 0) return [];
  return [
    count === 1 ? localize("1 line was not recognized") : localize("{0} lines were not recognized", amount(count)),
  ];
}
