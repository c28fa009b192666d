import { phrase, plural, type Phrase } from "../../words/phrase";
import { COMMON_OIDS } from "./common-oids";
import type { Element } from "./der";

/**
 * Content of the simple types. The tag is ignored: it may be a context-specific one instead of the type's own
 * (IMPLICIT tagging), which the caller has checked.
 */

/** Most bytes of one object identifier; the longest in use (2.25 and a UUID) has 20. */
const MAX_OID_BYTES = 256;
/**
 * Most bytes of an INTEGER that is converted to decimal, which takes quadratic time. Serial numbers have 20 at most.
 */
const MAX_DECIMAL_BYTES = 64;

/** @param what its name in its specification */
export const notSoLong = (bytes: number, what: string): Phrase =>
  plural(bytes, "{1} is not {0} byte long", "{1} is not {0} bytes long", what);

/** @throws DerError `value` */
export function readBoolean(element: Element): boolean {
  if (element.length !== 1) element.refuse(notSoLong(1, "BOOLEAN"));
  return element.input[element.contentStart] !== 0;
}

/**
 * An INTEGER or ENUMERATED that must fit.
 * @param what its name in its specification, for the message
 * @throws DerError `value`
 */
export function readInteger(element: Element, what: string, min = 0, max = 0x7fffffff): number {
  const { length } = element;
  if (length === 0) element.refuse(phrase("{0} has no content", what));
  const value = length > 6 ? NaN : element.input.readIntBE(element.contentStart, length);
  if (!(value >= min && value <= max)) {
    element.refuse(
      min === max ? phrase("{0} is not {1}", what, min) : phrase("{0} is not between {1} and {2}", what, min, max),
    );
  }
  return value;
}

/**
 * An INTEGER of any size: its magnitude in upper-case hex, two digits a byte, without leading zero bytes; negative
 * ones with "-" in front (X.690 section 8.3).
 * @throws DerError `value` when it has no content
 */
export function readBigInteger(element: Element): string {
  const { input, contentStart, contentEnd } = element;
  if (contentStart === contentEnd) element.refuse(phrase("{0} has no content", "INTEGER"));
  if (input[contentStart]! >= 0x80) return `-${negated(element.content).toString("hex").toUpperCase()}`;
  let from = contentStart;
  while (from < contentEnd - 1 && input[from] === 0) from++;
  return element.hex.substring(2 * (from - contentStart)).toUpperCase();
}

/** Whether an INTEGER is encoded as a negative number: its first bit is set. */
export const isNegative = ({ input, contentStart, contentEnd }: Element): boolean =>
  contentEnd > contentStart && input[contentStart]! >= 0x80;

/**
 * The bytes of an INTEGER that cannot be negative, in the form of {@link readBigInteger}: if it is encoded as negative
 * because the writer forgot the leading zero byte, the value that was meant.
 * @throws DerError `value` when it has no content
 */
export function readUnsignedInteger(element: Element): string {
  return isNegative(element) ? element.hex.toUpperCase() : readBigInteger(element);
}

/** Decimal form of what {@link readBigInteger} returns; `undefined` beyond 64 bytes. */
export function readDecimal(hex: string): string | undefined {
  if (hex.length > 2 * MAX_DECIMAL_BYTES) return undefined;
  // As many digits as a JavaScript number can hold, including a sign.
  if (hex.length <= 12) return String(Number.parseInt(hex, 16));
  return hex.startsWith("-") ? `-${BigInt(`0x${hex.slice(1)}`)}` : BigInt(`0x${hex}`).toString();
}

/** Two's complement of a negative number, without leading zero bytes. */
function negated(octets: Buffer): Buffer {
  const magnitude = Buffer.alloc(octets.length);
  let carry = 1;
  for (let index = octets.length - 1; index >= 0; index--) {
    const sum = (octets[index]! ^ 0xff) + carry;
    magnitude[index] = sum & 0xff;
    carry = sum >> 8;
  }
  return magnitude.subarray(magnitude.findIndex((octet) => octet !== 0));
}

/**
 * An OBJECT IDENTIFIER in dotted decimal (X.690 section 8.19).
 * @throws DerError `value`
 */
export function readOid(element: Element): string {
  const { input, contentStart, contentEnd } = element;
  if (contentEnd === contentStart) element.refuse(phrase("{0} has no content", "OBJECT IDENTIFIER"));
  if (contentEnd - contentStart > MAX_OID_BYTES) element.refuse(phrase("{0} is too long", "OBJECT IDENTIFIER"));
  if (input[contentEnd - 1]! >= 0x80) element.refuse(phrase("An OBJECT IDENTIFIER ends inside a number"));
  const common = COMMON_OIDS.get(element.latin1);
  if (common !== undefined) return common;
  let text = "";
  let arc = 0;
  for (let position = contentStart; position < contentEnd; position++) {
    const octet = input[position]!;
    arc = arc * 128 + (octet & 0x7f);
    if (octet >= 0x80) {
      if (arc > 0x3fff_ffff_ffff) return longOid(element.content);
      continue;
    }
    if (text === "") {
      const first = arc < 40 ? 0 : arc < 80 ? 1 : 2;
      text = `${first}.${arc - first * 40}`;
    } else {
      text += `.${arc}`;
    }
    arc = 0;
  }
  return text;
}

/** An OBJECT IDENTIFIER with a number beyond 46 bits, as under 2.25 (a UUID). */
function longOid(content: Buffer): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const octet of content) {
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    if (octet >= 0x80) continue;
    if (arcs.length > 0) arcs.push(arc);
    else {
      const first = arc < 80n ? arc / 40n : 2n;
      arcs.push(first, arc - first * 40n);
    }
    arc = 0n;
  }
  return arcs.join(".");
}
