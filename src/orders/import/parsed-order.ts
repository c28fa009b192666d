import { maskOf, shownText } from "../../api/masking";
import type { Product } from "../../api/product";
import type { OrderReference } from "../model/order";

/** An order as a text names it. What the text does not say is absent: a person is asked. */
export interface ParsedOrder {
  readonly product?: Product;
  readonly reference: OrderReference;
  /** A secret: for secret storage alone. Only where the text has one. */
  readonly collectionCode?: string;
  /** The server that a code was sent to, or was to be sent to, as the URL of an endpoint names it. */
  readonly host?: string;
  readonly label?: string;
  readonly tags?: readonly string[];
  /** Label or login name of an account, as written. */
  readonly account?: string;
  /** Where it begins, base 1: a line of the text, or an item of a list. */
  readonly line: number;
}

/** A part of the text of which nothing could be made. */
export interface ImportProblem {
  /** Base 1. */
  readonly line: number;
  /** One sentence. */
  readonly message: string;
  /**
   * The part: whole from a reader, and as `understand` gives it of the first problems alone, cut, and without passwords
   * and keys that can be told to be some. The person's own text, which may hold others: to show, never to log or keep.
   */
  readonly excerpt?: string;
}

/** What a reader made of a text. */
export interface OrdersAndProblems {
  readonly orders: readonly ParsedOrder[];
  readonly problems: readonly ImportProblem[];
}

/** Characters of an excerpt. */
const EXCERPT = 80;

export const excerptOf = (text: string): string => shownText(text, maskOf([]), EXCERPT);

/** What stands in place of a secret. */
const MASKED = "••••";

/** Whether something was masked in an excerpt. */
export const isMasked = (excerpt: string): boolean => excerpt.includes(MASKED);

/** An order number as the CA gives them in mails and portals. Four digits are too few to be one. */
export const ORDER_NUMBER = /^\d{5,20}$/;

/**
 * What the CA's pages allow as an order number (CollectSSL: a string of at most 128 characters), seen strictly: it has
 * a digit, since "pending", "none" and the "order_number" of the CA's samples are not numbers.
 */
export const REFERENCE_VALUE = /^(?=[A-Za-z_-]{0,127}\d)[A-Za-z0-9_-]{1,128}$/;

/** A collection code: at most 16 characters (CollectCCC and CollectPAC pages). */
export const COLLECTION_CODE = /^[A-Za-z0-9_-]{4,16}$/;

/** Characters of the longest mail address (RFC 5321: 64, @ and 255). */
const MAX_ADDRESS = 320;

const DOMAIN_OR_MAIL = /^(?:[^\s@,;:]+@)?(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;

/** Whether a word is a host name, as a certificate has it, or a mail address. */
export function isDomainOrMail(word: string): boolean {
  return word.length <= MAX_ADDRESS && DOMAIN_OR_MAIL.test(word);
}

/** A word without characters at its ends that do not belong to it, given as two sets. */
export function bare(word: string, before: string, after: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && before.includes(word.charAt(start))) start++;
  while (end > start && after.includes(word.charAt(end - 1))) end--;
  return word.slice(start, end);
}

/** Tells the line, base 1, of an offset in a text. */
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
