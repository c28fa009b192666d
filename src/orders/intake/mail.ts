import type { Product } from "../../api/product";
import type { Findings, FoundOrder, IntakeProblem } from "./found";
import { bare, COLLECTION_CODE, isDomainOrMail, lineNumbers } from "./found";
import { linksIn, orderInLink, withoutLinks } from "./link";
import { kindOf } from "./lines";
import { LABEL_PROBLEMS, numbersIn, type LabelledNumber } from "./number-labels";
import { productIn } from "./product-words";

// Mails of the CA and its resellers differ and change, so the words beside a number count and not their place.
// Runs of blanks are bounded, so that no text makes the search slow.
const CODE = /\bcollection\s{1,4}code\s{0,4}(?:is)?\s{0,4}[:=#]{0,2}\s{0,4}["'“]?([A-Za-z0-9_-]{4,16})\b/i;
const NAME =
  /\b(?:domain(?:\s{1,4}name)?|common\s{1,4}name|fqdn|host(?:\s{1,4}name)?)\s{0,4}(?:is|:|=|\t)\s{0,4}((?:\*\.)?[a-z0-9_.-]{1,250}\.[a-z]{2,20})\b/i;

/**
 * The orders that running text names, a mail for instance: in its words, and in its links. Numbers that are said to be
 * something else are among the problems.
 * @returns `undefined` when the text says of no number what it is, and has no collection code
 */
export function readMail(text: string): Findings | undefined {
  const lineAt = lineNumbers(text);
  const code = CODE.exec(text);
  const collectionCode = code?.[1] !== undefined && COLLECTION_CODE.test(code[1]) ? code[1] : undefined;
  const numbers = [...numbersIn(withoutLinks(text))].filter(({ label }) => label !== undefined);
  if (numbers.length === 0 && code === null) return undefined;

  const found = ofOrders(numbers).map(({ at, value, label }): FoundAt => {
    return { at, order: { reference: { kind: kindOf(label), value }, line: lineAt(at) } };
  });
  for (const { link, at } of linksIn(text)) {
    const order = orderInLink(link, lineAt(at));
    if (order) found.push({ at, order });
  }
  if (found.length === 0 && collectionCode !== undefined) {
    const at = code?.index ?? 0;
    found.push({ at, order: { reference: { kind: "collectionCode" }, line: lineAt(at) } });
  }
  const named = found.sort((a, b) => a.at - b.at);
  const values = new Set(named.flatMap(({ order: { reference } }) => ("value" in reference ? reference.value : [])));
  const coded = named.find(({ order }) => order.collectionCode !== undefined)?.order;
  const secret = collectionCode ?? coded?.collectionCode;
  const label = NAME.exec(text)?.[1];
  const beside = new Lines(text);
  const isOne = values.size <= 1;
  const orders = named
    // A link with the code alone, beside a number, is the same order's.
    .filter(({ order: { reference } }) => reference.kind !== "collectionCode" || values.size === 0)
    .map(({ order, at }) => ({
      ...(isOne ? beside.ofAll : beside.of(at)),
      ...order,
      // With several orders in one mail it cannot be told which of them a name or code belongs to.
      ...(isOne && label !== undefined && { label }),
      ...(isOne && secret !== undefined && { collectionCode: secret }),
      ...(isOne && coded?.host !== undefined && { host: coded.host }),
    }));
  return { orders, problems: orders.length > 0 ? [] : problemsOf(numbers, lineAt) };
}

interface FoundAt {
  readonly at: number;
  readonly order: FoundOrder;
}

/** Those that may be orders'. A certificate ID beside an order number names the same order once more. */
function ofOrders(numbers: readonly LabelledNumber[]): readonly LabelledNumber[] {
  const orders = numbers.filter(({ label }) => label === "orderNumber");
  const certificates = numbers.filter(({ label }) => label === "certificateID" || label === "baseOrderNumber");
  return orders.length >= certificates.length
    ? orders.length > 0
      ? orders
      : certificates
    : [...orders, ...certificates];
}

function problemsOf(numbers: readonly LabelledNumber[], lineAt: (at: number) => number): IntakeProblem[] {
  return numbers.flatMap(({ label, at }) => {
    return label === "scm" || label === "other" ? { line: lineAt(at), message: LABEL_PROBLEMS[label] } : [];
  });
}

type Said = Pick<FoundOrder, "product" | "label">;

/** What the text says of the product, as a whole, and of product and name on a line in which one of several orders is. */
class Lines {
  readonly ofAll: Said;
  private readonly isOnLines: boolean;

  constructor(private readonly text: string) {
    const products = new Set(text.split("\n").flatMap((line) => productOf(line) ?? []));
    this.isOnLines = products.size > 1;
    const product = productOf(text);
    this.ofAll = product === undefined ? {} : { product };
  }

  of(at: number): Said {
    const start = this.text.lastIndexOf("\n", at) + 1;
    const end = this.text.indexOf("\n", at);
    const line = this.text.slice(start, end < 0 ? undefined : end).slice(0, MAX_LINE);
    const product = this.isOnLines ? productOf(line) : this.ofAll.product;
    const label = [...numbersIn(line)].length === 1 ? namesIn(line)[0] : undefined;
    return { ...(product !== undefined && { product }), ...(label !== undefined && { label }) };
  }
}

/** Characters of a line that are looked at for what stands beside an order. */
const MAX_LINE = 1000;

const namesIn = (line: string): string[] =>
  line
    .split(/[\s,;|]+/)
    .map((word) => bare(word, "\"'(<[", "\"'.)>]:"))
    .filter(isDomainOrMail);

/** The product that words name. Addresses are no words: "ssl" in the name of a host tells nothing. */
function productOf(text: string): Product | undefined {
  return productIn(text.replace(/\S{1,400}[.@]\S{1,400}/g, " "));
}
