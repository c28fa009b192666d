import type { Phrase } from "../../words/phrase";
import { maskOf, shownText } from "../../api/masking";
import type { Product } from "../../api/product";
import type { OrderReference } from "../model/order";

/** An order as a text names it. What the text does not say is absent: a person is asked. */
export interface ParsedOrder {
  readonly product?: Product;
  readonly reference: OrderReference;
  /** A secret: for secret storage alone. Only if the text contains one. */
  readonly collectionCode?: string;
  /** The server that the code was or would be sent to, as the URL of an endpoint names it. */
  readonly host?: string;
  readonly label?: string;
  readonly tags?: readonly string[];
  /** Label or login name of an account, as written. */
  readonly account?: string;
  /** Where it begins, base 1: a line of the text, or an item of a list. */
  readonly line: number;
}

/** A part of the text that could not be used. */
export interface ImportProblem {
  /** Base 1. */
  readonly line: number;
  /** One sentence, or two. */
  readonly message: Phrase;
  /**
   * The part: complete from a reader; `parseOrders` returns it only for the first problems, shortened, and without
   * recognisable passwords and keys. It is the person's own text, which may contain other secrets: show it, but never
   * log or store it.
   */
  readonly excerpt?: string;
}

/** Whether a part of a text could not be used, and why. */
export const isProblem = (found: object): found is Phrase => "text" in found;

/** What a reader found in a text. */
export interface OrdersAndProblems {
  readonly orders: readonly ParsedOrder[];
  readonly problems: readonly ImportProblem[];
}

/** Characters of an excerpt. */
const EXCERPT = 80;

/** Bytes that were not text: what is legible between them may be of a key. */
const NOT_TEXT = /[\0-\x08\x0e-\x1f\x7f\uFFFD]/;

/** A part of a text to show, shortened and masked; nothing of what was not text. */
export const excerptOf = (text: string): string => (NOT_TEXT.test(text) ? "" : shownText(text, maskOf([]), EXCERPT));

/** What replaces a secret. */
const MASKED = "••••";

/** Whether something was masked in an excerpt. */
export const isMasked = (excerpt: string): boolean => excerpt.includes(MASKED);

/** An order number as in the CA's e-mails and portals. Four digits are too few. */
export const ORDER_NUMBER = /^\d{5,20}$/;

/**
 * What the CA's pages allow as an order number (CollectSSL: a string of at most 128 characters), read strictly: it has
 * a digit, since "pending", "none" and the "order_number" of the CA's samples are not numbers.
 */
export const REFERENCE_VALUE = /^(?=[A-Za-z_-]{0,127}\d)[A-Za-z0-9_-]{1,128}$/;

/** A collection code: at most 16 characters (CollectCCC and CollectPAC pages). */
export const COLLECTION_CODE = /^[A-Za-z0-9_-]{4,16}$/;

/** A text that a parameter or key calls a collection code: with any character, but not what stands for a code. */
export const NAMED_COLLECTION_CODE = /^(?![$<{%[(*])[\x21-\x7e]{4,16}$/;

/** Characters of the longest e-mail address (RFC 5321: 64, @ and 255). */
const MAX_ADDRESS = 320;

const DOMAIN_OR_MAIL = /^(?:[^\s@,;:]+@)?(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;

/** Whether a word is a host name, as in a certificate, or an e-mail address. */
export function isDomainOrMail(word: string): boolean {
  return word.length <= MAX_ADDRESS && DOMAIN_OR_MAIL.test(word);
}

/** A word without surrounding characters that do not belong to it, given as two sets. */
export function bare(word: string, before: string, after: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && before.includes(word.charAt(start))) start++;
  while (end > start && after.includes(word.charAt(end - 1))) end--;
  return word.slice(start, end);
}

/** Returns a function that gives the line, base 1, of an offset in a text. */
export function lineNumbers(text: string): (at: number) => number {
  const ends = [...text.matchAll(/\n/g)].map((match) => match.index);
  return (at) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
