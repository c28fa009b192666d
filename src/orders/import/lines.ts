import type { NumberKind } from "../model/order";
import {
  bare,
  isDomainOrMail,
  ORDER_NUMBER,
  type OrdersAndProblems,
  type ParsedOrder,
  type ImportProblem,
} from "./parsed-order";
import { linksIn, orderInLink, withoutLinks } from "./link";
import { MAX_PROBLEMS } from "./limits";
import {
  isWeak,
  LABEL_PROBLEMS,
  labelIn,
  mayBeOrder,
  numbersIn,
  type LabelledNumber,
  type NumberLabel,
} from "./number-labels";
import { readNumber } from "./number-spelling";
import { productIn, productNamed, productOfAll } from "./product-words";
import { phrase, type Phrase } from "../../words/phrase";

/**
 * Orders listed one or several per line: a number or a link, with a product and a name beside it in any order. A label
 * for a number counts, on its line or on a line of its own above. Empty lines and lines that begin with # are skipped.
 */
export function readOrderLines(text: string): OrdersAndProblems {
  const orders: ParsedOrder[] = [];
  const problems: ImportProblem[] = [];
  let above: NumberLabel | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    if (isSkipped(line)) continue;
    const found = ordersInLine(line, index + 1, above);
    for (const order of found.orders) orders.push(order);
    if (found.problem !== undefined && problems.length < MAX_PROBLEMS) {
      problems.push({ line: index + 1, message: found.problem, excerpt: line });
    }
    if (line.trimEnd().endsWith(":")) above = labelIn(bare(line, "", " :"));
    else if (!isListOfNumbers(line)) above = undefined;
  }
  return { orders, problems };
}

/**
 * Whether a text is a list of orders and nothing else: two lines or more, each with one number that may be an order's,
 * labelled or not, and few words beside it. A label on one line of a list says nothing about the other lines.
 */
export function isOrderList(text: string): boolean {
  const lines = text.split("\n").filter((line) => !isSkipped(line));
  return lines.length > 1 && lines.every(isItem);
}

/** Empty lines and comments. */
const isSkipped = (line: string): boolean => /^\s*(?:#(?!\d)|$)/.test(line);

/** The most characters of an item of a list. */
const MAX_ITEM = 200;
/** The most words of an item besides numbers, products and names: "Our order number". */
const MAX_WORDS = 3;

/** Whether a line names one order, with few words beside its number. */
export function isItem(line: string): boolean {
  if (line.length > MAX_ITEM || withoutLinks(line) !== line) return false;
  const [first, ...more] = numbersIn(line);
  if (first === undefined || more.length > 0) return false;
  const words = wordsOf(line).filter((word) => !isDomainOrMail(word));
  if (first.label === undefined) return !isWeak(first.value) && !hasOtherWords(words);
  return first.label === "orderNumber" && otherWords(words).length <= MAX_WORDS;
}

const wordsOf = (line: string): string[] =>
  line
    .split(/[\s,;|]+/)
    .map((word) => bare(word, "#\"'(<[", "\"'.)>]:"))
    .filter((word) => word !== "");

/** Whether a line has order numbers and nothing else. */
export const isListOfNumbers = (line: string): boolean =>
  line.split(/[\s,;|]+/).every((word) => word === "" || ORDER_NUMBER.test(bare(word, "#-*•", "")));

/** @param above what a label on a line of its own says about the numbers below it */
function ordersInLine(
  line: string,
  number: number,
  above: NumberLabel | undefined,
): { readonly orders: readonly ParsedOrder[]; readonly problem?: Phrase } {
  const inLinks = [...linksIn(line)].flatMap(({ link }) => orderInLink(link, number) ?? []);
  if (inLinks.length > 0) return { orders: inLinks };
  const numbers = labelled(withoutLinks(line), above);
  const words = wordsOf(line);
  const name = words.find((word) => isDomainOrMail(word));
  const rest = words.filter((word) => !isDomainOrMail(word));
  const isSentence = hasOtherWords(rest);
  const known = numbers.map((each): LabelledNumber => {
    return isSentence && each.label === undefined && isWeak(each.value) ? { ...each, label: "quantity" } : each;
  });
  const named = known.filter(({ label }) => mayBeOrder(label));
  if (named.length === 0) return { orders: [], problem: problemOf(known, line) };
  const products = new Set(rest.flatMap((word) => productNamed(word) ?? []));
  // With several products, it is unclear which one belongs to which number.
  const product = products.size > 1 && named.length > 1 ? undefined : (productIn(rest.join(" ")) ?? productOfAll(rest));
  const orders = named.map(({ value, label }): ParsedOrder => ({
    reference: { kind: kindOf(label), value },
    line: number,
    ...(product !== undefined && { product }),
    // A name beside several numbers does not belong to any of them.
    ...(named.length === 1 && name !== undefined && { label: name }),
  }));
  return { orders };
}

/** Whether words are more than numbers and a product. */
function hasOtherWords(words: readonly string[]): boolean {
  return otherWords(words).length > (productIn(words.join(" ")) === undefined ? 0 : MAX_WORDS);
}

const otherWords = (words: readonly string[]): string[] =>
  words.filter((word) => /\p{L}{2}/u.test(word) && productNamed(word) === undefined);

/** The numbers of a line; a line with a single number may have it in a spreadsheet's format. */
function labelled(line: string, above: NumberLabel | undefined): LabelledNumber[] {
  const numbers = [...numbersIn(line)].map((each) => ({ ...each, label: each.label ?? above }));
  if (numbers.length > 0) return numbers;
  const spelled = readNumber(line);
  const isNumber = "value" in spelled && ORDER_NUMBER.test(spelled.value);
  return isNumber ? [{ value: spelled.value, at: 0, label: above }] : [];
}

/** Which parameter of the CA a possible order number is for. */
export function kindOf(label: NumberLabel | undefined): NumberKind {
  return label !== undefined && mayBeOrder(label) ? label : "orderNumber";
}

function problemOf(numbers: readonly LabelledNumber[], line: string): Phrase {
  const [first] = numbers.map(({ label }) => label);
  if (!mayBeOrder(first)) return LABEL_PROBLEMS[first];
  for (const word of line.split(/[\s;|]+/)) {
    const spelled = /\dE\+?\d/i.test(word) ? readNumber(word) : undefined;
    if (spelled !== undefined && "problem" in spelled && spelled.isRounded) return spelled.problem;
  }
  return phrase("This line does not contain an order number.");
}
