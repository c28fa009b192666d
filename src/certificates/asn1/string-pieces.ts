import { phrase, type Phrase } from "../../words/phrase";
import { CONSTRUCTED, Tag, describeIdentifier, isStringType } from "./tag";

export const UNUSED_BITS = phrase("A BIT STRING has an invalid number of unused bits");

/** An element as a string or a piece of one: see `Element`. */
interface Piece {
  readonly identifier: number;
  readonly tagNumber: number;
  readonly constructed: boolean;
  readonly content: Buffer;
  open(): { readonly more: boolean; next(): Piece };
  refuse(problem: Phrase): never;
}

/**
 * The joined content of a string that BER split into pieces. @throws DerError `value` for pieces that are not strings,
 * `too-deep`
 */
export function joinedOctets(whole: Piece): Buffer {
  return Buffer.concat(piecesOf(whole, Tag.OCTET_STRING));
}

/**
 * The same for a BIT STRING, whose pieces each begin with their own count of unused bits (X.690 section 8.6.4).
 * @throws DerError as {@link joinedOctets} does, and `value` for a wrong count
 */
export function joinedBits(whole: Piece): Buffer {
  const pieces = piecesOf(whole, Tag.BIT_STRING);
  const last = pieces.at(-1);
  if (pieces.some((piece) => piece.length === 0 || (piece !== last && piece[0] !== 0))) {
    whole.refuse(UNUSED_BITS);
  }
  return Buffer.concat([Buffer.of(last?.[0] ?? 0), ...pieces.map((piece) => piece.subarray(1))]);
}

function piecesOf(whole: Piece, type: number): readonly Buffer[] {
  const pieces: Buffer[] = [];
  collect(whole, pieces, type, whole.tagNumber);
  return pieces;
}

/**
 * Collects the content of the pieces: those of a BIT STRING are BIT STRINGs, those of all others OCTET STRINGs (X.690
 * sections 8.6.4.1, 8.7.3.2 and 8.23), although some writers use the string's own type.
 */
function collect(whole: Piece, pieces: Buffer[], type: number, own: number): void {
  for (const reader = whole.open(); reader.more;) {
    const piece = reader.next();
    const tag = piece.identifier & ~CONSTRUCTED;
    if (tag !== type && (tag !== own || !isStringType(tag))) {
      piece.refuse(phrase("A piece of a string is {0}", describeIdentifier(piece.identifier, piece.tagNumber)));
    }
    if (piece.constructed) collect(piece, pieces, type, own);
    else pieces.push(piece.content);
  }
}
