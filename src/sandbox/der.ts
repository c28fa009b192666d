/** Writes DER (X.690), and reads the little of it that the sandbox gets. */

/** One element. `tag` is the whole identifier octet; tags above 30 do not occur here. */
export function derElement(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag]), lengthOctets(length), ...content]);
}

/** One constructed element of indefinite length (X.690 section 8.1.3.6): BER, not DER. */
export function indefinite(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([Buffer.from([tag, 0x80]), ...content, Buffer.from([0, 0])]);
}

export function derSequence(...content: readonly Uint8Array[]): Uint8Array {
  return derElement(0x30, ...content);
}

/**
 * A context-specific constructed tag around its content: EXPLICIT, or IMPLICIT for the bare elements of a SEQUENCE OF.
 */
export function derContext(number: number, ...content: readonly Uint8Array[]): Uint8Array {
  return derElement(0xa0 | number, ...content);
}

/** @param value from 0 up, or the octets of one, most significant first */
export function derInteger(value: number | Uint8Array): Uint8Array {
  if (typeof value !== "number") return derElement(0x02, value);
  const octets = bigEndian(value);
  // A first bit of 1 would make it negative (X.690 section 8.3).
  return derElement(0x02, Buffer.from(octets[0] === undefined || octets[0] > 0x7f ? [0, ...octets] : octets));
}

export function derBoolean(value: boolean): Uint8Array {
  return derElement(0x01, Buffer.from([value ? 0xff : 0]));
}

export const derNull = (): Uint8Array => derElement(0x05);

export function enumerated(value: number): Uint8Array {
  return derElement(0x0a, Buffer.from([value]));
}

export function derOctetString(content: Uint8Array): Uint8Array {
  return derElement(0x04, content);
}

export function derBitString(content: Uint8Array): Uint8Array {
  return derElement(0x03, Buffer.from([0]), content);
}

export function ia5String(text: string): Uint8Array {
  return derElement(0x16, Buffer.from(text, "ascii"));
}

export function derGeneralizedTime(ms: number): Uint8Array {
  const text = new Date(ms).toISOString().replace(/[-:T]|\.\d{3}/g, "");
  return derElement(0x18, Buffer.from(text, "ascii"));
}

/** UTCTime up to the year 2049, then GeneralizedTime (RFC 5280 section 4.1.2.5). @param ms epoch ms, from 1950 on */
export function derTime(ms: number): Uint8Array {
  const time = derGeneralizedTime(ms);
  return ms < Date.UTC(2050, 0) ? derElement(0x17, time.subarray(4)) : time;
}

/** X.690 section 8.19: the first two arcs in one number, base 128, with the high bit on all octets except the last. */
export function derObjectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left % 128) + 128);
    return digits;
  });
  return derElement(0x06, Buffer.from(octets));
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Buffer.from([length]);
  const octets = bigEndian(length);
  return Buffer.from([0x80 | octets.length, ...octets]);
}

/** Without leading zero octets; none for 0. */
function bigEndian(value: number): number[] {
  const octets: number[] = [];
  for (let left = value; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
  return octets;
}

/** An element that was read. */
export interface DerPart {
  /** The identifier octet. */
  readonly tag: number;
  /** All of its octets. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

/**
 * The elements that follow each other in some octets, in DER with short tags.
 * @throws RangeError for anything else
 */
export function derParts(octets: Uint8Array): readonly DerPart[] {
  const bytes = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  const parts: DerPart[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes.readUInt8(at + 1);
    const more = first < 0x80 ? 0 : first & 0x7f;
    if (first >= 0x80 && (more === 0 || more > 4)) throw new RangeError("The length of an element is not in DER.");
    const start = at + 2 + more;
    const end = start + (more === 0 ? first : bytes.readUIntBE(at + 2, more));
    if (end > bytes.length) throw new RangeError("An element ends behind the octets.");
    parts.push({ tag: bytes.readUInt8(at), whole: bytes.subarray(at, end), content: bytes.subarray(start, end) });
    at = end;
  }
  return parts;
}
