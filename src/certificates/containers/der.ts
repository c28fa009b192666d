import { DerError } from "./der-error";
import { CONSTRUCTED, Tag, describeIdentifier } from "./tag";

/**
 * The one reader of ASN.1 encodings (X.690): DER, and BER where it occurs in PKCS#7. Nothing is copied and nothing is
 * built before it is asked for; every element knows where it stands in the input.
 *
 * Work is proportional to the input: an indefinite length is found by one scan, which remembers the end of each
 * indefinite length inside. Memory: one {@link Element} for each element read, and one map entry for each
 * indefinite length (at least four bytes of input).
 */

/** Elements inside elements. Real structures stay below 20. */
export const MAX_DEPTH = 64;

/** One input, and what is remembered about it. */
class Source {
  /** End of the content of each indefinite length met so far, by the start of that content. */
  private ends: Map<number, number> | undefined;
  /** Whether something was met that DER forbids but BER allows: indefinite or over-long lengths, strings in pieces. */
  beyondDer = false;

  constructor(
    readonly bytes: Buffer,
    /** Whether an element that is longer than what is there is cut off rather than refused. */
    readonly lenient: boolean,
  ) {}

  /** Where the content that starts at `contentStart` meets its end-of-contents octets (X.690 section 8.1.5). */
  endOfContents(contentStart: number, limit: number, depth: number): number {
    this.beyondDer = true;
    this.ends ??= new Map();
    const known = this.ends.get(contentStart);
    if (known !== undefined) return known;
    const open = [contentStart];
    const reader = new Reader(this, contentStart, limit, depth);
    for (;;) {
      const { position } = reader;
      const outer = open.at(-1) ?? contentStart;
      if (position + 2 > limit) {
        throw new DerError("truncated", outer, "The element of indefinite length that starts here has no end");
      }
      if (this.bytes[position] === 0 && this.bytes[position + 1] === 0) {
        this.ends.set(outer, position);
        open.pop();
        reader.position = position + 2;
        if (open.length === 0) return position;
        continue;
      }
      const header = reader.header();
      if (header.length !== undefined) {
        reader.position = header.contentStart + header.length;
        continue;
      }
      if (depth + open.length > MAX_DEPTH) throw tooDeep(position);
      open.push(header.contentStart);
      reader.position = header.contentStart;
    }
  }
}

const tooDeep = (offset: number) =>
  new DerError("too-deep", offset, `More than ${MAX_DEPTH} elements stand inside each other`);

/** Tag and length of an element; `length` is absent where it is indefinite. */
interface Header {
  readonly identifier: number;
  readonly tagNumber: number;
  readonly contentStart: number;
  readonly length: number | undefined;
  /** Bytes that the length promises and that are not there; only in lenient reading. */
  readonly missing: number;
}

/** Reads the elements that stand one after the other between two offsets. */
export class Reader {
  constructor(
    private readonly source: Source,
    /** Of the next element, in bytes from the start of the input. */
    public position: number,
    readonly end: number,
    /** Of the elements read here; the outermost is 0. */
    private readonly depth: number,
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
   * @throws DerError `missing` at the end, or what is wrong with the element's tag and length.
   */
  next(): Element {
    const { source, depth, position: start } = this;
    const { identifier, tagNumber, contentStart, length, missing } = this.header();
    let contentEnd: number;
    if (length !== undefined) {
      contentEnd = contentStart + length;
      this.position = contentEnd;
    } else {
      if (depth + 1 > MAX_DEPTH) throw tooDeep(start);
      contentEnd = source.endOfContents(contentStart, this.end, depth + 1);
      this.position = contentEnd + 2;
    }
    const end = this.position;
    return new Element(source, identifier, tagNumber, start, contentStart, contentEnd, end, depth, missing);
  }

  /**
   * The next element, which must have this identifier octet.
   * @param what the element's name in its specification, for the message
   * @throws DerError `missing` or `tag`
   */
  expect(identifier: number, what: string): Element {
    if (this.position >= this.end) throw new DerError("missing", this.position, `${what} is missing`);
    const element = this.next();
    if (element.identifier !== identifier) {
      const found = describeIdentifier(element.identifier);
      throw new DerError("tag", element.start, `${what} is ${found} instead of ${describeIdentifier(identifier)}`);
    }
    return element;
  }

  /** The next element if it has this identifier octet. */
  optional(identifier: number): Element | undefined {
    return this.peek() === identifier ? this.next() : undefined;
  }

  /** @throws DerError `trailing` when an element follows that the specification does not know. */
  finish(what: string): void {
    if (this.more) throw new DerError("trailing", this.position, `${what} has more elements than it may have`);
  }

  /** Reads tag and length at the position, which stays where it is. */
  header(): Header {
    const { bytes } = this.source;
    const start = this.position;
    let position = start;
    if (start >= this.end) throw this.atEnd(start, start);
    const identifier = bytes[position++]!;
    let tagNumber = identifier & 0x1f;
    if (tagNumber === 0x1f) {
      // X.690 section 8.1.2.4: base 128, most significant group first.
      tagNumber = 0;
      for (;;) {
        if (position >= this.end) throw this.atEnd(start, position);
        const octet = bytes[position++]!;
        tagNumber = tagNumber * 128 + (octet & 0x7f);
        if (tagNumber > 0x7fffffff) throw new DerError("tag", start, "The tag number is too large");
        if (octet < 0x80) break;
      }
    }
    if (position >= this.end) throw this.atEnd(start, position);
    let length = bytes[position++]!;
    if (length === 0x80) {
      if ((identifier & CONSTRUCTED) === 0) {
        throw new DerError("length", start, "A primitive element has an indefinite length");
      }
      return { identifier, tagNumber, contentStart: position, length: undefined, missing: 0 };
    }
    if (length > 0x80) {
      const octets = length & 0x7f;
      if (position + octets > this.end) throw this.atEnd(start, position);
      length = 0;
      for (let index = 0; index < octets; index++) {
        length = length * 256 + bytes[position++]!;
        if (length > 0xffffffff) throw new DerError("length", start, "The element's length is beyond 4 GiB");
      }
      if (length < 0x80 || length < 256 ** (octets - 1)) this.source.beyondDer = true;
    }
    if (position + length > this.end) {
      if (this.source.lenient) {
        const there = this.end - position;
        return { identifier, tagNumber, contentStart: position, length: there, missing: length - there };
      }
      if (this.end < bytes.length) {
        throw new DerError("overrun", start, `The element (${length} bytes) is longer than the one around it`);
      }
      const there = this.end - position;
      throw new DerError("truncated", start, `The element has ${length} bytes, of which ${there} are there`);
    }
    return { identifier, tagNumber, contentStart: position, length, missing: 0 };
  }

  private atEnd(start: number, position: number): DerError {
    if (start === position) return new DerError("missing", start, "An element is missing");
    if (this.end < this.source.bytes.length) {
      return new DerError("overrun", start, "The element is longer than the one around it");
    }
    return new DerError("truncated", start, "The bytes end inside the tag or length of an element");
  }
}

/** One element: tag, length and where its content stands. */
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
    /** Bytes that its length promises and that are not there; 0 except in lenient reading. */
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
    return this.source.bytes.toString("hex", this.contentStart, this.contentEnd);
  }

  /** Whether the bytes read so far, this element's included, hold something that DER forbids and BER allows. */
  get beyondDer(): boolean {
    return this.source.beyondDer;
  }

  /** Throws DerError `value` at the start of this element. */
  refuse(message: string): never {
    throw new DerError("value", this.start, message);
  }

  /**
   * The elements inside a constructed element.
   * @throws DerError `tag` when it is primitive, `too-deep`
   */
  open(): Reader {
    if (!this.constructed) {
      throw new DerError("tag", this.start, `${describeIdentifier(this.identifier)} holds no elements`);
    }
    return this.inside();
  }

  /**
   * The elements encoded inside an OCTET STRING or a BIT STRING, offsets being those of the same input where that is
   * in one piece.
   * @throws DerError `tag`, `value`, `too-deep`
   */
  openEncoded(): Reader {
    if (this.constructed) return readerAt(this.octets(), this.depth + 1, false);
    if (this.identifier === Tag.BIT_STRING) {
      if (this.bits().unused !== 0) this.refuse("A BIT STRING that holds an encoding has unused bits");
      return this.inside(this.contentStart + 1);
    }
    return this.inside();
  }

  private inside(from = this.contentStart): Reader {
    if (this.depth + 1 > MAX_DEPTH) throw tooDeep(this.start);
    return new Reader(this.source, from, this.contentEnd, this.depth + 1);
  }

  /**
   * Content of a string type. BER may cut it into pieces (X.690 sections 8.7.3 and 8.14.4), which are joined; the result is a
   * view of the input where it is in one piece.
   */
  octets(): Buffer {
    if (!this.constructed) return this.content;
    const pieces: Buffer[] = [];
    this.collectPieces(pieces);
    this.source.beyondDer = true;
    return Buffer.concat(pieces);
  }

  private collectPieces(pieces: Buffer[]): void {
    for (const reader = this.open(); reader.more;) {
      const piece = reader.next();
      if (piece.constructed) piece.collectPieces(pieces);
      else pieces.push(piece.content);
    }
  }

  /**
   * A BIT STRING's bytes and the number (0 to 7) of bits at its end that do not count (X.690 section 8.6).
   * @throws DerError `value`
   */
  bits(): { readonly unused: number; readonly bytes: Buffer } {
    const octets = this.constructed ? this.joinedBits() : this.content;
    const unused = octets[0];
    if (unused === undefined || unused > 7 || (unused > 0 && octets.length === 1)) {
      this.refuse("A BIT STRING has a wrong number of unused bits");
    }
    return { unused, bytes: octets.subarray(1) };
  }

  /** The pieces of a BIT STRING, each of which begins with its own count of unused bits. */
  private joinedBits(): Buffer {
    const pieces: Buffer[] = [];
    this.collectPieces(pieces);
    this.source.beyondDer = true;
    const last = pieces.at(-1);
    return Buffer.concat([Buffer.of(last?.[0] ?? 0), ...pieces.map((piece) => piece.subarray(1))]);
  }
}

/** Reads the elements of `bytes`, which are not copied. */
export function readerOf(bytes: Uint8Array): Reader {
  return readerAt(bytes, 0, false);
}

/**
 * Reads the elements of damaged bytes: an element that is longer than what is there is cut off, and says so in
 * {@link Element.missing}.
 */
export function lenientReaderOf(bytes: Uint8Array): Reader {
  return readerAt(bytes, 0, true);
}

function readerAt(bytes: Uint8Array, depth: number, lenient: boolean): Reader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Reader(new Source(buffer, lenient), 0, buffer.length, depth);
}

/**
 * The one element that `bytes` hold.
 * @param what for the message
 * @throws DerError when the element is not of this type, or something follows it
 */
export function readElement(bytes: Uint8Array, identifier: number, what: string): Element {
  const reader = readerOf(bytes);
  const element = reader.expect(identifier, what);
  if (reader.more)
    throw new DerError("trailing", reader.position, `${bytes.length - reader.position} bytes follow ${what}`);
  return element;
}
