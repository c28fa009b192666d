import { bare } from "./found";

/**
 * What the words before a number say that it is. `scm`: a number of Sectigo Certificate Manager (SCM), which the five
 * endpoints do not know. `other`: a serial number, an invoice, a telephone number and the like.
 */
export type NumberLabel = "orderNumber" | "certificateID" | "baseOrderNumber" | "scm" | "other";

/** Ends that make a noun the name of a number. */
const NUMBER = String.raw`(?:(?:number|num|no|nr|id|identifier|ref|reference|code)s?|nummern?)`;

/**
 * Labels by their ends, in small letters with one blank between words. The first that fits counts. SCM's own e-mails
 * say "Self-Enrollment Certificate ID", its reports and API "SSL ID", "Backend Certificate ID" and "Enrollment ID".
 */
const LABELS: readonly (readonly [NumberLabel, RegExp])[] = [
  [
    "scm",
    new RegExp(String.raw`(?:^| )(?:self enroll?ment|scm|certificate manager|backend)(?: \w{1,20}){0,3} ${NUMBER}$`),
  ],
  [
    "scm",
    new RegExp(
      String.raw`(?:^| )(?:ssl|enroll?ment|client cert(?:ificate)?|device cert(?:ificate)?|person) ${NUMBER}$`,
    ),
  ],
  ["baseOrderNumber", new RegExp(String.raw`(?:^| )base order(?: ${NUMBER})?$`)],
  ["baseOrderNumber", /(?:^| )baseordernumber$/],
  ["other", new RegExp(String.raw`(?:^| )(?:purchase|work|sales|internal|customer|po) order(?: ${NUMBER})?$`)],
  [
    "certificateID",
    /(?:^| )cert(?:ificate)? (?:id|identifier)s?$|(?:^| )(?:certificateid|certid)s?$|(?:^| )zertifikats id$/,
  ],
  [
    "orderNumber",
    new RegExp(String.raw`(?:^| )(?:order|orders|bestell|auftrags?|bestelling|pedido|commande|ordine)(?: ${NUMBER})?$`),
  ],
  [
    "orderNumber",
    /(?:^| )(?:order(?:number|num|no|nr|id)|oid)$|(?:bestell?|auftrags|order)nummer$|(?:^| )(?:numero|n) (?:de |d )?(?:commande|pedido|ordine)$/,
  ],
  [
    "other",
    new RegExp(
      String.raw`(?:^| )(?:serial|invoice|receipt|payment|transaction|quote|contract|ticket|case|incident|change|customer|client|account|user|partner|reseller|agent|company|registration|organi[sz]ation|org|department|tax|vat|duns|d u n s|license|licence|product|item|article|subscription|certificate|cert|project|request|job|po|zip|postal|key|csr) ${NUMBER}$`,
    ),
  ],
  [
    "other",
    /(?:^| )(?:serial|serialnumber|seriennummer|rechnungsnummer|kundennummer|invoice|ticket|phone|telephone|tel|fax|mobile|call|po|duns|zip|plz|pin)$/,
  ],
];

/** Characters before a number in which its label is looked for. */
const MAX_LABEL = 60;

/** What may stand between a label and its number, besides blanks. */
const BETWEEN = " \t\n\u00a0:#=|*_>\"'`´“”„«»()[]{}<-–—.";

/** @param before the text up to the number; only its end is looked at, and of that the last line with words in it */
export function labelBefore(before: string): NumberLabel | undefined {
  const near = bare(before.slice(-MAX_LABEL), "", BETWEEN);
  const label = bare(near.replace(/ (?:is|was|are|ist|lautet|sind)$/i, ""), "", BETWEEN);
  return labelIn(label.slice(label.lastIndexOf("\n") + 1));
}

/** What a label or a heading says of the number that belongs to it. */
export function labelIn(text: string): NumberLabel | undefined {
  const words = text
    .slice(-MAX_LABEL)
    .replace(/ ?\([^()]{0,40}\)$/, "")
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return LABELS.find(([, pattern]) => pattern.test(words))?.[0];
}

/** What is said of a number that is not one of an order, one sentence. */
export const LABEL_PROBLEMS: Readonly<Record<"scm" | "other", string>> = {
  scm: "This is a number of Sectigo Certificate Manager (SCM), which the five endpoints do not know. Look for the order number.",
  other: "This number belongs to something else than an order, as the words before it say. Look for the order number.",
};

/** A number in a running text. */
export interface LabelledNumber {
  readonly value: string;
  /** Offset in the text. */
  readonly at: number;
  readonly label: NumberLabel | undefined;
}

/** Digits together, or in groups of three, which count behind a label alone. Blanks between them do not break lines. */
const NUMBERS =
  /(?<![\p{L}\p{N}_.@/+-])(?:\d{5,20}|\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3}){2,6})(?![\p{L}\p{N}_@-]|[.,](?!0{1,2}(?!\d))\d)/gu;

/** What stands between numbers that have one label: "Certificate IDs: 9876543, 9876544 and 9876545". */
const LIST = /^(?:[\s,;/&"']{1,20}|[\s,]{0,4}(?:and|und|or|oder|et|y)\s{1,4})$/i;
/** Characters of that. */
const MAX_GAP = 20;

/** The numbers of a text that may be those of orders, with what the words before them say of each. */
export function* numbersIn(text: string): Generator<LabelledNumber> {
  let [end, label, isOnTop]: [number, NumberLabel | undefined, boolean] = [-1, undefined, false];
  for (const { 0: written, index: at } of withAsciiDigits(text).matchAll(NUMBERS)) {
    const before = text.slice(Math.max(0, at - 2 * MAX_LABEL), at);
    const gap = end < 0 || at - end > MAX_GAP ? "" : text.slice(end, at);
    // In a column below its label each number begins a line.
    const goesOn = LIST.test(gap) && (isOnTop || !gap.includes("\n"));
    if (!goesOn) isOnTop = /\n\s{0,20}$/.test(before);
    label = goesOn ? label : labelBefore(before);
    end = at + written.length;
    const value = written.replace(/\D/g, "");
    // Groups and decimals may be a price's, where no label says what they are.
    const isPlain = value === written && !/^[.,]\d/.test(text.slice(end, end + 2));
    if (isPlain || label !== undefined) yield { value, at, label };
  }
}

/** Full-width digits, as Japanese and Chinese input methods write them, each in its place. */
function withAsciiDigits(text: string): string {
  return text.replace(/[０-９]/g, (digit) => digit.normalize("NFKC"));
}
