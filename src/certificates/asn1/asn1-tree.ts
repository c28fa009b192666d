import { phrase, plural, type Phrase } from "../../words/phrase";
import type { Asn1Node } from "./asn1-node";
import { characterString } from "./character-string";
import { lenientReaderOf, type Element, type Reader } from "./der";
import { DerError } from "./der-error";
import { Tag, describeIdentifier } from "./tag";
import { isTime, readTime } from "./time";
import { readBigInteger, readDecimal, readOid } from "./value";

/** Most nodes of one tree; deeper and further elements are left out, with a note. */
const MAX_NODES = 5000;
/**
 * Most elements that are read for one tree, including those that turn out not to be encoded inside a string: each of
 * them may look like one on every level around it.
 */
const MAX_READ = 4 * MAX_NODES;
/** Characters of a node's value. */
const MAX_VALUE = 200;

/** The name of an object identifier; `undefined` if unknown. */
export type OidName = (oid: string) => string | undefined;

/**
 * The elements of `bytes` as a tree, down to what is encoded inside strings. Damaged bytes give the readable elements
 * before them and a node that says what is wrong. At most {@link MAX_NODES} nodes.
 */
export function readAsn1Tree(bytes: Uint8Array, nameOf: OidName): readonly Asn1Node[] {
  return treeBuilder(nameOf).nodes(lenientReaderOf(bytes));
}

/**
 * Builds such trees of elements inside an input, with offsets in that input; together they have as many nodes as one.
 */
export function treeBuilder(nameOf: OidName): TreeBuilder {
  return new TreeBuilder((element) => valueText(element, nameOf));
}

/**
 * The same for bytes that may be a private key, or a piece of one: types, lengths, identifiers, times and plain words,
 * and no content that could be part of a key.
 * @param mayBeKey whether a text could be one, in some encoding
 */
export function asn1Outline(
  bytes: Uint8Array,
  nameOf: OidName,
  mayBeKey: (text: string) => boolean,
): readonly Asn1Node[] {
  return new TreeBuilder((element) => outlineText(element, nameOf, mayBeKey)).nodes(lenientReaderOf(bytes));
}

/** Builds trees that have {@link MAX_NODES} nodes together. */
export class TreeBuilder {
  private left = MAX_NODES;
  private unread = MAX_READ;
  /** How many nodes so far are damaged or incomplete. */
  private broken = 0;

  constructor(private readonly valueOf: (element: Element) => Phrase | string) {}

  nodes(reader: Reader): Asn1Node[] {
    const nodes: Asn1Node[] = [];
    while (reader.more) {
      const offset = reader.position;
      if (this.left-- <= 0) {
        this.broken++;
        nodes.push(damagedNode(offset, reader.end, phrase("The rest is not shown: there are too many elements")));
        break;
      }
      this.unread--;
      try {
        nodes.push(this.node(reader.next()));
      } catch (error) {
        if (!(error instanceof DerError)) throw error;
        this.broken++;
        nodes.push(damagedNode(offset, reader.end, error.said));
        break;
      }
    }
    return nodes;
  }

  private node(element: Element): Asn1Node {
    if (element.missing > 0) this.broken++;
    const node = {
      type: describeIdentifier(element.identifier, element.tagNumber),
      offset: element.start,
      headerLength: element.contentStart - element.start,
      length: element.length,
      ...(element.missing === 0 ? {} : { problem: missingWords(element.missing) }),
    };
    if (element.constructed) return { ...node, children: this.nodes(element.open()) };
    const encapsulated = this.encapsulated(element);
    if (encapsulated !== undefined) return { ...node, children: encapsulated, encapsulates: true };
    const value = this.valueOf(element);
    if (typeof value !== "string" || value.length <= MAX_VALUE) return { ...node, value };
    return { ...node, value: value.slice(0, MAX_VALUE), shortened: true };
  }

  /** The content of an OCTET STRING or BIT STRING, if it is exactly one element of a constructed or string type. */
  private encapsulated(element: Element): Asn1Node[] | undefined {
    const { identifier } = element;
    if (identifier !== Tag.OCTET_STRING && identifier !== Tag.BIT_STRING) return undefined;
    if (this.unread <= 0) return undefined;
    const { left, broken } = this;
    try {
      const reader = element.openEncoded();
      if (!PLAUSIBLE.has(reader.peek())) return undefined;
      const nodes = this.nodes(reader);
      if (nodes.length === 1 && this.broken === broken) return nodes;
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
    }
    this.left = left;
    this.broken = broken;
    return undefined;
  }
}

/** Types that an encoding inside a string begins with; random bytes seldom fit one of these to the last byte. */
const PLAUSIBLE: ReadonlySet<number> = new Set([
  ...[Tag.SEQUENCE, Tag.SET, Tag.INTEGER, Tag.BIT_STRING, Tag.OCTET_STRING, Tag.OBJECT_IDENTIFIER, Tag.ENUMERATED],
  ...[Tag.UTF8_STRING, Tag.PRINTABLE_STRING, Tag.IA5_STRING, Tag.BMP_STRING, Tag.GENERALIZED_TIME, Tag.NULL],
]);

const missingWords = (bytes: number): Phrase =>
  plural(bytes, "{0} of its bytes is missing", "{0} of its bytes are missing");

function damagedNode(offset: number, end: number, problem: Phrase | string): Asn1Node {
  return { type: phrase("damaged"), offset, headerLength: 0, length: end - offset, problem };
}

/**
 * As much of a primitive element's content as is shown, and a little more, so that the caller sees that there is more.
 */
function valueText(element: Element, nameOf: OidName): string {
  try {
    const text = typedText(element, nameOf);
    if (text !== undefined) return text;
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
  }
  return element.input.toString(
    "hex",
    element.contentStart,
    Math.min(element.contentEnd, element.contentStart + MAX_VALUE),
  );
}

/** Most bytes of a number that is a version or a count, not a key. */
const MAX_SMALL = 8;

function outlineText(element: Element, nameOf: OidName, mayBeKey: (text: string) => boolean): Phrase | string {
  try {
    const { identifier, length } = element;
    const isNumber = identifier === Tag.INTEGER || identifier === Tag.ENUMERATED;
    const text = isNumber && length > MAX_SMALL ? undefined : typedText(element, nameOf);
    if (text !== undefined && !mayBeKey(text)) return text;
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
  }
  return phrase("not shown");
}

function typedText(element: Element, nameOf: OidName): string | undefined {
  switch (element.identifier) {
    case Tag.OBJECT_IDENTIFIER: {
      const identifier = readOid(element);
      const name = nameOf(identifier);
      return name === undefined ? identifier : `${identifier} (${name})`;
    }
    case Tag.INTEGER:
    case Tag.ENUMERATED: {
      const hex = readBigInteger(element);
      return readDecimal(hex) ?? hex;
    }
    case Tag.BOOLEAN:
      return element.length === 1 && element.input[element.contentStart] === 0 ? "FALSE" : "TRUE";
    case Tag.NULL:
      return "";
    default:
      if (isTime(element.identifier)) return new Date(readTime(element)).toISOString();
      return characterString(element)?.value ?? implicitText(element);
  }
}

/**
 * The content of a context-specific tag is most often text, a name or an address: shown as text where it cannot be
 * anything else.
 */
function implicitText(element: Element): string | undefined {
  const isUniversal = element.identifier < 0x40;
  if (isUniversal || element.length === 0) return undefined;
  return element.content.every((octet) => octet >= 0x20 && octet <= 0x7e) ? element.latin1 : undefined;
}
