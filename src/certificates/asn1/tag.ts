import { phrase, type Phrase } from "../../words/phrase";

/** Identifier octets of the universal types (X.690 section 8.1.2), with the constructed bit where it is always set. */
export const Tag = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OBJECT_IDENTIFIER: 0x06,
  ENUMERATED: 0x0a,
  UTF8_STRING: 0x0c,
  SEQUENCE: 0x30,
  SET: 0x31,
  NUMERIC_STRING: 0x12,
  PRINTABLE_STRING: 0x13,
  TELETEX_STRING: 0x14,
  VIDEOTEX_STRING: 0x15,
  IA5_STRING: 0x16,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  GRAPHIC_STRING: 0x19,
  VISIBLE_STRING: 0x1a,
  GENERAL_STRING: 0x1b,
  UNIVERSAL_STRING: 0x1c,
  BMP_STRING: 0x1e,
} as const;

/** The bit of an identifier octet that says that the content is elements. */
export const CONSTRUCTED = 0x20;

/** Identifier octet of a context-specific primitive element, for instance `[2] IMPLICIT IA5String`. */
export const implicit = (number: number): number => 0x80 | number;

/** Identifier octet of a context-specific constructed element, for instance `[0] EXPLICIT Version`. */
export const explicit = (number: number): number => 0xa0 | number;

/** Types that BER may split into pieces (X.690 sections 8.6, 8.7, 8.23 and 8.25), including times. */
const STRING_TYPES: ReadonlySet<number> = new Set([
  ...[Tag.BIT_STRING, Tag.OCTET_STRING, Tag.UTF8_STRING, Tag.NUMERIC_STRING, Tag.PRINTABLE_STRING, Tag.TELETEX_STRING],
  ...[Tag.VIDEOTEX_STRING, Tag.IA5_STRING, Tag.UTC_TIME, Tag.GENERALIZED_TIME, Tag.GRAPHIC_STRING, Tag.VISIBLE_STRING],
  ...[Tag.GENERAL_STRING, Tag.UNIVERSAL_STRING, Tag.BMP_STRING],
]);

/** Whether an identifier octet is that of a string in one piece. */
export const isStringType = (identifier: number): boolean => STRING_TYPES.has(identifier);

const UNIVERSAL_NAMES: ReadonlyMap<number, string> = new Map([
  ...Object.entries(Tag).map(([name, identifier]) => [identifier & 0x1f, name.replaceAll("_", " ")] as const),
  [0x00, "end-of-contents"],
  [0x07, "ObjectDescriptor"],
  [0x08, "EXTERNAL"],
  [0x09, "REAL"],
  [0x0b, "EMBEDDED PDV"],
  [0x0c, "UTF8String"],
  [0x0d, "RELATIVE-OID"],
  [0x12, "NumericString"],
  [0x13, "PrintableString"],
  [0x14, "TeletexString"],
  [0x15, "VideotexString"],
  [0x16, "IA5String"],
  [0x17, "UTCTime"],
  [0x18, "GeneralizedTime"],
  [0x19, "GraphicString"],
  [0x1a, "VisibleString"],
  [0x1b, "GeneralString"],
  [0x1c, "UniversalString"],
  [0x1d, "CHARACTER STRING"],
  [0x1e, "BMPString"],
]);

/** The type of an identifier octet, in ASN.1's own words: "SEQUENCE", "[0]", "[APPLICATION 3]". */
export function describeIdentifier(identifier: number, tagNumber = identifier & 0x1f): string {
  switch (identifier >> 6) {
    case 0:
      return UNIVERSAL_NAMES.get(tagNumber) ?? `[UNIVERSAL ${tagNumber}]`;
    case 1:
      return `[APPLICATION ${tagNumber}]`;
    case 2:
      return `[${tagNumber}]`;
    default:
      return `[PRIVATE ${tagNumber}]`;
  }
}

/**
 * That an element has another identifier octet than the wanted one: if the names of both are the same, the constructed
 * bit is named.
 * @param what the element's name in its specification
 */
export function unlikeWords(
  what: string,
  { identifier, tagNumber }: { readonly identifier: number; readonly tagNumber: number },
  wanted: number,
): Phrase {
  const [found, other] = [describeIdentifier(identifier, tagNumber), describeIdentifier(wanted)];
  if (found !== other) return phrase("{0} is {1} instead of {2}", what, found, other);
  return (identifier & CONSTRUCTED) === 0
    ? phrase("{0} is a primitive {1} instead of a constructed one", what, found)
    : phrase("{0} is a constructed {1} instead of a primitive one", what, found);
}
