import { Tag, explicit } from "./tag";

/**
 * Writes DER (X.690 section 10): what the exports and the requests to status services need. Every function returns one
 * whole element. The counterpart of `der.ts`.
 */

/** An element with this identifier octet around its content. */
export function writeElement(identifier: number, ...content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.of(identifier), lengthOctets(length), ...content]);
}

/** X.690 section 10.1: the shortest form. */
function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(length);
  const significant = octets.subarray(octets.findIndex((octet) => octet !== 0));
  return Buffer.concat([Buffer.of(0x80 | significant.length), significant]);
}

export const writeSequence = (...content: readonly Uint8Array[]): Buffer => writeElement(Tag.SEQUENCE, ...content);

/** SET OF: the elements in the order of their encodings (X.690 section 11.6). */
export function writeSetOf(elements: readonly Uint8Array[]): Buffer {
  return writeElement(Tag.SET, ...[...elements].sort((one, other) => Buffer.compare(one, other)));
}

/** `[number] EXPLICIT`, or `[number] IMPLICIT` of a constructed type whose content is given. */
export const writeContext = (number: number, ...content: readonly Uint8Array[]): Buffer =>
  writeElement(explicit(number), ...content);

/** @param value from 0 up */
export function writeInteger(value: number): Buffer {
  const hex = value.toString(16);
  return writeUnsignedInteger(Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, "hex"));
}

/** @param magnitude big-endian, without leading zero bytes; empty is 0 */
export function writeUnsignedInteger(magnitude: Uint8Array): Buffer {
  // A set first bit would make it negative (X.690 section 8.3).
  const needsZero = (magnitude[0] ?? 0x80) >= 0x80;
  return writeElement(Tag.INTEGER, ...(needsZero ? [Buffer.of(0), magnitude] : [magnitude]));
}

export const writeOctetString = (content: Uint8Array): Buffer => writeElement(Tag.OCTET_STRING, content);

/** A string of whole bytes. */
export const writeBitString = (content: Uint8Array): Buffer => writeElement(Tag.BIT_STRING, Buffer.of(0), content);

export const writeNull = (): Buffer => writeElement(Tag.NULL);

/** UTF-16, big-endian: X.690 section 8.23.8 for characters of the Basic Multilingual Plane. */
export const writeBmpString = (text: string): Buffer =>
  writeElement(Tag.BMP_STRING, Buffer.from(text, "utf16le").swap16());

/**
 * X.690 section 8.19.
 * @param dotted in dotted decimal; numbers beyond 31 bits do not occur
 */
export function writeObjectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return writeElement(Tag.OBJECT_IDENTIFIER, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** Seven bits an octet, the highest bit set on all but the last. */
function base128(arc: number): number[] {
  const octets = [arc & 0x7f];
  for (let left = arc >>> 7; left > 0; left >>>= 7) octets.unshift((left & 0x7f) | 0x80);
  return octets;
}

/** An AlgorithmIdentifier (RFC 5280 section 4.1.1.2). */
export const writeAlgorithm = (dotted: string, ...parameters: readonly Uint8Array[]): Buffer =>
  writeSequence(writeObjectIdentifier(dotted), ...parameters);
