import { isUtf8 } from "node:buffer";
import { phrase } from "../../words/phrase";
import type { Element } from "./der";
import { CONSTRUCTED, Tag, describeIdentifier } from "./tag";

/** An ASN.1 character string as it was found. */
export interface CharacterString {
  /** The ASN.1 type: "UTF8String", "PrintableString", "BMPString", … */
  readonly type: string;
  readonly value: string;
  /** Present where bytes are not text of that type; each such place is U+FFFD in `value`. */
  readonly damaged?: true;
}

/**
 * Decodes any of the string types of RFC 5280 and X.680. TeletexString and the others of one byte a character are read
 * as ASCII, as UTF-8 if they are valid UTF-8, and else as Latin-1 (RFC 5280 gives no mapping).
 * @returns `undefined` when the element is not a character string
 * @throws DerError when a BER string's pieces are malformed
 */
export function characterString(element: Element): CharacterString | undefined {
  // The constructed bit is set where BER cut the string into pieces.
  const tag = element.identifier & ~CONSTRUCTED;
  switch (tag) {
    case Tag.UTF8_STRING: {
      if (isAscii(element)) return { type: "UTF8String", value: element.latin1 };
      const octets = element.octets();
      return decoded(element, octets.toString("utf8"), () => isUtf8(octets));
    }
    case Tag.PRINTABLE_STRING:
    case Tag.IA5_STRING:
    case Tag.NUMERIC_STRING:
    case Tag.VISIBLE_STRING:
    case Tag.TELETEX_STRING:
    case Tag.VIDEOTEX_STRING:
    case Tag.GRAPHIC_STRING:
    case Tag.GENERAL_STRING:
      return {
        type: describeIdentifier(tag),
        value: isAscii(element) ? element.latin1 : eightBitText(element.octets()),
      };
    case Tag.BMP_STRING:
      return bmpString(element);
    case Tag.UNIVERSAL_STRING:
      return universalString(element);
    default:
      return undefined;
  }
}

/**
 * The text of an element, which must be a character string.
 * @throws DerError `value`
 */
export function stringValue(element: Element): string {
  return characterString(element)?.value ?? element.refuse(phrase("This is not a character string"));
}

/**
 * Bytes beyond ASCII in a type with one byte per character: UTF-8 if they are valid UTF-8, which Latin-1 text hardly
 * ever is, else Latin-1.
 */
const eightBitText = (octets: Buffer): string => octets.toString(isUtf8(octets) ? "utf8" : "latin1");

/** Whether a primitive element contains only ASCII, as nearly all do. */
function isAscii(element: Element): boolean {
  if (element.constructed) return false;
  const { input, contentEnd } = element;
  for (let position = element.contentStart; position < contentEnd; position++) {
    if (input[position]! >= 0x80) return false;
  }
  return true;
}

function decoded(element: Element, value: string, intact: () => boolean): CharacterString {
  const type = describeIdentifier(element.identifier & ~CONSTRUCTED);
  return value.includes("\ufffd") && !intact() ? { type, value, damaged: true } : { type, value };
}

/** Two bytes per character, big-endian. Surrogate pairs, which X.680 forbids here, occur and are accepted. */
function bmpString(element: Element): CharacterString {
  const octets = element.octets();
  const whole = octets.length & ~1;
  let value = Buffer.from(octets.subarray(0, whole)).swap16().toString("utf16le");
  if (whole !== octets.length) value += "\ufffd";
  // UTF-8 has no lone surrogates: they become U+FFFD.
  const wellFormed = Buffer.from(value).toString("utf8");
  return decoded(element, wellFormed, () => whole === octets.length && wellFormed === value);
}

/** Four bytes per character, big-endian. */
function universalString(element: Element): CharacterString {
  const octets = element.octets();
  let value = "";
  let intact = octets.length % 4 === 0;
  for (let index = 0; index + 4 <= octets.length; index += 4) {
    const code = octets.readUInt32BE(index);
    const valid = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    value += valid ? String.fromCodePoint(code) : "\ufffd";
    intact &&= valid;
  }
  if (octets.length % 4 !== 0) value += "\ufffd";
  return decoded(element, value, () => intact);
}
