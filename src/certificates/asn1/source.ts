import { amount, phrase } from "../../words/phrase";
import { DerError } from "./der-error";
import { CONSTRUCTED } from "./tag";

/** How deep elements may be nested. Real structures stay below 20. */
export const MAX_DEPTH = 64;

/**
 * Up to this many bytes of input, strings are cut from one string of the whole input, which is faster than making each.
 */
const MAX_WHOLE = 64 * 1024;

export const tooDeep = (offset: number): DerError =>
  new DerError("too-deep", offset, phrase("More than {0} levels of elements are nested", MAX_DEPTH));

/** One input, with the header that was read last and what is remembered about the input. */
export class Source {
  /** Of the header that was read last: identifier octet, tag number, where the content starts. */
  identifier = 0;
  tagNumber = 0;
  contentStart = 0;
  /** Bytes of its content, -1 for an indefinite length. */
  length = 0;
  /** Bytes that its length announces but that are missing; only in lenient reading. */
  missing = 0;

  /**
   * Whether anything was found that DER forbids but BER allows: indefinite or over-long lengths, strings in pieces.
   */
  beyondDer = false;
  /** End of the content of each indefinite length found so far, by the start of that content. */
  private ends: Map<number, number> | undefined;
  private wholeLatin1: string | undefined;
  private wholeHex: string | undefined;

  constructor(
    readonly bytes: Buffer,
    /** Whether an element that is longer than the input is truncated rather than refused. */
    readonly lenient: boolean,
  ) {}

  /** One character per byte. */
  latin1(from: number, to: number): string {
    if (this.bytes.length > MAX_WHOLE) return this.bytes.toString("latin1", from, to);
    this.wholeLatin1 ??= this.bytes.toString("latin1");
    return this.wholeLatin1.substring(from, to);
  }

  /** Lower-case hex. */
  hex(from: number, to: number): string {
    if (this.bytes.length > MAX_WHOLE) return this.bytes.toString("hex", from, to);
    this.wholeHex ??= this.bytes.toString("hex");
    return this.wholeHex.substring(2 * from, 2 * to);
  }

  /**
   * Reads tag and length at `start` into the fields above.
   * @param end of the element around it
   * @throws DerError
   */
  readHeader(start: number, end: number): void {
    const { bytes } = this;
    if (start >= end) throw new DerError("missing", start, phrase("An element is missing"));
    let position = start;
    const identifier = bytes[position++]!;
    let tagNumber = identifier & 0x1f;
    if (tagNumber === 0x1f) {
      // X.690 section 8.1.2.4: base 128, most significant group first.
      tagNumber = 0;
      for (;;) {
        if (position >= end) throw this.cutOff(start, end);
        const octet = bytes[position++]!;
        tagNumber = tagNumber * 128 + (octet & 0x7f);
        if (tagNumber > 0x7fffffff) throw new DerError("tag", start, phrase("The tag number is too large"));
        if (octet < 0x80) break;
      }
    }
    if (position >= end) throw this.cutOff(start, end);
    let length = bytes[position++]!;
    if (length >= 0x80) {
      if (length === 0x80) {
        if ((identifier & CONSTRUCTED) === 0) {
          throw new DerError("length", start, phrase("A primitive element has an indefinite length"));
        }
        length = -1;
      } else {
        const octets = length & 0x7f;
        if (position + octets > end) throw this.cutOff(start, end);
        length = 0;
        for (let index = 0; index < octets; index++) {
          length = length * 256 + bytes[position++]!;
          if (length > 0xffffffff) throw new DerError("length", start, phrase("The element is longer than 4 GiB"));
        }
        if (length < 0x80 || bytes[position - octets] === 0) this.beyondDer = true;
      }
    }
    this.missing = 0;
    if (position + length > end) {
      const there = end - position;
      if (!this.lenient) throw this.tooLong(start, end, length, there);
      this.missing = length - there;
      length = there;
    }
    this.identifier = identifier;
    this.tagNumber = tagNumber;
    this.contentStart = position;
    this.length = length;
  }

  /** Where the content that starts at `contentStart` reaches its end-of-contents octets (X.690 section 8.1.5). */
  endOfContents(contentStart: number, limit: number, depth: number): number {
    this.beyondDer = true;
    this.ends ??= new Map();
    const known = this.ends.get(contentStart);
    if (known !== undefined) return known;
    const open = [contentStart];
    let position = contentStart;
    for (;;) {
      const outer = open.at(-1) ?? contentStart;
      if (position + 2 > limit) {
        throw new DerError(
          "truncated",
          outer,
          phrase("The element of indefinite length that starts here does not end"),
        );
      }
      if (this.bytes[position] === 0 && this.bytes[position + 1] === 0) {
        this.ends.set(outer, position);
        open.pop();
        if (open.length === 0) return position;
        position += 2;
        continue;
      }
      const start = position;
      this.readHeader(start, limit);
      position = this.contentStart;
      if (this.length >= 0) {
        position += this.length;
        continue;
      }
      if (depth + open.length > MAX_DEPTH) throw tooDeep(start);
      open.push(position);
    }
  }

  private cutOff(start: number, end: number): DerError {
    if (end < this.bytes.length)
      return new DerError("overrun", start, phrase("The element is longer than the one that contains it"));
    return new DerError("truncated", start, phrase("The bytes end inside the tag or length of an element"));
  }

  private tooLong(start: number, end: number, length: number, there: number): DerError {
    if (end < this.bytes.length) {
      const words = phrase("The element ({0} bytes) is longer than the one that contains it", amount(length));
      return new DerError("overrun", start, words);
    }
    const words = phrase("The element should have {0} bytes, but has only {1}", amount(length), amount(there));
    return new DerError("truncated", start, words);
  }
}
