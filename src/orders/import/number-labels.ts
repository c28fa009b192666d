import { bare } from "./parsed-order";
import type { NumberKind } from "../model/order";
import { phrase, type Phrase } from "../../words/phrase";

/**
 * What the words before a number say it is. `scm`: a number of Sectigo Certificate Manager (SCM), which the five
 * endpoints do not know. `other`: a serial number, an invoice, a telephone number and the like. `quantity`: a date, an
 * amount or a count.
 */
export type NumberLabel = NumberKind | NotAnOrder;

/** Why a number is not an order number. */
type NotAnOrder = "scm" | "other" | "quantity";

/** Endings that make a noun the name of a number. */
const NUMBER = String.raw`(?:(?:number|num|no|nr|n|id|identifier|ref|reference|code)s?|nummern?|numero|numer)`;

/** Words before "number" that do not say what it identifies: "your number", "reference number". */
const NOBODYS = "the|this|that|these|your|my|our|its|a|and|new|old|ref|reference|sectigo|comodo|ca|vendor|full|correct";

/**
 * Labels by their endings, in lower case with one space between words. The first match counts. SCM's own e-mails say
 * "Self-Enrollment Certificate ID", its reports and API "SSL ID", "Backend Certificate ID" and "Enrollment ID".
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
  // "Total orders", "Anzahl Bestellungen", "nombre de commandes": how many, where the singular names a number.
  [
    "quantity",
    /(?:^| )(?:(?:sub ?|zwischen)?(?:totals?|summe)|sum|gesamt(?:zahl)?|anzahl|count|number of|nombre de|cantidad|aantal|numero total)(?: (?:of|de|des|der|di))?(?: \p{L}{2,20}){0,2} (?:orders|bestellungen|auftrage|commandes|pedidos|ordini|encomendas|bestellingen)$/u,
  ],
  [
    "quantity",
    /(?:^| )(?:order date|(?:\p{L}{0,20})datum|date|fecha|timestamp|total|gesamt|amount|montant|importe|price|prix|cost|costs|kosten|quantity|qty|hotline|opening hours|port|pid|uid|not after|not before|notafter|notbefore|expires|expiry|created|updated|placed|due|since|until|on|bis|am|vom|(?:\p{L}{0,20})(?:summe|betrag|preis|menge|anzahl))$/u,
  ],
  [
    "certificateID",
    /(?:^| )cert(?:ificate)? (?:id|identifier)s?$|(?:^| )(?:certificateid|certid)s?$|(?:^| )zertifikats id$/,
  ],
  [
    "orderNumber",
    new RegExp(
      String.raw`(?:^| )(?:orders?|bestell|bestellung(?:en)?|auftrags?|auftrage|bestelling|pedidos?|encomenda|commandes?|ordine|ordre|zamowienia|zamowienie|objednavky|заказа?|注文|注文番号|订单号?|订单编号)(?: ${NUMBER})?$`,
      "u",
    ),
  ],
  [
    "orderNumber",
    /(?:^| )(?:order(?:number|num|no|nr|id)|oid)$|(?:bestell?|auftrags|order|ordre)(?:nummern?|nr)$|(?:^| )(?:numero|numer|n) (?:de |do |di |d )?(?:commande|pedido|ordine|encomenda)$/,
  ],
  [
    "other",
    new RegExp(
      String.raw`(?:^| )(?:serial|invoice|receipt|payment|transaction|quote|contract|ticket|case|incident|change|customer|client|account|user|partner|reseller|agent|company|registration|organi[sz]ation|org|department|tax|vat|duns|d u n s|license|licence|product|item|article|subscription|certificate|cert|project|request|job|po|zip|postal|key|csr) ${NUMBER}$`,
    ),
  ],
  [
    "other",
    /(?:^| )(?:serial|serialnumber|seriennummer|rechnungsnummer|kundennummer|invoice|ticket|phone|telephone|telefon|telefono|telefone|tel|fax|mobile|mobil|call|po|duns|zip|plz|pin|case|iban|blz|konto|hrb|hra|siret|siren|cnpj|ust id|vat|facture|factura|fattura|rechnung|otp|account|konto|login|login name|user name|user|username|benutzer|benutzername|kunde|customer|client|quote|angebot|contract|vertrag|bug|issue|build|job|version|release|revision|length|age|size|session|room|extension|ext|asset|sku|isbn|ean|imei|asn|process|thread|line|row|page)$/,
  ],
  // "Tracking number", "Kontonummer", "N° de client": numbers of something else.
  ["other", new RegExp(String.raw`(?:^| )(?!(?:${NOBODYS}) )\p{L}{2,30} (?:number|num|no|nr|n|numero|id)s?$`, "u")],
  ["other", /(?:^| )(?:\p{L}{3,30}(?:nummern?|nr)|(?:numero|n) (?:de |do |di |d )?\p{L}{3,30})$/u],
];

/** The most characters before a number in which its label is searched. */
const MAX_LABEL = 60;

/** Labels and headings of values that are never shown. */
export const SECRET_WORDS =
  /pass(?:w|phrase|code|\b)|kennwort|mot de passe|\bmdp\b|contrase|\bsenha|wachtwoord|l[oö]senord|adgangskode|has[lł]o|парол|パスワード|密码|\bpwd?\b|secret|geheim|credential|api[ _-]?key|\bpin\b|private|token/i;

/** What may be between a label and its number, besides spaces. */
const BETWEEN = " \t\n\u00a0:#=|*_>\"'`´“”„«»()[]{}<-–—.";

/** @param before the text up to the number; only the last line with words near its end counts */
function labelBefore(before: string): NumberLabel | undefined {
  const near = bare(before.slice(-MAX_LABEL), "", BETWEEN);
  const label = bare(near.replace(/ (?:is|was|are|ist|lautet|sind|in)$/i, ""), "", BETWEEN);
  return labelIn(label.slice(label.lastIndexOf("\n") + 1));
}

/** What a label or a heading says about its number. */
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
  return SECRET_WORDS.test(words) ? "other" : LABELS.find(([, pattern]) => pattern.test(words))?.[0];
}

/** Whether a number may be, or is labelled as, that of an order or its certificate. */
export const mayBeOrder = (label: NumberLabel | undefined): label is Exclude<NumberLabel, NotAnOrder> | undefined =>
  label !== "scm" && label !== "other" && label !== "quantity";

/** What to say about a number that is not an order number, two sentences. */
export const LABEL_PROBLEMS: Readonly<Record<NotAnOrder, Phrase>> = {
  quantity: phrase(
    "This looks like a date, an amount or a part of an address. If it is an order number, write “order” before it.",
  ),
  scm: phrase(
    "This is a Sectigo Certificate Manager (SCM) number, which the five endpoints do not know. Look for the order number.",
  ),
  other: phrase("The words before this number say that it is not an order number. Look for the order number."),
};

/** A number in running text. */
export interface LabelledNumber {
  readonly value: string;
  /** Offset in the text. */
  readonly at: number;
  readonly label: NumberLabel | undefined;
}

/**
 * A run of digits; or, only after a label, digits in groups, or after a reseller's capitals, "ORD-123456789". Spaces
 * between groups do not include line breaks.
 */
const NUMBERS =
  /(?<![\p{L}\p{N}_.@/+-])(?:(?:[A-Z]{1,6}-)?\d{5,20}|\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3}){2,6}|\d{3}[\u00a0 ]\d{3}[\u00a0 ]\d{4})(?![\p{L}\p{N}_@-]|\.\p{Ll}|[.,](?!0{1,2}(?!\d))\d)/gu;

/** Telephone numbers with a country or area code. */
const TELEPHONES =
  /(?<![\p{L}\p{N}])(?:\+\d{1,3}(?:[ ()./-]{1,3}\d{1,12}){1,6}|\(0\d{1,5}\)[ /-]{0,3}\d{2,12}(?:[ -]\d{2,10}){0,3})/gu;

/** What makes a number before or after it an amount. */
const CURRENCY_BEFORE = /(?:\b(?:EUR|USD|GBP|CHF)|[€$£¥])[ \u00a0]?$/;
const UNIT_BEHIND =
  /^[ \u00a0]?(?:(?:EUR|USD|GBP|CHF|ms|bytes|[KMG]i?B)\b|[€$£¥]|(?:certificates|certs|orders|pieces|units|seats|users|licen[cs]es|days|seconds|Zertifikate|Stück)\b)/i;

/** Whether digits are a date like `20261127`, in a plausible range for orders. */
export function isDayNumber(digits: string): boolean {
  return /^20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(digits);
}

/** Fewest digits of an unlabelled number in running text that is taken for an order number. */
const FEW = 7;

/** Whether a number may just as well be a postal code, a room or a telephone number. */
export const isWeak = (value: string): boolean => value.length < FEW || value.startsWith("0");

/** What separates numbers that share one label: "Certificate IDs: 9876543, 9876544 and 9876545". */
const LIST =
  /^(?:(?:[ \t]{0,4}\([^()\n]{1,40}\))?[\s,;/&"'*•-]{1,20}|[\s,]{0,4}(?:and|und|or|oder|et|y|e|en|og|och)\s{1,4})$/i;
/** The most characters of such a separator. */
const MAX_GAP = 64;

/** The possible order numbers of a text, with what the words before each say about it. */
export function* numbersIn(text: string): Generator<LabelledNumber> {
  let [end, label, isOnTop]: [number, NumberLabel | undefined, boolean] = [-1, undefined, false];
  const plain = withAsciiDigits(text).replace(TELEPHONES, (number) => "+".repeat(number.length));
  for (const { 0: written, index: at } of plain.matchAll(NUMBERS)) {
    const before = text.slice(Math.max(0, at - 2 * MAX_LABEL), at);
    const gap = end < 0 || at - end > MAX_GAP ? "" : text.slice(end, at);
    // In a column below its label, each number begins a line.
    const goesOn = LIST.test(gap) && (isOnTop || !gap.includes("\n"));
    if (!goesOn) isOnTop = /\n[\s*•-]{0,20}$/.test(before);
    label = goesOn ? label : labelBefore(before);
    end = at + written.length;
    const value = /^[A-Z]/.test(written) ? written : written.replace(/\D/g, "");
    const isAmount =
      CURRENCY_BEFORE.test(before) ||
      ((value.length < FEW || label === undefined) && UNIT_BEHIND.test(text.slice(end, end + MAX_UNIT)));
    // Without a label, groups, letters and decimals may be a price or a part number.
    const isPlain = /^\d+$/.test(written) && !/^[.,]\d/.test(text.slice(end, end + 2));
    if (isAmount) yield { value, at, label: "quantity" };
    else if (label !== undefined) yield { value, at, label };
    else if (isPlain) yield { value, at, label: isDayNumber(value) ? "quantity" : undefined };
  }
}

/** The most characters after a number in which a unit is searched. */
const MAX_UNIT = 20;

/** Full-width digits, as Japanese and Chinese input methods write them; offsets stay the same. */
function withAsciiDigits(text: string): string {
  return text.replace(/[０-９]/g, (digit) => digit.normalize("NFKC"));
}
