import type { Findings, FoundOrder } from "./found";
import { COLLECTION_CODE, lineNumbers } from "./found";
import { linksIn, orderInLink } from "./link";
import { productIn } from "./product-words";

// Mails of the CA and its resellers differ and change, so the words beside a number count and not their place.
// Runs of blanks are bounded, so that no text makes the search slow.
const NUMBER =
  /\border\s{0,4}(?:number|no\.?|num\.?|id|ref(?:erence)?)?\s{0,4}(?:is|was)?\s{0,4}[:#=]{0,3}\s{0,4}#?(\d{5,20})\b/gi;
const CODE = /\bcollection\s{1,4}code\s{0,4}(?:is)?\s{0,4}[:=#]{0,2}\s{0,4}["'“]?([A-Za-z0-9_-]{4,16})\b/i;
const NAME =
  /\b(?:domain(?:\s{1,4}name)?|common\s{1,4}name|fqdn|host(?:\s{1,4}name)?)\s{0,4}(?:is|:|=)\s{0,4}((?:\*\.)?[a-z0-9_.-]{1,250}\.[a-z]{2,20})\b/i;

/** Whether a text reads like a mail about orders rather than a list of numbers. */
export function isMail(text: string): boolean {
  return new RegExp(NUMBER.source, "i").test(text) || CODE.test(text);
}

/** The orders that a mail names: in its words, and in its links. */
export function readMail(text: string): Findings {
  const lineAt = lineNumbers(text);
  const product = productIn(text);
  const label = NAME.exec(text)?.[1];
  const code = CODE.exec(text);
  const collectionCode = code?.[1] !== undefined && COLLECTION_CODE.test(code[1]) ? code[1] : undefined;

  const found = [...text.matchAll(NUMBER)].map((match): FoundAt => {
    const reference = { kind: "orderNumber", value: match[1] ?? "" } as const;
    return { at: match.index, order: { reference, line: lineAt(match.index) } };
  });
  for (const { link, at } of linksIn(text)) {
    const order = orderInLink(link, lineAt(at));
    if (order) found.push({ at, order });
  }
  if (found.length === 0 && collectionCode !== undefined) {
    const at = code?.index ?? 0;
    found.push({ at, order: { reference: { kind: "collectionCode" }, line: lineAt(at) } });
  }
  const named = found.sort((a, b) => a.at - b.at).map(({ order }) => order);
  const numbers = new Set(named.flatMap(({ reference }) => ("value" in reference ? reference.value : [])));
  const coded = named.find((order) => order.collectionCode !== undefined);
  const secret = collectionCode ?? coded?.collectionCode;
  const orders = named
    // A link with the code alone, beside a number, is the same order's.
    .filter(({ reference }) => reference.kind !== "collectionCode" || numbers.size === 0)
    .map((order) => ({
      ...(product !== undefined && { product }),
      ...order,
      // With several orders in one mail it cannot be told which of them a name or code belongs to.
      ...(numbers.size <= 1 && label !== undefined && { label }),
      ...(numbers.size <= 1 && secret !== undefined && { collectionCode: secret }),
      ...(numbers.size <= 1 && coded?.host !== undefined && { host: coded.host }),
    }));
  return { orders, problems: [] };
}

interface FoundAt {
  readonly at: number;
  readonly order: FoundOrder;
}

/** The text of a mail's source that is quoted-printable (RFC 2045 section 6.7), as far as it takes to be read. */
export function fromQuotedPrintable(text: string): string {
  if (!/^content-transfer-encoding:[ \t]*quoted-printable/im.test(text)) return text;
  return text
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
