import { readElement, readerOf, type Element } from "../../../src/certificates/asn1/der";
import { Tag, describeIdentifier, isStringType } from "../../../src/certificates/asn1/tag";
import { writeElement, writeOctetString } from "../../../src/certificates/asn1/der-writer";

/** Numbers that look as if they were drawn, the same for one seed (a linear congruential generator). */
export function drawing(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const CONSTRUCTED = 0x20;
const END = Buffer.of(0, 0);

/**
 * Encodes DER anew in BER (X.690): indefinite lengths, lengths of more bytes than they need, strings in pieces that may
 * be in pieces themselves; all that BER leaves to its writer is drawn. What strings hold stays as it is.
 * @param isString whether a primitive element under a tag of its context is a string (IMPLICIT tagging)
 */
export function inBer(
  der: Uint8Array,
  draw: (below: number) => number,
  isString: (identifier: number) => boolean = () => false,
): Buffer {
  const encode = (part: Element): Buffer => {
    const { identifier } = part;
    if (part.constructed) {
      const children: Buffer[] = [];
      for (const reader = part.open(); reader.more;) children.push(encode(reader.next()));
      return wrapped(identifier, Buffer.concat(children), draw);
    }
    if ((!isStringType(identifier) && !isString(identifier)) || draw(4) === 0) {
      return withLength(identifier, part.content, draw);
    }
    const pieces = identifier === Tag.BIT_STRING ? bitPieces(part.content, draw) : octetPieces(part.content, draw, 2);
    return wrapped(identifier | CONSTRUCTED, pieces, draw);
  };
  const parts: Buffer[] = [];
  for (const reader = readerOf(der); reader.more;) parts.push(encode(reader.next()));
  return Buffer.concat(parts);
}

/** OCTET STRINGs that hold `content` between them, none of them or empty ones among them. */
function octetPieces(content: Buffer, draw: (below: number) => number, nesting: number): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < content.length;) {
    const size = Math.min(content.length - at, draw(4) === 0 ? draw(3) : 1 + draw(content.length));
    const piece = content.subarray(at, at + size);
    const isNested = nesting > 0 && draw(3) === 0;
    pieces.push(
      isNested
        ? wrapped(Tag.OCTET_STRING | CONSTRUCTED, octetPieces(piece, draw, nesting - 1), draw)
        : withLength(Tag.OCTET_STRING, piece, draw),
    );
    at += size;
  }
  return Buffer.concat(pieces);
}

/** BIT STRINGs; the count of unused bits is that of the last one. */
function bitPieces(content: Buffer, draw: (below: number) => number): Buffer {
  const [unused = 0] = content;
  const bits = content.subarray(1);
  const cut = draw(Math.max(1, bits.length));
  const first = Buffer.concat([Buffer.of(0), bits.subarray(0, cut)]);
  const last = Buffer.concat([Buffer.of(unused), bits.subarray(cut)]);
  return Buffer.concat([withLength(Tag.BIT_STRING, first, draw), withLength(Tag.BIT_STRING, last, draw)]);
}

function wrapped(identifier: number, content: Buffer, draw: (below: number) => number): Buffer {
  if (draw(3) === 0) return withLength(identifier, content, draw);
  return Buffer.concat([Buffer.of(identifier, 0x80), content, END]);
}

function withLength(identifier: number, content: Buffer, draw: (below: number) => number): Buffer {
  if (draw(3) > 0) return writeElement(identifier, content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([Buffer.of(identifier, 0x84), length, content]);
}

/** What is drawn is BER indeed, and not what was given. */
export function holdsPieces(ber: Uint8Array): boolean {
  const walk = (part: Element): boolean => {
    if (!part.constructed) return false;
    if (isStringType(part.identifier & ~CONSTRUCTED)) return true;
    for (const reader = part.open(); reader.more;) if (walk(reader.next())) return true;
    return false;
  };
  return walk(readElement(ber, ber[0] ?? 0, describeIdentifier(ber[0] ?? 0)));
}

/** An OCTET STRING of so many levels inside each other. */
export function nestedOctets(levels: number, content: Uint8Array): Buffer {
  let nested = writeOctetString(content);
  for (let level = 0; level < levels; level++) nested = writeElement(Tag.OCTET_STRING | CONSTRUCTED, nested);
  return nested;
}
