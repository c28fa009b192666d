import type { Product } from "../../api/product";
import {
  bare,
  COLLECTION_CODE,
  type ImportProblem,
  isDomainOrMail,
  lineNumbers,
  type OrdersAndProblems,
  type ParsedOrder,
} from "./parsed-order";
import { linksIn, orderInLink, withoutLinks } from "./link";
import { isItem, isListOfNumbers, kindOf } from "./lines";
import { isWeak, LABEL_PROBLEMS, mayBeOrder, numbersIn, type LabelledNumber, type NumberLabel } from "./number-labels";
import { productIn, productInCapitals, productNamed, productsIn } from "./product-words";

// E-mails of the CA and its resellers differ and change, so the words beside a number count, not their position. Runs
// of spaces are bounded, so that no text makes the search slow.
const CODE =
  /\b(?:[Cc]ollection\s{1,4}[Cc]ode|COLLECTION\s{1,4}CODE|[Aa]bholcode)\s{0,4}(?:is|lautet)?\s{0,4}[:=#]{0,2}\s{0,4}["'“]?((?=[A-Za-z_-]{0,15}\d|[A-Za-z]{0,14}[a-z][A-Z])[A-Za-z0-9_-]{4,16})\b/;
const NAME =
  /(?<![\p{L}\p{N}])(?:dom(?:ain|än|aene|äne|aine|inio|ein)(?:\s{1,4}name|name)?|common\s{1,4}name|fqdn|host(?:\s{1,4}name)?)[\s.*_]{0,30}(?:is|[:=|\t])[\s*_]{0,10}((?:\*\.)?[\p{L}\p{N}_.-]{1,250}\.[\p{L}][\p{L}\p{N}-]{1,20})(?![\p{L}\p{N}])/iu;

/**
 * The orders that running text names, for example an e-mail: in its words and in its links. Numbers that are labelled
 * as something else are among the problems.
 * @returns `undefined` when no number in the text has a label, and there is no collection code
 */
export function readMailOrders(text: string): OrdersAndProblems | undefined {
  const lineAt = lineNumbers(text);
  const code = CODE.exec(text);
  const collectionCode = code?.[1] !== undefined && COLLECTION_CODE.test(code[1]) ? code[1] : undefined;
  const all = [...numbersIn(withoutLinks(text))];
  if (code === null && all.every(({ label }) => label === undefined)) return undefined;
  const numbers = withListed(text, all, lineAt).filter(({ label }) => label !== undefined);

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
    // A link with only the code, besides a number, belongs to the same order.
    .filter(({ order: { reference } }) => reference.kind !== "collectionCode" || values.size === 0)
    .map(({ order, at }) => ({
      ...(isOne ? beside.ofOne(at) : beside.of(at)),
      ...order,
      // With several orders in one e-mail, it is unclear which of them a name or code belongs to.
      ...(isOne && label !== undefined && { label }),
      ...(isOne && secret !== undefined && { collectionCode: secret }),
      ...(isOne && coded?.host !== undefined && { host: coded.host }),
    }));
  return { orders, problems: orders.length > 0 ? [] : problemsOf(numbers, lineAt) };
}

/** What may be before the number that begins a line: quotes, bullets, and the counting of a list. */
const LINE_START = /^[\s>|*•·–—#-]{0,20}(?:\d{1,3}[.)]\s{1,4})?["'(<[]{0,3}$/;

/**
 * Labels the numbers of lists, which a label on one of them or above says nothing about: a line with few words beside
 * its number, and lines below each other that begin with one. A label above a list counts for all of it.
 */
function withListed(
  text: string,
  numbers: readonly LabelledNumber[],
  lineAt: (at: number) => number,
): readonly LabelledNumber[] {
  const lines = text.split("\n");
  const starts: number[] = [];
  for (let at = 0, line = 0; line < lines.length; at += (lines[line++]?.length ?? 0) + 1) starts.push(at);
  const isFirst = ({ at }: LabelledNumber): boolean => {
    const start = starts[lineAt(at) - 1] ?? 0;
    return at - start <= MAX_START && LINE_START.test(text.slice(start, at));
  };
  const first = new Set(numbers.filter(isFirst).map(({ at }) => lineAt(at)));
  // A line may have many numbers, and is looked at once.
  const ofList = new Map<number, boolean>();
  const isOfList = (line: number): boolean => {
    const words = lines[line - 1] ?? "";
    const known = ofList.get(line) ?? (isItem(words) || isListOfNumbers(words));
    ofList.set(line, known);
    return known;
  };
  let [above, last] = [undefined as NumberLabel | undefined, -1];
  return numbers.map((number) => {
    const line = lineAt(number.at);
    if (line - last > 1) above = undefined;
    const begins = first.has(line) && isFirst(number);
    if (begins) last = line;
    if (number.label !== undefined) {
      if (begins) above = number.label;
      return number;
    }
    const isListed = isOfList(line) || (begins && (first.has(line - 1) || first.has(line + 1)));
    return isListed && !isWeak(number.value) ? { ...number, label: above ?? "orderNumber" } : number;
  });
}

/** The most characters before the number that begins a line. */
const MAX_START = 30;

interface FoundAt {
  readonly at: number;
  readonly order: ParsedOrder;
}

/** The numbers that may be orders. A certificate ID beside an order number names the same order again. */
function ofOrders(numbers: readonly LabelledNumber[]): readonly LabelledNumber[] {
  const orders = numbers.filter(({ label }) => label === "orderNumber");
  const certificates = numbers.filter(({ label }) => label === "certificateID" || label === "baseOrderNumber");
  return orders.length >= certificates.length
    ? orders.length > 0
      ? orders
      : certificates
    : [...orders, ...certificates];
}

function problemsOf(numbers: readonly LabelledNumber[], lineAt: (at: number) => number): ImportProblem[] {
  return numbers.flatMap(({ label, at }) => {
    // A date in a list of orders is not a problem.
    return mayBeOrder(label) || label === "quantity" ? [] : { line: lineAt(at), message: LABEL_PROBLEMS[label] };
  });
}

type Said = Pick<ParsedOrder, "product" | "label">;

/**
 * What a text says about the product and the name of an order: with several orders only what is on the line of each,
 * since nothing tells which of the others it is about.
 */
class Lines {
  private readonly ofAll: Said;
  private readonly lines: readonly string[];
  private readonly lineAt: (at: number) => number;
  /** What was found about lines, by line number: many orders may be on one. */
  private readonly known = new Map<number, Said>();

  constructor(text: string) {
    this.lines = text.split("\n");
    this.lineAt = lineNumbers(text);
    const product = productSaid(text);
    this.ofAll = product === undefined ? {} : { product };
  }

  /** About the only order of a text. */
  ofOne(at: number): Said {
    const product = this.ofAll.product ?? this.of(at).product;
    return product === undefined ? {} : { product };
  }

  of(at: number): Said {
    const number = this.lineAt(at);
    const known = this.known.get(number) ?? this.ofLine((this.lines[number - 1] ?? "").slice(0, MAX_LINE));
    this.known.set(number, known);
    return known;
  }

  private ofLine(line: string): Said {
    const isAlone = [...numbersIn(line)].filter((each) => mayBeOrder(each.label)).length === 1;
    const products = productsIn(withoutAddresses(line));
    // With several products beside several numbers, it is unclear which belongs to which.
    const isOpen = !isAlone && products.size > 1;
    const product = isOpen ? undefined : productBeside(line);
    const label = isAlone ? namesIn(line)[0] : undefined;
    return { ...(product !== undefined && { product }), ...(label !== undefined && { label }) };
  }
}

/** The most characters of a line that are searched for words beside an order. */
const MAX_LINE = 1000;

const namesIn = (line: string): string[] =>
  line
    .split(/[\s,;|]+/)
    .map((word) => bare(word, "\"'(<[", "\"'.)>]:"))
    .filter(isDomainOrMail);

/** A line that says what the product is. */
const PRODUCT =
  /^[\s>*_|-]{0,20}(?:product(?:\s{1,4}(?:name|type))?|produkt|produit|producto|prodotto|certificate\s{1,4}type|cert\s{1,4}type|zertifikatstyp)[*_]{0,3}[ .]{0,40}[:|\t][ *_]{0,10}([^\n|]{1,200})/im;

/** The product that a text is about: on a line of its own, or because it names only one. */
function productSaid(text: string): Product | undefined {
  const productName = PRODUCT.exec(text)?.[1];
  return productName === undefined ? productIn(withoutAddresses(text)) : productNamed(bare(productName, " *_", " *_."));
}

/** The product that words name. */
function productOf(text: string): Product | undefined {
  return productIn(withoutAddresses(text));
}

/** The product that a line names; beside a number, the capitals of its endpoint are enough. */
function productBeside(line: string): Product | undefined {
  const product = productOf(line);
  if (product !== undefined || !/\d{5}/.test(line)) return product;
  return productInCapitals(withoutAddresses(line));
}

/** Addresses are not words: "ssl" in a host name does not count. */
const withoutAddresses = (text: string): string =>
  text.replace(/\S+/g, (word) => (/[.@]/.test(word.slice(1, -1)) ? " " : word));
