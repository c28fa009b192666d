import type { Product } from "../../api/product";
import type { NumberKind } from "../model/order";
import {
  COLLECTION_CODE,
  lineNumbers,
  ORDER_NUMBER,
  REFERENCE_VALUE,
  type OrdersAndProblems,
  type ParsedOrder,
} from "./parsed-order";
import { readLink, withoutEditorLinks } from "./link";
import { labelIn, mayBeOrder } from "./number-labels";
import { endpointHost } from "./parameters";

/** Names that occur only in calls of the endpoints. */
const SIGNS =
  /\/products\/download\/|\bCollect(?:SSL|SMIME|CCC|PAC|MC)\b|login_?(?:name|password)|\b(?:query|response)_?type\b/i;

/** Whether a text is a script, a call or settings of one, in whatever language. */
export const isScriptText = (text: string): boolean => SIGNS.test(text);

/** Whether JSON has names of numbers as values: `{"key": "orderNumber", "value": "123456789"}`. */
export const hasPairs = (text: string): boolean =>
  /:\s{0,8}"(?:order|certificate|base)[\w -]{0,20}"\s{0,8},/i.test(text);

/** What a script says, and where. */
type Fact = { readonly at: number } & (
  | { readonly endpoint: Product | undefined; readonly host: string | undefined }
  | { readonly kind: NumberKind; readonly value: string }
  | { readonly account: string }
  | { readonly collectionCode: string }
);

/**
 * The orders in a script: parameter names with values, in literals of any language, in forms and JSON inside these, in
 * settings and in HTTP requests. Nothing is executed, and passwords are skipped.
 */
export function readScriptOrders(text: string): OrdersAndProblems {
  const lineAt = lineNumbers(text);
  const facts = factsIn(withoutEditorLinks(text), 0, 0);
  const calls = facts.filter((fact) => "endpoint" in fact);
  const numbers = facts.filter((fact) => "kind" in fact);
  const accounts = facts.filter((fact) => "account" in fact);
  const codes = facts.filter((fact) => "collectionCode" in fact);
  const about = (at: number): Omit<ParsedOrder, "reference"> => {
    const call = nearest(calls, at, numbers[0] ?? codes[0]);
    const account = nearest(accounts, at, numbers[0] ?? codes[0])?.account;
    return {
      ...(call?.endpoint !== undefined && { product: call.endpoint }),
      ...(account !== undefined && { account }),
      line: lineAt(at),
    };
  };
  const coded = ({ collectionCode, at }: (typeof codes)[number]): Partial<ParsedOrder> => {
    const host = nearest(calls, at, codes[0])?.host;
    return { collectionCode, ...(host !== undefined && { host }) };
  };
  const [code] = codes;
  const isOne = new Set(numbers.map(({ value }) => value)).size === 1;
  const orders: ParsedOrder[] = numbers.map(({ kind, value, at }) => ({
    reference: { kind, value },
    ...(isOne && code !== undefined && coded(code)),
    ...about(at),
  }));
  if (orders.length > 0) return { orders, problems: [] };
  return {
    orders: codes.map((each) => ({ reference: { kind: "collectionCode" }, ...coded(each), ...about(each.at) })),
    problems: [],
  };
}

/**
 * The fact that belongs to a position: a preceding one if such facts come first in the script, else a following one.
 */
function nearest<T extends { readonly at: number }>(
  facts: readonly T[],
  at: number,
  first: { readonly at: number } | undefined,
): T | undefined {
  const isBefore = (facts[0]?.at ?? 0) < (first?.at ?? 0);
  let [low, high] = [0, facts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((facts[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return (isBefore ? facts[low - 1] : facts[low]) ?? facts[low - 1] ?? facts[0];
}

/** Levels of nested literals that are read: a form or JSON in a string of a script. */
const MAX_DEPTH = 2;

/** Characters of a name. */
const MAX_NAME = 60;

/** Names whose values are skipped. */
const SECRET = /pass|secret|token|authori[sz]ation|private|api_?key/i;

function factsIn(text: string, offset: number, depth: number): Fact[] {
  const facts: Fact[] = [];
  const tokens = tokensOf(text);
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined || token.sort === "sign") continue;
    const { text: name, at } = token;
    const endpoint = /\bCollect(SSL|SMIME|CCC|PAC|MC)\b/i.exec(name.slice(0, MAX_URL))?.[1]?.toLowerCase();
    if (endpoint !== undefined) {
      const url = readLink(name);
      facts.push({ at: offset + at, endpoint: endpoint as Product, host: url && endpointHost(url) });
    }
    const values = valuesAfter(tokens, index);
    // A form in a literal has names inside and is not a value.
    if (name.length <= MAX_NAME && !/[=&]/.test(name) && values !== undefined) {
      if (SECRET.test(name)) {
        index = values.end;
        continue;
      }
      const found = values.words.flatMap((word) => factOf(name, word.text, offset + word.at) ?? []);
      if (found.length > 0) {
        for (const fact of found) facts.push(fact);
        index = values.end;
        continue;
      }
    }
    if (token.sort === "literal" && depth < MAX_DEPTH && endpoint === undefined && /[=:]/.test(name)) {
      for (const fact of factsIn(name, offset + at, depth + 1)) facts.push(fact);
    }
  }
  return facts;
}

/** The most characters of an address in which the name of an endpoint is searched. */
const MAX_URL = 2000;

function factOf(name: string, written: string, at: number): Fact | undefined {
  const value = decoded(written).trim();
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (letters.endsWith("loginname")) return value === "" ? undefined : { at, account: value };
  if (letters.endsWith("collectioncode")) {
    return COLLECTION_CODE.test(value) && /\d/.test(value) ? { at, collectionCode: value } : undefined;
  }
  const label = labelIn(name);
  if (label === undefined || !mayBeOrder(label)) return undefined;
  // The CA's own names may have any valid value, others only a typical number.
  const isOwn = letters === label.toLowerCase();
  return (isOwn ? REFERENCE_VALUE : ORDER_NUMBER).test(value) ? { at, kind: label, value } : undefined;
}

/** A form value, decoded; unchanged if it is not encoded. */
function decoded(value: string): string {
  try {
    return value.includes("%") ? decodeURIComponent(value) : value;
  } catch {
    return value;
  }
}

interface Token {
  /** `literal`: in quotes, which are removed. `sign`: one character that is not part of a word. */
  readonly sort: "word" | "literal" | "sign";
  readonly text: string;
  readonly at: number;
}

/** The most tokens of a list that are read. */
const MAX_LIST = 10_000;

/**
 * The values assigned to a name: `name = value`, `"name": value`, `name => value`, `("name", value)`, and lists of
 * values.
 */
function valuesAfter(
  tokens: readonly Token[],
  index: number,
): { readonly words: readonly Token[]; readonly end: number } | undefined {
  const [name, sign] = [tokens[index], tokens[index + 1]];
  if (sign?.sort !== "sign" || !(":=".includes(sign.text) || (sign.text === "," && name?.sort === "literal"))) {
    return undefined;
  }
  let at = index + 2;
  // Lists of pairs, as written by programs that record calls: `"name": "orderNumber", "value": "123456789"`.
  if (
    sign.text === "," &&
    /^(?:value|val)$/i.test(tokens[at]?.text ?? "") &&
    ":=".includes(tokens[at + 1]?.text ?? " ")
  )
    at++;
  while (tokens[at]?.sort === "sign" && "=>:@".includes(tokens[at]?.text ?? "")) at++;
  const open = tokens[at];
  if (open?.sort !== "sign") return open && { words: [open], end: at };
  if (!"[(".includes(open.text)) return undefined;
  const words: Token[] = [];
  for (at++; at < tokens.length && words.length < MAX_LIST; at++) {
    const token = tokens[at];
    if (token?.sort !== "sign") words.push(...(token ? [token] : []));
    else if (token.text !== ",") break;
  }
  return { words, end: at - 1 };
}

const WORD = /https?:\/\/[^\s'"`<>)\\]+|[^\s'"`(){}[\],;:=<>&|?#!*^\\]+/y;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const literals = new LiteralReader(text);
  const blank = /\s+/y;
  for (let at = 0; at < text.length;) {
    blank.lastIndex = WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    const literal = word === undefined ? literals.at(at) : undefined;
    if (word !== undefined) {
      tokens.push({ sort: "word", text: word, at });
      at += word.length;
    } else if (literal !== undefined) {
      tokens.push({ sort: "literal", text: literal.text, at: at + 1 });
      at = literal.end;
    } else if (blank.test(text)) {
      at = blank.lastIndex;
    } else {
      tokens.push({ sort: "sign", text: text.charAt(at), at });
      at++;
    }
  }
  return tokens;
}

/** Characters of a literal over several lines. */
const MAX_LITERAL = 20_000;

class LiteralReader {
  /** For each kind of unclosed quote, the position up to which such quotes are plain characters. */
  private readonly unclosed = new Map<string, number>();

  constructor(private readonly text: string) {}

  /** A literal ends on its line; in backticks or triple quotes it may continue. An unclosed quote is a sign. */
  at(position: number): { readonly text: string; readonly end: number } | undefined {
    const { text } = this;
    const quote = text.charAt(position);
    if (!"'\"`".includes(quote)) return undefined;
    const isLong = quote === "`" || text.startsWith(quote.repeat(3), position);
    const mark = isLong && quote !== "`" ? quote.repeat(3) : quote;
    if (position < (this.unclosed.get(mark) ?? 0)) return undefined;
    const start = position + mark.length;
    let from = start;
    for (;;) {
      const end = text.indexOf(mark, from);
      const isOpen = end >= 0 && (isLong ? end - start <= MAX_LITERAL : !text.slice(from, end).includes("\n"));
      if (!isOpen) {
        this.unclosed.set(mark, end < 0 ? text.length : Math.max(from, position + 1));
        return undefined;
      }
      if (!isEscaped(text, from, end)) {
        return { text: text.slice(start, end).replace(/\\(["'`\\/])/g, "$1"), end: end + mark.length };
      }
      from = end + 1;
    }
  }
}

function isEscaped(text: string, from: number, at: number): boolean {
  let count = 0;
  while (at - 1 - count >= from && text[at - 1 - count] === "\\") count++;
  return count % 2 === 1;
}
