import { phrase, plural, type Phrase } from "../../words/phrase";
import { DerError } from "./der-error";
import { MAX_DEPTH, Source, tooDeep } from "./source";
import { UNUSED_BITS, joinedBits, joinedOctets } from "./string-pieces";
import { CONSTRUCTED, Tag, describeIdentifier, isStringType, unlikeWords } from "./tag";

/**
 * The one reader of ASN.1 encodings (X.690): DER, and BER where it occurs: PKCS #7, PKCS #12, CMS. Except for strings
 * in pieces, nothing is copied, and nothing is built before it is asked for; every element knows its place in the
 * input.
 *
 * Work is proportional to the input: an indefinite length is found by one scan, which remembers the end of each
 * indefinite length inside. Memory: one {@link Element} for each element read, and one map entry for each indefinite
 * length (at least four bytes of input).
 */

/**
 * Most elements that are read at one level, unless more are asked for: the names of a certificate, for example.
 * Certificates in use have up to a few thousand.
 */
const MAX_ELEMENTS = 100_000;

/** Reads consecutive elements between two offsets. */
export class Reader {
  constructor(
    private readonly source: Source,
    /** Of the next element, in bytes from the start of the input. */
    public position: number,
    readonly end: number,
    /** Of the elements read here; the outermost is 0. */
    private readonly depth: number,
    /** Elements that may still be read. */
    private left = MAX_ELEMENTS,
  ) {}

  /** Whether an element follows. */
  get more(): boolean {
    return this.position < this.end;
  }

  /** Identifier octet of the next element, -1 at the end. */
  peek(): number {
    return this.position < this.end ? this.source.bytes[this.position]! : -1;
  }

  /**
   * The next element, whatever it is.
   * @throws DerError `missing` at the end, `value` beyond 100,000, or what is wrong with the element's tag and length.
   */
  next(): Element {
    const { source, depth, position: start } = this;
    if (--this.left < 0) throw new DerError("value", start, phrase("There are too many elements at one level"));
    source.readHeader(start, this.end);
    const { identifier, tagNumber, contentStart, missing } = source;
    let contentEnd = contentStart + source.length;
    let end = contentEnd;
    if (source.length < 0) {
      if (depth + 1 > MAX_DEPTH) throw tooDeep(start);
      contentEnd = source.endOfContents(contentStart, this.end, depth + 1);
      end = contentEnd + 2;
    }
    this.position = end;
    return new Element(source, identifier, tagNumber, start, contentStart, contentEnd, end, depth, missing);
  }

  /**
   * The next element, which must have this identifier octet. A string that BER split into pieces is returned joined.
   * @param what the element's name in its specification, for the message: it is the same in every language
   * @throws DerError `missing` or `tag`; `value` for pieces of another type
   */
  expect(identifier: number, what: string): Element {
    if (this.position >= this.end) throw new DerError("missing", this.position, phrase("{0} is missing", what));
    const element = this.next();
    if (element.identifier === identifier) return element;
    if (isInPieces(element.identifier, identifier)) return element.joined(identifier);
    throw new DerError("tag", element.start, unlikeWords(what, element, identifier));
  }

  /** The next element if it has this identifier octet. A string that BER split into pieces is returned joined. */
  optional(identifier: number): Element | undefined {
    const next = this.peek();
    if (next === identifier) return this.next();
    return next >= 0 && isInPieces(next, identifier) ? this.next().joined(identifier) : undefined;
  }

  /**
   * As {@link optional}, for a string with a context-specific tag in place of its own (IMPLICIT tagging), whose
   * identifier octet does not show that it is one.
   * @param identifier that a string in one piece has
   */
  optionalString(identifier: number): Element | undefined {
    if (this.peek() === (identifier | CONSTRUCTED)) return this.next().joined(identifier);
    return this.optional(identifier);
  }

  /** @throws DerError `trailing` when another element follows that the specification does not allow. */
  finish(what: string): void {
    if (this.more) throw new DerError("trailing", this.position, phrase("{0} has too many elements", what));
  }
}

/** One element: tag, length and the place of its content. */
export class Element {
  constructor(
    private readonly source: Source,
    /** The identifier octet: class, constructed bit, and tag number where that is below 31. */
    readonly identifier: number,
    readonly tagNumber: number,
    /** Bytes from the start of the input, as are the others. */
    readonly start: number,
    readonly contentStart: number,
    readonly contentEnd: number,
    /** Past the end-of-contents octets where the length is indefinite. */
    readonly end: number,
    readonly depth: number,
    /** Bytes that its length announces but that are missing; 0 except in lenient reading. */
    readonly missing: number,
  ) {}

  /** The whole input. */
  get input(): Buffer {
    return this.source.bytes;
  }

  get constructed(): boolean {
    return (this.identifier & CONSTRUCTED) !== 0;
  }

  /** Content bytes. */
  get length(): number {
    return this.contentEnd - this.contentStart;
  }

  /** Tag, length and content: a view of the input. */
  get bytes(): Buffer {
    return this.source.bytes.subarray(this.start, this.end);
  }

  /** The content: a view of the input. */
  get content(): Buffer {
    return this.source.bytes.subarray(this.contentStart, this.contentEnd);
  }

  /** The content in lower-case hex. */
  get hex(): string {
    return this.source.hex(this.contentStart, this.contentEnd);
  }

  /** Tag, length and content in lower-case hex. */
  get wholeHex(): string {
    return this.source.hex(this.start, this.end);
  }

  /** The content, one character per byte. */
  get latin1(): string {
    return this.source.latin1(this.contentStart, this.contentEnd);
  }

  /** Whether the bytes read so far, including this element's, contain anything that DER forbids and BER allows. */
  get beyondDer(): boolean {
    return this.source.beyondDer;
  }

  /** Throws DerError `value` at the start of this element. */
  refuse(problem: Phrase): never {
    throw new DerError("value", this.start, problem);
  }

  /** Throws DerError `value`: it is not one of the forms of `type`, a CHOICE. */
  refuseAs(type: string): never {
    this.refuse(phrase("{0} is not a {1}", describeIdentifier(this.identifier, this.tagNumber), type));
  }

  /**
   * The elements inside a constructed element.
   * @param most how many of its elements may be read
   * @throws DerError `tag` when it is primitive, `too-deep`
   */
  open(most = MAX_ELEMENTS): Reader {
    if (!this.constructed) {
      throw new DerError("tag", this.start, phrase("{0} contains no elements", describeIdentifier(this.identifier)));
    }
    return this.inside(this.contentStart, most);
  }

  /**
   * The elements encoded inside an OCTET STRING or a BIT STRING. Offsets are those of the same input if the string is
   * in one piece.
   * @throws DerError `tag`, `value`, `too-deep`
   */
  openEncoded(): Reader {
    if (this.constructed) return readerAt(this.octets(), this.depth + 1, false);
    if (this.identifier === Tag.BIT_STRING) {
      if (this.input[this.contentStart] !== 0) this.refuse(UNUSED_BITS);
      return this.inside(this.contentStart + 1);
    }
    return this.inside();
  }

  /** A SEQUENCE of only this element, as if it were in the input. */
  asList(): Element {
    return new Element(this.source, Tag.SEQUENCE, 0x10, this.start, this.start, this.end, this.end, this.depth - 1, 0);
  }

  private inside(from = this.contentStart, most = MAX_ELEMENTS): Reader {
    if (this.depth + 1 > MAX_DEPTH) throw tooDeep(this.start);
    return new Reader(this.source, from, this.contentEnd, this.depth + 1, most);
  }

  /**
   * Content of a string type. BER may split it into pieces (X.690 sections 8.7.3 and 8.14.4), which are joined; the
   * result is a view of the input if it is in one piece.
   * @throws DerError `value` for pieces that are not strings
   */
  octets(): Buffer {
    if (!this.constructed) return this.content;
    this.source.beyondDer = true;
    return joinedOctets(this);
  }

  /**
   * This string, which BER split into pieces, joined into a new element that begins at 0.
   * @param identifier that a string in one piece has
   * @throws DerError `value` for pieces of another type, `too-deep`
   */
  joined(identifier: number): Element {
    const content = identifier === Tag.BIT_STRING ? joinedBits(this) : this.octets();
    const source = new Source(content, false);
    source.beyondDer = true;
    return new Element(source, identifier, this.tagNumber, 0, 0, content.length, content.length, this.depth, 0);
  }

  /**
   * A BIT STRING's bytes and the number (0 to 7) of unused bits at its end (X.690 section 8.6).
   * @throws DerError `value`
   */
  bits(): { readonly unused: number; readonly bytes: Buffer } {
    if (this.constructed) this.source.beyondDer = true;
    const octets = this.constructed ? joinedBits(this) : this.content;
    const unused = octets[0];
    if (unused === undefined || unused > 7 || (unused > 0 && octets.length === 1)) {
      this.refuse(UNUSED_BITS);
    }
    return { unused, bytes: octets.subarray(1) };
  }

  /**
   * The bits of a BIT STRING in lower-case hex.
   * @throws DerError `value`
   */
  bitsHex(): string {
    if (this.constructed || this.length === 0 || this.input[this.contentStart] !== 0) {
      return this.bits().bytes.toString("hex");
    }
    return this.source.hex(this.contentStart + 1, this.contentEnd);
  }
}

/**
 * Whether an identifier octet is that of a string type, apart from the bit that says that BER split it into pieces.
 */
const isInPieces = (found: number, wanted: number): boolean => found === (wanted | CONSTRUCTED) && isStringType(wanted);

/** Reads the elements of `bytes`, which are not copied. */
export function readerOf(bytes: Uint8Array): Reader {
  return readerAt(bytes, 0, false);
}

/**
 * Reads the elements of damaged bytes: an element that is longer than the input is truncated, and {@link
 * Element.missing} says so.
 */
export function lenientReaderOf(bytes: Uint8Array): Reader {
  return readerAt(bytes, 0, true);
}

function readerAt(bytes: Uint8Array, depth: number, lenient: boolean): Reader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Reader(new Source(buffer, lenient), 0, buffer.length, depth);
}

/**
 * The only element in `bytes`.
 * @param what its name in its specification, for the message
 * @throws DerError when the element is not of this type, or something follows it
 */
export function readElement(bytes: Uint8Array, identifier: number, what: string): Element {
  const reader = readerOf(bytes);
  const element = reader.expect(identifier, what);
  if (reader.more) {
    const extra = bytes.length - reader.position;
    const words = plural(extra, "{0} byte follows {1}", "{0} bytes follow {1}", what);
    throw new DerError("trailing", reader.position, words);
  }
  return element;
}
