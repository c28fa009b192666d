/**
 * Writes DER (X.690) for the few structures that the ASN.1 library does not have a type for: logotype, Netscape
 * certificate sequence, CMMF, OCSP, and PKCS#7 with indefinite lengths; and appends a signature to signed bytes. The
 * library does everything else.
 */

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

/** Values from 0 to 127. */
export function derInteger(value: number): Uint8Array {
  return derElement(0x02, Buffer.from([value]));
}

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
  const octets: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
  return Buffer.from([0x80 | octets.length, ...octets]);
}
