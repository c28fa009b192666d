import { phrase, type Phrase } from "../../words/phrase";
import { characterString, type CharacterString } from "../asn1/character-string";
import type { Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag, describeIdentifier, unlikeWords } from "../asn1/tag";
import { readOid } from "../asn1/value";
import { ATTRIBUTE_TYPES } from "./attribute-type";
import { unicodeForm } from "./international-domain";

/** A distinguished name (RFC 5280 section 4.1.2.4). */
export interface Name {
  /** RFC 4514: last RDN first. Empty for an empty name. */
  readonly text: string;
  /** In encoding order; nearly always one attribute each. */
  readonly rdns: readonly (readonly NameAttribute[])[];
}

export interface NameAttribute {
  readonly oid: string;
  /** Short name of a known type, see {@link ATTRIBUTE_TYPES}. */
  readonly keyword?: string;
  /** The text as it is; for a value that is not text, "#" and its encoding in hex (RFC 4514 section 2.4). */
  readonly value: string;
  /** ASN.1 type of the value: "PrintableString", "UTF8String", … */
  readonly stringType: string;
  /** Present where bytes are not text of that type. */
  readonly damaged?: true;
  /** Present if the attribute itself could not be read; then the value is its encoding. */
  readonly problem?: Phrase;
  /** Of an internationalised domain name in the value. */
  readonly unicode?: string;
}

/** Most attributes of one name; names in use have up to ten. Names are compared and used in sentences. */
const MAX_RDNS = 200;

/**
 * Reads a Name: SEQUENCE OF SET OF SEQUENCE { type, value }. A damaged part is replaced by its encoding in hex.
 * @throws DerError where every part is damaged; also for more than 200 RDNs, or attributes of one
 */
export function readName(element: Element): Name {
  const rdns: NameAttribute[][] = [];
  const damaged: Element[] = [];
  let text = "";
  for (const sequence = element.open(); sequence.more;) {
    if (rdns.length === MAX_RDNS) element.refuse(phrase("A name has more than {0} parts", MAX_RDNS));
    const set = sequence.next();
    if (set.identifier !== Tag.SET) damaged.push(set);
    const rdn = set.identifier === Tag.SET ? readRdn(set) : damagedRdn(set);
    rdns.push(rdn.attributes);
    // An RDN without attributes, which X.501 forbids, is the empty text between two commas (RFC 4514 section 2.1).
    text = rdns.length === 1 ? rdn.text : `${rdn.text},${text}`;
  }
  const [first] = damaged;
  if (first !== undefined && damaged.length === rdns.length) throw new DerError("tag", first.start, notASet(first));
  return { text, rdns };
}

function damagedRdn(element: Element) {
  return damagedPart(element, new DerError("tag", element.start, notASet(element)));
}

const notASet = (element: Element): Phrase => unlikeWords("RelativeDistinguishedName", element, Tag.SET);

/** A damaged attribute does not hide the others: its encoding in hex replaces it. */
function damagedPart(element: Element, { said }: DerError) {
  const text = hexForm(element);
  const attribute: NameAttribute = { oid: "", value: text, stringType: "damaged", damaged: true, problem: said };
  return { attributes: [attribute], text };
}

/** Reads a single RDN (`nameRelativeToCRLIssuer`), whatever its tag. */
export function readRelativeName(element: Element): Name {
  const { attributes, text } = readRdn(element);
  return { text, rdns: [attributes] };
}

function readRdn(element: Element) {
  const attributes: NameAttribute[] = [];
  let text = "";
  for (const set = element.open(); set.more;) {
    if (attributes.length === MAX_RDNS)
      element.refuse(phrase("A part of a name has more than {0} attributes", MAX_RDNS));
    const pair = set.next();
    let assertion: string;
    try {
      if (pair.identifier !== Tag.SEQUENCE) pair.refuse(unlikeWords("AttributeTypeAndValue", pair, Tag.SEQUENCE));
      const parts = pair.open();
      const type = readOid(parts.expect(Tag.OBJECT_IDENTIFIER, "AttributeType"));
      const value = parts.next();
      parts.finish("AttributeTypeAndValue");
      const keyword = ATTRIBUTE_TYPES.get(type)?.keyword;
      const string = characterString(value);
      // RFC 4514 section 2.4: text only for known types; the encoding for all others.
      assertion =
        string === undefined || keyword === undefined
          ? `${keyword ?? type}=${hexForm(value)}`
          : `${keyword}=${escapeValue(string.value)}`;
      attributes.push(readAttribute(type, keyword, value, string));
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      const damaged = damagedPart(pair, error);
      assertion = damaged.text;
      attributes.push(...damaged.attributes);
    }
    text = attributes.length === 1 ? assertion : `${assertion}+${text}`;
  }
  return { attributes, text };
}

function readAttribute(
  oid: string,
  keyword: string | undefined,
  element: Element,
  string: CharacterString | undefined,
): NameAttribute {
  const value = string?.value ?? hexForm(element);
  const stringType = string?.type ?? describeIdentifier(element.identifier, element.tagNumber);
  const unicode = string === undefined ? undefined : unicodeForm(value);
  // Nearly all have this form; the spread in the other branch costs as much as everything else together.
  if (keyword !== undefined && unicode === undefined && string?.damaged === undefined) {
    return { oid, keyword, value, stringType };
  }
  return {
    oid,
    ...(keyword === undefined ? {} : { keyword }),
    value,
    stringType,
    ...(string?.damaged === true ? { damaged: true } : {}),
    ...(unicode === undefined ? {} : { unicode }),
  };
}

const hexForm = (value: Element) => `#${value.wholeHex.toUpperCase()}`;

const NEEDS_ESCAPE = /^[ #]| $|["+,;<>\\\u0000-\u001f\u007f]/;

/** RFC 4514 section 2.4; control characters as hex pairs too, which it allows. */
function escapeValue(value: string): string {
  if (!NEEDS_ESCAPE.test(value)) return value;
  return value
    .replace(/["+,;<>\\]/g, "\\$&")
    .replace(
      /[\u0000-\u001f\u007f]/g,
      (control) => `\\${control.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .replace(/^[ #]|(?!^) $/g, "\\$&");
}

/** The values of all attributes of a type (dotted decimal), in encoding order. */
export function attributeValues(name: Name, type: string): readonly string[] {
  return name.rdns.flatMap((rdn) => rdn.filter((attribute) => attribute.oid === type).map(({ value }) => value));
}

/** What a person calls the owner of a name: its common name, or else the organisation, or else the last attribute. */
export function shortName(name: Name): string {
  const [commonName] = attributeValues(name, "2.5.4.3");
  const [organization] = attributeValues(name, "2.5.4.10");
  return commonName ?? organization ?? name.rdns.at(-1)?.[0]?.value ?? "";
}
